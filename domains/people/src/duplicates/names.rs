//! Names, made comparable: folded within their script, never put into another one.
//!
//! Folding takes away what is written or left out at will: case, accents and vowel marks, the carriers of the Arabic hamza, articles and
//! "son of". What a name sounds like is kept as its consonants, which is how one Arabic name comes to be spelt Mohammed, Muhammad and
//! Mohamed in Latin letters. The comparison of letters is that of Jaro, with Winkler's weight on the beginning (W. E. Winkler, String
//! Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model of Record Linkage, 1990).

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// One word of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Folded.
    letters: String,
    /// Its consonants.
    pub(super) sound: String,
    script: Script,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Arabic,
    Other,
}

/// How two names compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Likeness {
    Same,
    /// Spelt otherwise, or with a word less.
    Alike,
    /// A word in common and a word that differs; whether the first words agree.
    Partly {
        first: bool,
    },
    Different,
    /// They are in two scripts.
    Incomparable,
}

/// Left out of names, or put in, at will.
const PARTICLES: [&str; 22] = [
    "al", "el", "ul", "ar", "as", "bin", "ibn", "ben", "bint", "binti", "de", "da", "del", "di", "van", "von", "der",
    "dr", "mr", "mrs", "ms", "بن",
];
const ARABIC_PARTICLES: [&str; 3] = ["ابن", "بنت", "ال"];

/// The words of a name in their order. A name that is nothing but particles keeps them.
pub(super) fn words(name: &str) -> Vec<Word> {
    let folded = fold(name);
    let all: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let is_particle = |word: &&str| PARTICLES.contains(word) || ARABIC_PARTICLES.contains(word);
    let mut kept: Vec<&str> = all.iter().copied().filter(|word| !is_particle(word)).collect();
    if kept.is_empty() {
        kept = all;
    }
    joined(&kept).into_iter().map(word).collect()
}

fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.nfkd().flat_map(char::to_lowercase) {
        match c {
            // Vowel signs of Indic scripts are letters of the name; marks of others are left out at will.
            c if is_combining_mark(c) && !('\u{0900}'..='\u{0dff}').contains(&c) => {}
            '\u{0640}' | '\u{200c}' | '\u{200d}' | '\'' | '’' | '‘' | 'ʻ' | 'ʼ' | '`' | 'ء' => {}
            'ٱ' => folded.push('ا'),
            'ى' | 'ی' => folded.push('ي'),
            'ة' => folded.push('ه'),
            'ک' => folded.push('ك'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            c if c.is_alphanumeric() || is_combining_mark(c) => folded.push(c),
            _ => folded.push(' '),
        }
    }
    folded
}

/// "Servant of" belongs to the word that follows: Abd al-Rahman, Abdul Rahman and Abdulrahman are one name.
fn joined(words: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut servant = false;
    for word in words {
        if ["abd", "abdul", "abdel", "abdal", "abdur", "عبد"].contains(word) && !servant {
            servant = true;
            out.push(if *word == "عبد" { "عبد".to_owned() } else { "abd".to_owned() });
            continue;
        }
        let bare = without_article(word);
        match out.last_mut().filter(|_| servant) {
            Some(last) => last.push_str(bare),
            None => out.push(bare.to_owned()),
        }
        servant = false;
    }
    out.into_iter().map(|word| servant_of(&word)).collect()
}

fn without_article(word: &str) -> &str {
    word.strip_prefix("ال").filter(|rest| rest.chars().count() >= 3).unwrap_or(word)
}

fn servant_of(word: &str) -> String {
    if let Some(rest) = word.strip_prefix("عبدال").filter(|rest| !rest.is_empty()) {
        return format!("عبد{rest}");
    }
    let rest = word.strip_prefix("abd").filter(|rest| rest.len() > 3);
    let Some(rest) = rest.and_then(|rest| rest.strip_prefix(['a', 'e', 'u'])) else { return word.to_owned() };
    match (rest.strip_prefix('l'), rest.strip_prefix('r')) {
        // Abdurahman has lost a letter: its article is made like the word that follows.
        (None, Some(_)) if rest.starts_with("rah") => format!("abd{rest}"),
        (Some(rest), _) | (None, Some(rest)) => format!("abd{rest}"),
        (None, None) => word.to_owned(),
    }
}

fn word(letters: String) -> Word {
    let script = script(&letters);
    let sound = match script {
        Script::Latin => latin_sound(&letters),
        Script::Arabic => arabic_sound(&letters),
        Script::Other => letters.clone(),
    };
    Word { letters, sound, script }
}

fn script(letters: &str) -> Script {
    match letters.chars().find(|c| c.is_alphabetic()) {
        Some(c) if c.is_ascii_alphabetic() => Script::Latin,
        Some('\u{0600}'..='\u{06ff}') => Script::Arabic,
        _ => Script::Other,
    }
}

const VOWELS: [char; 6] = ['a', 'e', 'i', 'o', 'u', 'y'];

/// Consonants, written in one way; a vowel at the beginning is any vowel.
fn latin_sound(letters: &str) -> String {
    let mut text = letters.to_owned();
    for (written, said) in
        [("ph", "f"), ("ck", "k"), ("kh", "h"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("sh", "s"), ("ch", "k")]
    {
        text = text.replace(written, said);
    }
    let mut sound = String::new();
    for (at, c) in text.chars().enumerate() {
        let said = match c {
            'c' | 'q' => 'k',
            'z' => 's',
            'v' => 'w',
            'y' if at == 0 => 'y',
            c if VOWELS.contains(&c) && at == 0 => 'a',
            c if VOWELS.contains(&c) => continue,
            c => c,
        };
        if !sound.ends_with(said) {
            sound.push(said);
        }
    }
    if sound.chars().count() > 1 && sound.ends_with('h') {
        sound.pop();
    }
    sound
}

/// Without the letters that stand for long vowels.
fn arabic_sound(letters: &str) -> String {
    let mut sound = String::new();
    for (at, c) in letters.chars().enumerate() {
        if (at == 0 || !matches!(c, 'ا' | 'و' | 'ي')) && !sound.ends_with(c) {
            sound.push(c);
        }
    }
    if sound.chars().count() > 1 && sound.ends_with('ه') {
        sound.pop();
    }
    sound
}

/// Vowels that spellings exchange are one, and doubled letters single.
fn spoken(letters: &str) -> String {
    let mut out = String::new();
    for c in letters.chars() {
        let c = match c {
            'o' | 'u' | 'w' => 'u',
            'e' | 'i' | 'y' => 'i',
            other => other,
        };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

impl Word {
    fn is(&self, other: &Self) -> bool {
        self.letters == other.letters
    }

    fn is_like(&self, other: &Self) -> bool {
        if self.script != other.script {
            return false;
        }
        if self.is(other) {
            return true;
        }
        match self.script {
            Script::Latin => {
                let near = strsim::jaro_winkler(&spoken(&self.letters), &spoken(&other.letters));
                near >= 0.93 || (near >= 0.8 && self.sound == other.sound)
            }
            // A long vowel makes another name of it (Hasan, Husain): only a slip in a long word is one.
            Script::Arabic => {
                let shorter = self.letters.chars().count().min(other.letters.chars().count());
                shorter >= 5 && strsim::damerau_levenshtein(&self.letters, &other.letters) <= 1
            }
            Script::Other => strsim::jaro_winkler(&self.letters, &other.letters) >= 0.93,
        }
    }
}

pub(super) fn compare(one: &[Word], other: &[Word]) -> Likeness {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let in_common = |a: &[Word], b: &[Word]| a.iter().any(|word| b.iter().any(|other| word.script == other.script));
    if short.is_empty() || !in_common(short, long) {
        return Likeness::Incomparable;
    }
    let mut free: Vec<&Word> = long.iter().collect();
    let (mut same, mut alike) = (0, 0);
    // What is the same is taken first, so that no likeness takes it away.
    let mut left = Vec::new();
    for word in short {
        match free.iter().position(|other| word.is(other)) {
            Some(at) => {
                free.swap_remove(at);
                same += 1;
            }
            None => left.push(word),
        }
    }
    for word in left {
        if let Some(at) = free.iter().position(|other| word.is_like(other)) {
            free.swap_remove(at);
            alike += 1;
        }
    }
    let first = short.first().zip(long.first()).is_some_and(|(one, other)| one.is_like(other));
    match short.len() - same - alike {
        0 if alike == 0 && short.len() == long.len() => Likeness::Same,
        0 if short.len() > 1 || short.len() == long.len() => Likeness::Alike,
        missed if missed == short.len() => Likeness::Different,
        _ => Likeness::Partly { first },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(one: &str, other: &str) -> Likeness {
        let seen = compare(&words(one), &words(other));
        assert_eq!(seen, compare(&words(other), &words(one)), "{one} and {other}, either way round");
        seen
    }

    #[test]
    fn what_is_written_or_left_out_at_will_makes_no_difference() {
        for (one, other) in [
            ("Amina Rahman", "RAHMAN,  Amina"),
            ("José Ángel Núñez", "Jose Angel Nunez"),
            ("Fatima al-Zahra", "Fatima Zahra"),
            ("Abd al-Rahman Saleh", "Abdulrahman Saleh"),
            ("Abdul Rahman Saleh", "Abdel-Rahman Saleh"),
            ("Abdullah Omar", "Abd Allah Omar"),
            ("Łukasz Żak", "Lukasz Zak"),
            ("أحمد بن علي", "احمد علي"),
            ("مُحَمَّد الهاشمي", "محمد هاشمي"),
            ("عبد الله صالح", "عبدالله صالح"),
            ("فاطمة مصطفى", "فاطمه مصطفي"),
            ("محمـــد علی", "محمد علي"),
        ] {
            assert_eq!(of(one, other), Likeness::Same, "{one} and {other}");
        }
    }

    #[test]
    fn spellings_of_one_name_are_alike() {
        for (one, other) in [
            ("Mohammed Hossain", "Muhammad Hussein"),
            ("Mohamed Ali", "Mohammed Ali"),
            ("Yousef Haddad", "Yusuf Haddad"),
            ("Catherine Moore", "Katherine Moore"),
            ("Sarah Cohen", "Sara Cohen"),
            ("Amina Begum Rahman", "Amina Rahman"),
            ("Rehman Khan", "Rahman Khan"),
        ] {
            assert_eq!(of(one, other), Likeness::Alike, "{one} and {other}");
        }
    }

    #[test]
    fn other_names_are_others() {
        assert_eq!(of("Hassan Khan", "Hussein Khan"), Likeness::Partly { first: false });
        assert_eq!(of("حسن خان", "حسين خان"), Likeness::Partly { first: false });
        assert_eq!(of("محمد علي", "محمود علي"), Likeness::Partly { first: false });
        assert_eq!(of("Ayaan Rahman", "Aisha Rahman"), Likeness::Partly { first: false });
        assert_eq!(of("Amina Rahman", "Amina Chowdhury"), Likeness::Partly { first: true });
        assert_eq!(of("Amina Rahman", "John Smith"), Likeness::Different);
        assert_eq!(of("Amina", "Amina Rahman"), Likeness::Partly { first: true });
    }

    #[test]
    fn nothing_is_put_into_another_script() {
        assert_eq!(of("Muhammad Ali", "محمد علي"), Likeness::Incomparable);
        assert_eq!(of("নাদিয়া রহমান", "Nadia Rahman"), Likeness::Incomparable);
        assert_eq!(of("নাদিয়া রহমান", "নাদিয়া রহমান"), Likeness::Same);
    }

    #[test]
    fn a_name_of_particles_alone_is_a_name() {
        assert_eq!(of("Ben", "Ben"), Likeness::Same);
    }
}
