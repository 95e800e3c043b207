//! Words that mean the same name, mistyped or in another script.
//!
//! Text is written in plain Latin letters first (`any_ascii`), so that "নুসরাত", "Nusrat" and "nusrat" are one word. A word is found when the
//! text has it as a part; when a name is a typing error away; or when the consonants are those of a name, for scripts that
//! write no vowels.

use strsim::osa_distance;

/// What is searched of one doctor.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// All of it, in plain letters.
    whole: String,
    /// The words of names and places: these may be mistyped.
    names: Vec<Name>,
}

#[derive(Debug)]
struct Name {
    plain: String,
    consonants: String,
}

impl Text {
    /// `names` may be mistyped, `prose` is only looked through.
    pub(super) fn new<'a>(names: impl IntoIterator<Item = &'a str>, prose: &str) -> Self {
        let names = names.into_iter().map(plain).collect::<Vec<_>>().join(" ");
        let whole = format!("{names} {}", plain(prose));
        let words = names.split_whitespace();
        let names = words.map(|word| Name { plain: word.to_owned(), consonants: consonants(word) }).collect();
        Self { whole, names }
    }

    pub(super) fn has(&self, word: &str) -> bool {
        let word = plain(word);
        if word.is_empty() || self.contains(&word) {
            return true;
        }
        let sounds = consonants(&word);
        let is_like = |name: &Name| is_mistyped(&name.plain, &word) || (sounds.len() >= 3 && name.consonants == sounds);
        self.names.iter().any(is_like)
    }

    /// A plain word, or several in a row, as a part of the text.
    pub(super) fn contains(&self, plain: &str) -> bool {
        self.whole.contains(plain)
    }

    /// All words, plain.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.whole.split_whitespace()
    }

    /// Those that may be mistyped.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| name.plain.as_str())
    }
}

/// The word may be this name with typing errors. Both are plain.
pub(super) fn is_mistyped(name: &str, word: &str) -> bool {
    osa_distance(name, word) <= forgiven(word)
}

/// Typing errors that a word of this length may have: letters left out, added, wrong or swapped.
pub(super) fn forgiven(word: &str) -> usize {
    match word.len() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// Lower-case Latin letters and digits with single spaces.
pub(super) fn plain(text: &str) -> String {
    let latin = any_ascii::any_ascii(text).to_lowercase();
    let kept = latin.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' });
    kept.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is left without vowels and doubled letters, letters that sound alike being one.
pub(super) fn consonants(plain: &str) -> String {
    let mut left = String::new();
    for letter in plain.chars() {
        let letter = match letter {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' => continue,
            'c' | 'q' => 'k',
            'z' => 's',
            'v' => 'b',
            'p' => 'f',
            'j' => 'g',
            other => other,
        };
        if !left.ends_with(letter) {
            left.push(letter);
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doctor() -> Text {
        Text::new(["Dr Nusrat Rahman", "Dhaka", "Étoile Clinic"], "Looks after eczema and long-standing acne.")
    }

    #[test]
    fn a_name_is_found_in_any_script_and_without_its_accents() {
        for written in ["nusrat", "NUSRAT", "নুসরাত", "نصرت", "رحمن", "nusr", "Dhaka", "ঢাকা", "etoile", "étoile"]
        {
            assert!(doctor().has(&written.to_lowercase()), "{written}: {}", plain(written));
        }
    }

    #[test]
    fn a_typing_error_is_forgiven_in_names_and_not_in_prose() {
        for written in ["nusart", "nusrta", "rahmann", "rehman", "dhakka"] {
            assert!(doctor().has(written), "{written}");
        }
        assert!(doctor().has("acne"));
        assert!(!doctor().has("acme"));
    }

    #[test]
    fn another_name_is_not_found() {
        for written in ["karim", "james", "কামাল", "rome", "dr-no", "xyz"] {
            assert!(!doctor().has(written), "{written}");
        }
    }
}
