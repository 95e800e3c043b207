//! Free text to filters: "dermatologist, speaks Bangla, today or tomorrow, video, under $30".
//!
//! Phrases of one to three words are looked up, longest first; what no list knows stays as words to look for in names, places
//! and biographies. English and Arabic words are understood in both languages of the page. Pure: the same text means the same.

use scheduling::slots::Mode;

use strsim::osa_distance;

use super::{
    criteria::{Gender, When},
    vocabulary::{LANGUAGES, SPECIALTIES},
};

/// What a text was understood to ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Understood {
    pub(crate) specialty: Option<&'static str>,
    pub(crate) language: Option<&'static str>,
    pub(crate) gender: Option<Gender>,
    pub(crate) mode: Option<Mode>,
    pub(crate) when: Option<When>,
    /// Whole units of the currency: "under $30" is 30.
    pub(crate) max_fee: Option<i64>,
    /// Words that no list knows, in their order.
    pub(crate) rest: Vec<String>,
}

#[derive(Clone, Copy)]
enum Meaning {
    Specialty(&'static str),
    Language(&'static str),
    Gender(Gender),
    Mode(Mode),
    When(When),
    Filler,
}

/// Read a text as filters.
pub(crate) fn understand(text: &str) -> Understood {
    let words = words_of(text);
    let mut found = Understood::default();
    let mut at = 0;
    while at < words.len() {
        let rest = &words[at..];
        let read = fee(rest, &mut found).or_else(|| phrase(rest, &mut found)).or_else(|| mistyped(rest, &mut found));
        at += read.unwrap_or_else(|| {
            found.rest.push(words[at].clone());
            1
        });
    }
    found
}

fn words_of(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/' | '،' | '(' | ')' | '!' | '?' | '"'))
        .map(|word| word.trim_matches(|c: char| matches!(c, '.' | ':' | '-' | '\'' | '’')).to_owned())
        .filter(|word| !word.is_empty())
        .take(40)
        .collect()
}

/// "under $30", "less than 30", "max 30 usd", "$30": how many words it took.
fn fee(words: &[String], found: &mut Understood) -> Option<usize> {
    let text = |at: usize| words.get(at).map_or("", String::as_str);
    let lead = match (text(0), text(1)) {
        ("less" | "cheaper", "than") | ("up", "to") | ("أقل", "من") => 2,
        ("under" | "below" | "max" | "maximum" | "within" | "تحت", _) => 1,
        _ => 0,
    };
    let number = text(lead);
    let bare = number.trim_start_matches('$').trim_end_matches('$');
    if lead == 0 && bare.len() == number.len() {
        return None;
    }
    let amount = bare.parse::<i64>().ok().filter(|amount| (1..=100_000).contains(amount))?;
    found.max_fee = Some(amount);
    let unit = usize::from(matches!(text(lead + 1), "usd" | "dollar" | "dollars" | "دولار" | "دولارا"));
    Some(lead + 1 + unit)
}

fn phrase(words: &[String], found: &mut Understood) -> Option<usize> {
    (1..=words.len().min(3)).rev().find_map(|length| {
        let text = words[..length].join(" ");
        let meaning = meaning_of(&text).or_else(|| meaning_of(text.strip_suffix('s')?))?;
        note(meaning, found);
        Some(length)
    })
}

/// Shorter words are too near to names.
const LONG_ENOUGH: usize = 7;

/// "dermatolgist", "speaks bengail": a long word one or two typing errors away from one that is known.
fn mistyped(words: &[String], found: &mut Understood) -> Option<usize> {
    let word = words.first()?;
    let length = word.chars().count();
    if length < LONG_ENOUGH {
        return None;
    }
    let most = if length < 10 { 1 } else { 2 };
    let is_meant = |known: &&&str| known.chars().next() == word.chars().next() && osa_distance(known, word) <= most;
    let known = SPECIALTIES.iter().chain(LANGUAGES).flat_map(|(_, words)| words.iter());
    let nearest = known.filter(is_meant).min_by_key(|known| osa_distance(known, word))?;
    note(meaning_of(nearest)?, found);
    Some(1)
}

fn note(meaning: Meaning, found: &mut Understood) {
    match meaning {
        Meaning::Specialty(code) => found.specialty = found.specialty.or(Some(code)),
        Meaning::Language(tag) => found.language = found.language.or(Some(tag)),
        Meaning::Gender(gender) => found.gender = found.gender.or(Some(gender)),
        Meaning::Mode(mode) => found.mode = found.mode.or(Some(mode)),
        Meaning::When(when) => found.when = Some(found.when.map_or(when, |earlier| earlier.or(when))),
        Meaning::Filler => {}
    }
}

fn meaning_of(text: &str) -> Option<Meaning> {
    let specialty =
        SPECIALTIES.iter().find(|(_, words)| words.contains(&text)).map(|(code, _)| Meaning::Specialty(code));
    specialty
        .or_else(|| LANGUAGES.iter().find(|(_, words)| words.contains(&text)).map(|(tag, _)| Meaning::Language(tag)))
        .or_else(|| other(text))
}

fn other(text: &str) -> Option<Meaning> {
    Some(match text {
        "woman" | "women" | "female" | "lady" | "ladies" | "woman doctor" | "women doctor" | "طبيبة" | "امرأة"
        | "أنثى" => Meaning::Gender(Gender::Female),
        "man" | "men" | "male" | "رجل" | "ذكر" => Meaning::Gender(Gender::Male),
        "video" | "video call" | "video visit" | "online" | "فيديو" => Meaning::Mode(Mode::Video),
        "audio" | "phone" | "phone call" | "call" | "by phone" | "هاتف" | "مكالمة" => {
            Meaning::Mode(Mode::Audio)
        }
        "chat" | "text" | "message" | "محادثة" => Meaning::Mode(Mode::Chat),
        "clinic" | "in person" | "in-person" | "at the clinic" | "face to face" | "عيادة" | "العيادة" => {
            Meaning::Mode(Mode::InPerson)
        }
        "today" | "now" | "right now" | "tonight" | "available now" | "اليوم" | "الآن" => {
            Meaning::When(When::Today)
        }
        "tomorrow" | "غدا" | "غدًا" => Meaning::When(When::Tomorrow),
        "this week" | "week" | "next week" | "next 7 days" | "هذا الأسبوع" | "الأسبوع" => {
            Meaning::When(When::Week)
        }
        "speak" | "speaking" | "who speak" | "doctor" | "dr" | "a" | "an" | "the" | "who" | "that" | "or" | "and"
        | "with" | "for" | "in" | "at" | "by" | "my" | "i" | "need" | "want" | "looking" | "please" | "available"
        | "visit" | "find" | "see" | "near" | "on" | "only" | "me" | "يتحدث" | "تتحدث" | "طبيب" | "دكتور"
        | "دكتورة" | "أو" | "و" | "في" | "مع" | "أريد" | "عن" => Meaning::Filler,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_of_the_journey_is_understood_whole() {
        let found = understand("dermatologist, speaks Bangla, today or tomorrow, video");
        let expected = Understood {
            specialty: Some("dermatology"),
            language: Some("bn"),
            mode: Some(Mode::Video),
            when: Some(When::TodayOrTomorrow),
            ..Understood::default()
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn a_fee_and_a_woman_are_understood_and_a_name_stays() {
        let found = understand("woman doctor under $30 Rahman");
        assert_eq!(
            (found.gender, found.max_fee, found.rest),
            (Some(Gender::Female), Some(30), vec!["rahman".to_owned()])
        );
        assert_eq!(understand("less than 40 dollars").max_fee, Some(40));
        assert_eq!(understand("$25").max_fee, Some(25));
    }

    #[test]
    fn a_number_alone_is_a_word_and_not_a_fee() {
        let found = understand("covid 19");
        assert_eq!((found.max_fee, found.rest.len()), (None, 2));
    }

    #[test]
    fn arabic_is_understood() {
        let found = understand("طبيبة جلدية، غدًا، فيديو");
        assert_eq!(
            (found.gender, found.specialty, found.when, found.mode),
            (Some(Gender::Female), Some("dermatology"), Some(When::Tomorrow), Some(Mode::Video))
        );
    }

    #[test]
    fn other_scripts_are_understood() {
        for text in ["চর্মরোগ", "त्वचा", "piel", "peau", "جلدية"] {
            assert_eq!(understand(text).specialty, Some("dermatology"), "{text}");
        }
        for text in ["হৃদরোগ", "हृदय", "corazón", "cœur", "قلب"] {
            assert_eq!(understand(text).specialty, Some("cardiology"), "{text}");
        }
    }

    #[test]
    fn a_long_word_may_be_mistyped_and_a_name_is_left_alone() {
        assert_eq!(understand("dermatolgist").specialty, Some("dermatology"));
        assert_eq!(understand("cardoilogist").specialty, Some("cardiology"));
        assert_eq!(understand("speaks Engilsh").language, Some("en"));
        for name in ["herman", "rahman", "hindley", "martin", "heartfield"] {
            assert_eq!(understand(name).rest, vec![name.to_owned()], "{name}");
        }
    }

    #[test]
    fn plurals_and_long_phrases_win_over_short_words() {
        assert_eq!(understand("paediatricians").specialty, Some("paediatrics"));
        assert_eq!(understand("skin rash").rest, Vec::<String>::new());
        assert_eq!(understand("back pain this week").when, Some(When::Week));
    }

    #[test]
    fn every_specialty_word_is_lower_case_and_belongs_to_one_list() {
        let mut seen = std::collections::HashSet::new();
        for word in SPECIALTIES.iter().chain(LANGUAGES).flat_map(|(_, words)| words.iter()) {
            assert_eq!(*word, word.to_lowercase());
            assert!(seen.insert(*word), "{word} stands twice");
        }
    }
}
