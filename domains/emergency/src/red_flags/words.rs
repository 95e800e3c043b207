//! Signs of an emergency in what somebody writes, by a list of words that is data (`words.tsv`): whole words, in every language at once,
//! whatever the case, the marks over letters and the spelling of alef. Who writes "no chest pain" is not stopped, where every mention is denied right
//! before the words; anything less plain counts as a sign, for a stop too many costs one tap.

use std::sync::LazyLock;

/// The list, as it is kept beside the questions.
struct Words {
    version: i32,
    /// Sign and words, folded.
    lines: Vec<(&'static str, String)>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let text = include_str!("words.tsv");
    let version = text.lines().find_map(|line| line.strip_prefix("# version ")).and_then(|number| number.parse().ok());
    let lines = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut fields = line.split('\t');
        let (sign, _language, words) = (fields.next()?, fields.next()?, fields.next()?);
        Some((sign, fold(words)))
    });
    Words { version: version.unwrap_or_default(), lines: lines.collect() }
});

/// What was found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spoken {
    /// Of the list.
    pub version: i32,
    /// Codes of signs, each once, in the order of the list. Their words are `emergency-flag-<code>`.
    pub codes: Vec<String>,
    /// Signs that are named, and each time denied.
    pub denied: Vec<String>,
}

impl Spoken {
    pub fn is_emergency(&self) -> bool {
        !self.codes.is_empty()
    }
}

/// The signs that a text tells of.
pub fn listen(text: &str) -> Spoken {
    let folded = fold(text);
    // A clause does not deny what the next one says.
    let clauses: Vec<String> = text.split(is_end).map(fold).collect();
    let (mut codes, mut denied): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for (sign, words) in WORDS.lines.iter().filter(|(_, words)| folded.contains(words.as_str())) {
        let is_denied = !NEVER_DENIED.contains(sign) && count(&folded, words) == count_denied(&clauses, words);
        let found = if is_denied { &mut denied } else { &mut codes };
        if !found.iter().any(|code| code == sign) {
            found.push((*sign).to_owned());
        }
    }
    denied.retain(|sign| !codes.contains(sign));
    Spoken { version: WORDS.version, codes, denied }
}

/// Whoever denies these is asked all the same.
const NEVER_DENIED: [&str; 1] = ["suicide"];
/// "No", right before the sign or with one of the small words between. Not "never": "never had chest pain like this" denies nothing.
const NO: [&str; 16] = [
    "no", "not", "without", "dont", "doesnt", "didnt", "havent", "hasnt", "isnt", "deny", "denies", "لا", "ليس", "بدون",
    "بلا", "دون",
];
/// These deny no sign; but a sign that begins with one is not denied, and "cannot walk without chest pain" denies nothing.
const TURNS: [&str; 18] = [
    "cant", "cannot", "couldnt", "wont", "never", "nothing", "none", "nobody", "hardly", "rarely", "unable", "neither",
    "nor", "wasnt", "ما", "لم", "لن", "ليست",
];
const SMALL: [&str; 14] =
    ["any", "a", "have", "has", "had", "having", "feel", "got", "signs", "of", "more", "يوجد", "عندي", "لدي"];
/// "No, I have": right after "لا".
const OWN: [&str; 2] = ["عندي", "لدي"];
/// "No chest pain until today": what comes later in the clause takes it back.
const TAKES_BACK: [&str; 48] = [
    "like",
    "as",
    "until",
    "till",
    "before",
    "but",
    "so",
    "this",
    "now",
    "yet",
    "except",
    "when",
    "whenever",
    "while",
    "if",
    "unless",
    "only",
    "just",
    "though",
    "although",
    "however",
    "today",
    "tonight",
    "was",
    "once",
    "again",
    "worse",
    "still",
    "حتي",
    "الا",
    "لكن",
    "ولكن",
    "عندما",
    "وعندما",
    "اذا",
    "واذا",
    "لما",
    "لو",
    "فقط",
    "بل",
    "الان",
    "والان",
    "اليوم",
    "واليوم",
    "كان",
    "وكان",
    "كانت",
    "انما",
];

/// Ends a clause: whatever is no letter, no space and no mark over a letter. A dash between words counts, too.
fn is_end(letter: char) -> bool {
    let is_mark = matches!(letter, '\'' | '’' | '‘' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}');
    let is_space = letter.is_whitespace() && letter != '\n';
    !letter.is_alphanumeric() && !is_space && !is_mark
}

/// How often the words stand in a folded text; the spaces at both ends are shared.
fn count(text: &str, words: &str) -> usize {
    text.match_indices(words.trim_end()).filter(|(at, found)| text[at + found.len()..].starts_with(' ')).count()
}

fn count_denied(clauses: &[String], words: &str) -> usize {
    let words = words.trim_end();
    let denied = |clause: &String| {
        let places = clause.match_indices(words).filter(|(at, found)| clause[at + found.len()..].starts_with(' '));
        places.filter(|(at, found)| denies(&clause[..*at], found, &clause[at + found.len()..])).count()
    };
    clauses.iter().map(denied).sum()
}

/// Whether a sign is denied that stands between these two parts of a clause.
fn denies(before: &str, words: &str, after: &str) -> bool {
    let turns = |word: &str| NO.contains(&word) || TURNS.contains(&word);
    if words.split_whitespace().next().is_some_and(turns) {
        return false;
    }
    let (mut back, mut last) = (before.split_whitespace().rev(), None);
    let no = loop {
        match back.next() {
            Some(word) if SMALL.contains(&word) => last = Some(word),
            Some(word) if NO.contains(&word) => break word,
            _ => return false,
        }
    };
    let has = no == "لا" && last.is_some_and(|word| OWN.contains(&word));
    !has && !back.any(turns) && !after.split_whitespace().any(|word| TAKES_BACK.contains(&word))
}

/// Words between single spaces, one before and one after, so that only whole words are found in each other.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 2);
    folded.push(' ');
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            // Tatweel, and the Arabic marks of vowels; "can't" in three spellings.
            '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\'' | '’' | '‘' => {}
            'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
            'ى' => folded.push('ي'),
            'ة' => folded.push('ه'),
            letter if letter.is_alphanumeric() => folded.push(letter),
            _ if folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    if !folded.ends_with(' ') {
        folded.push(' ');
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<String> {
        listen(text).codes
    }

    #[test]
    fn signs_are_heard_in_both_languages_whatever_the_spelling() {
        assert_eq!(codes("Since today I have CHEST  pain,\nand I can’t breathe."), ["chest-pain", "breathing"]);
        assert_eq!(codes("عندي أَلَم في الصَّدر منذ ساعة"), ["chest-pain"]);
        assert_eq!(codes("عندي الم في الصدر"), ["chest-pain"]);
        assert_eq!(codes("I want to end my life"), ["suicide"]);
        assert!(listen("Sometimes I think of suicide").is_emergency());
    }

    #[test]
    fn what_is_plainly_denied_stops_nothing_and_anything_less_plain_does() {
        for text in [
            "I have no chest pain.",
            "The rash is better. No chest pain, without any chest pain at night",
            "I don't have chest pain",
            "ليس عندي ألم في الصدر",
            "لا يوجد عندي ألم في الصدر",
        ] {
            let spoken = listen(text);
            assert!(!spoken.is_emergency() && spoken.denied == ["chest-pain"], "{text}: {spoken:?}");
        }
        for text in [
            "I never had chest pain like this",
            "No chest pain until today",
            "No chest pain like the one now",
            "No, chest pain came back. Is it bad? No. Chest pain again",
            "Not only chest pain",
            "Yesterday no chest pain; today chest pain",
            "Better? No! Chest pain is worse",
            "I can't climb stairs without chest pain",
            "I cannot walk without having chest pain",
            "not a day without chest pain",
            "never a night without chest pain",
            "لا أستطيع المشي بدون ألم في الصدر",
            "No – chest pain is worse",
            "No - chest pain is worse",
            "No (chest pain is worse)",
            "No/chest pain is worse",
            "no chest pain yesterday but crushing now",
            "no chest pain at rest when I walk yes",
            "no chest pain in bed while standing yes",
            "no chest pain if I sit",
            "no chest pain at all unless I climb",
            "no chest pain at rest only on stairs",
            "no chest pain in the morning just at night",
            "no chest pain then though it hurts",
            "no chest pain then although it hurts",
            "no chest pain in May today yes",
            "no chest pain is what it was",
            "ليس عندي ألم في الصدر عندما أجلس",
            "ليس عندي ألم في الصدر إذا جلست",
            "ليس عندي ألم في الصدر في الليل فقط",
            "لا عندي ألم في الصدر",
            "لا لدي ألم في الصدر",
        ] {
            assert!(listen(text).codes.contains(&"chest-pain".to_owned()), "{text}: {:?}", listen(text));
        }
        assert!(listen("I do not think of suicide").is_emergency(), "is asked all the same");
        assert_eq!(listen("No chest pain, but I can't breathe").codes, ["breathing"]);
        // A sign that begins with a negation is not denied.
        assert_eq!(listen("It is not that I dont cannot breathe").codes, ["breathing"]);
        assert_eq!(listen("No I can't breathe").codes, ["breathing"]);
        assert_eq!(listen("No cannot breathe").codes, ["breathing"]);
        assert_eq!(listen("لا لا أستطيع التنفس").codes, ["breathing"]);
    }

    #[test]
    fn only_whole_words_are_heard() {
        assert_eq!(
            codes("My order of a chest painting; may I switch from unconsciously taken tablets?"),
            Vec::<String>::new()
        );
        assert_eq!(codes("When shall I take the second dose?"), Vec::<String>::new());
        assert_eq!(codes(""), Vec::<String>::new());
    }

    #[test]
    fn every_line_names_a_sign_of_the_questions_and_a_language_of_the_house() {
        let known = include_str!("../../../../migrations/0280_emergency_screen.sql");
        for line in include_str!("words.tsv").lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            assert_eq!(fields.len(), 3, "{line}");
            assert!(known.contains(&format!("(1, '{}', ", fields[0])), "{line}");
            assert!(["en", "ar"].contains(&fields[1]), "{line}");
        }
        assert_eq!(listen("").version, 1);
    }
}
