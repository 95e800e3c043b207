//! Signs of an emergency in what somebody writes, by a list of words that is data (`words.tsv`): whole words, in every language at once,
//! whatever the case, the marks over letters and the spelling of alef. Who writes "no chest pain" is asked, too: that costs one tap.

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
}

impl Spoken {
    pub fn is_emergency(&self) -> bool {
        !self.codes.is_empty()
    }
}

/// The signs that a text tells of.
pub fn listen(text: &str) -> Spoken {
    let text = fold(text);
    let mut codes: Vec<String> = Vec::new();
    for (sign, words) in &WORDS.lines {
        if text.contains(words.as_str()) && !codes.iter().any(|code| code == sign) {
            codes.push((*sign).to_owned());
        }
    }
    Spoken { version: WORDS.version, codes }
}

/// Words between single spaces, one before and one after, so that only whole words are found in each other.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 2);
    folded.push(' ');
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            // Tatweel, and the Arabic marks of vowels.
            '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' => {}
            'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
            'ى' => folded.push('ي'),
            'ة' => folded.push('ه'),
            // "can't" in three spellings.
            '\'' | '’' | '‘' => {}
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
