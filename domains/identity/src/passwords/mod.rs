//! Passwords: what may be one (NIST SP 800-63B-4 §3.1.1.2), and how it is kept (Argon2id, m = 19 MiB, t = 2, p = 1).
//!
//! No composition rules, no rotation, no trimming; paste and every script allowed. Fifteen characters where the password
//! stands alone, eight where a second factor is forced.

mod blocklist;
mod hash;

use kernel::{FieldError, Secret};
use unicode_normalization::UnicodeNormalization;

pub use hash::{HashError, hash, verify};

/// What a password must be: shorter is enough where something else is asked too.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Strength {
    Alone,
    WithSecondFactor,
}

impl Strength {
    pub const fn min_chars(self) -> usize {
        match self {
            Self::Alone => 15,
            Self::WithSecondFactor => 8,
        }
    }
}

const MAX_BYTES: usize = 1024;

/// A password that may be stored: long enough, not well known, not the person's own name or address.
#[derive(Clone, Debug)]
pub struct NewPassword(Secret<String>);

impl NewPassword {
    /// `personal` are words that a guesser would try first: name, e-mail, phone.
    pub fn parse(typed: &str, strength: Strength, personal: &[&str]) -> Result<Self, FieldError> {
        let typed = normal(typed);
        let typed = typed.as_str();
        let chars = typed.chars().count();
        if chars == 0 {
            return Err(FieldError::new("password", "identity-password-missing"));
        }
        if chars < strength.min_chars() {
            return Err(FieldError::new("password", "identity-password-short").with("min", strength.min_chars()));
        }
        if typed.len() > MAX_BYTES {
            return Err(FieldError::new("password", "identity-password-long"));
        }
        if blocklist::knows(typed) || is_personal(typed, personal) {
            return Err(FieldError::new("password", "identity-password-known"));
        }
        Ok(Self(Secret::new(typed.to_owned())))
    }

    pub fn secret(&self) -> &Secret<String> {
        &self.0
    }
}

/// One form for what looks the same: keyboards differ in how they write an accent (NFC). Nothing else is changed.
fn normal(typed: &str) -> String {
    typed.nfc().collect()
}

/// The password is nothing but a word about the person, perhaps with digits around it.
fn is_personal(typed: &str, personal: &[&str]) -> bool {
    let letters =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect() };
    let core = letters(typed);
    typed.to_lowercase().starts_with("bedside") && core == "bedside"
        || personal.iter().any(|word| {
            let whole = letters(word);
            let local = letters(word.split('@').next().unwrap_or(word));
            !core.is_empty() && (core == whole || core == local || typed.eq_ignore_ascii_case(word))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(typed: &str, strength: Strength) -> Option<&'static str> {
        NewPassword::parse(typed, strength, &["Amina Rahman", "amina.rahman@clinic.example"])
            .err()
            .map(|e| e.message_key)
    }

    #[test]
    fn length_counts_characters_of_any_script() {
        assert_eq!(refused("short", Strength::Alone), Some("identity-password-short"));
        assert_eq!(refused("কলকাতাবৃষ্টি রোদ আম", Strength::Alone), None);
        assert_eq!(refused("x7!kQ-ab", Strength::WithSecondFactor), None);
        assert_eq!(refused("x7!kQ-a", Strength::WithSecondFactor), Some("identity-password-short"));
    }

    #[test]
    fn what_everyone_uses_is_refused() {
        assert_eq!(refused("passwordpassword", Strength::Alone), Some("identity-password-known"));
        assert_eq!(refused("Password1", Strength::WithSecondFactor), Some("identity-password-known"));
        assert_eq!(refused("aaaaaaaaaaaaaaaa", Strength::Alone), Some("identity-password-known"));
        assert_eq!(refused("123456789012345", Strength::Alone), Some("identity-password-known"));
        assert_eq!(refused("abcabcabcabcabcabc", Strength::Alone), Some("identity-password-known"));
    }

    #[test]
    fn ones_own_name_is_refused_but_a_sentence_is_not() {
        assert_eq!(refused("amina.rahman1990", Strength::Alone), Some("identity-password-known"));
        assert_eq!(refused("AminaRahman@2026", Strength::Alone), Some("identity-password-known"));
        assert_eq!(refused("amina likes yellow kites", Strength::Alone), None);
    }

    #[test]
    fn an_accent_is_the_same_however_it_was_typed() {
        let one = NewPassword::parse("caf\u{e9} au lait le soir", Strength::Alone, &[]).expect("good");
        let two = NewPassword::parse("cafe\u{301} au lait le soir", Strength::Alone, &[]).expect("good");
        assert_eq!(one.secret(), two.secret());
    }

    #[test]
    fn long_and_spaced_is_welcome_and_nothing_is_trimmed() {
        let typed = "  four words make a password  ";
        let password = NewPassword::parse(typed, Strength::Alone, &[]).expect("a good password");
        assert_eq!(password.secret().expose(), typed);
        assert_eq!(refused(&"x y".repeat(600), Strength::Alone), Some("identity-password-long"));
    }
}
