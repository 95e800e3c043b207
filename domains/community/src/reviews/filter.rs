//! What in a text a person should look at before everyone does: ways to reach somebody, health details, abuse.
//!
//! A flag holds a review back; it never rejects one. The word lists are short on purpose: what slips through can be taken down, what is
//! held back in error costs a patient's trust.

/// A cause for a second look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// A phone number, an address, a link.
    Contact,
    /// A condition, a medicine with its dose, a test result: the author may not mean to publish it.
    Health,
    Abuse,
}

impl Flag {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Health => "health",
            Self::Abuse => "abuse",
        }
    }
}

const HEALTH: [&str; 34] = [
    "hiv",
    "aids",
    "syphilis",
    "gonorrhea",
    "chlamydia",
    "herpes",
    "hepatitis",
    "pregnan",
    "abortion",
    "miscarriage",
    "cancer",
    "tumor",
    "tumour",
    "depress",
    "bipolar",
    "schizophren",
    "suicid",
    "psychiat",
    "addict",
    "alcoholi",
    "overdose",
    "diabet",
    "epilep",
    "impoten",
    "infertil",
    "diagnosed with",
    "biopsy",
    "سرطان",
    "إيدز",
    "الإيدز",
    "حامل",
    "إجهاض",
    "اكتئاب",
    "انتحار",
];
const ABUSE: [&str; 12] =
    ["idiot", "stupid", "moron", "bastard", "bitch", "whore", "fuck", "kill yourself", "غبي", "أحمق", "حقير", "عاهرة"];
const UNITS: [&str; 6] = ["mg", "mcg", "µg", "ml", "iu", "ملغ"];

/// Every cause that the text gives, in a fixed order.
pub fn flags(text: &str) -> Vec<Flag> {
    let lower = text.to_lowercase();
    let mut found = Vec::new();
    if has_contact(&lower) {
        found.push(Flag::Contact);
    }
    if HEALTH.iter().any(|word| starts_a_word(&lower, word)) || has_dose(&lower) || has_icd10(text) {
        found.push(Flag::Health);
    }
    if ABUSE.iter().any(|word| starts_a_word(&lower, word)) {
        found.push(Flag::Abuse);
    }
    found
}

/// So that "aids" is not found in "maids".
fn starts_a_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        text.get(..at).and_then(|before| before.chars().next_back()).is_none_or(|c| !c.is_alphanumeric())
    })
}

fn has_contact(lower: &str) -> bool {
    let email = lower.split_whitespace().any(|word| {
        word.split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.trim_end_matches(['.', ',', '!', ')']).contains('.'))
    });
    let link = ["http://", "https://", "www.", "t.me/", "wa.me/"].iter().any(|start| lower.contains(start));
    email || link || longest_number(lower) >= 7
}

/// Digits in a row, with the marks that people write between them, in any script.
fn longest_number(text: &str) -> usize {
    let (mut longest, mut current) = (0, 0);
    for c in text.chars() {
        if c.is_numeric() {
            current += 1;
            longest = longest.max(current);
        } else if !matches!(c, ' ' | '-' | '.' | '(' | ')' | '/' | '+') {
            current = 0;
        }
    }
    longest
}

fn has_dose(lower: &str) -> bool {
    let words: Vec<&str> =
        lower.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    words.iter().enumerate().any(|(place, word)| {
        let number_before = place > 0 && words.get(place - 1).is_some_and(|before| is_number(before));
        UNITS.iter().any(|unit| (number_before && word == unit) || word.strip_suffix(unit).is_some_and(is_number))
    })
}

fn is_number(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_numeric) && word.chars().all(|c| c.is_numeric() || matches!(c, '.' | ','))
}

/// `L20.9`
fn has_icd10(text: &str) -> bool {
    text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).any(|word| {
        let Some((category, detail)) = word.split_once('.') else { return false };
        let mut chars = category.chars();
        category.len() == 3
            && chars.next().is_some_and(|c| c.is_ascii_uppercase())
            && chars.all(|c| c.is_ascii_digit())
            && !detail.is_empty()
            && detail.chars().all(|c| c.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_review_passes() {
        for text in [
            "",
            "Listened carefully and explained everything in plain words. On time, too!",
            "Waited 25 minutes in 2026, but worth it. 10/10",
            "The maids at the clinic were kind.",
            "استمعت إليّ بصبر وشرحت كل شيء بوضوح.",
        ] {
            assert_eq!(flags(text), [], "{text}");
        }
    }

    #[test]
    fn contact_health_and_abuse_are_flagged() {
        for (text, expected) in [
            ("Call me at +880 17-1234 5678", Flag::Contact),
            ("اتصل بي ٠١٧١٢٣٤٥٦٧٨", Flag::Contact),
            ("write to amina@example.org.", Flag::Contact),
            ("see https://spam.example", Flag::Contact),
            ("She treated my depression well", Flag::Health),
            ("HIV-positive and never judged", Flag::Health),
            ("gave me 500mg of it", Flag::Health),
            ("gave me 2.5 mg, good", Flag::Health),
            ("he wrote L20.9 down", Flag::Health),
            ("هذا الطبيب غبي", Flag::Abuse),
            ("what an IDIOT", Flag::Abuse),
        ] {
            assert_eq!(flags(text), [expected], "{text}");
        }
    }

    #[test]
    fn every_cause_is_named() {
        assert_eq!(flags("Idiot! My cancer, call 0171234567"), [Flag::Contact, Flag::Health, Flag::Abuse]);
    }
}
