//! What may stand on an envelope.

/// The line would tell a stranger something about somebody's health.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a subject or text message must not contain {0}")]
pub struct TooTelling(pub &'static str);

const LONGEST: usize = 200;
const UNITS: [&str; 9] = ["mg", "mcg", "µg", "ml", "iu", "mmhg", "mmol", "bpm", "mg/dl"];

/// One line of at most 200 characters, without control characters.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
    words.join(" ").chars().take(LONGEST).collect()
}

/// Refuses doses, measurements and ICD-10 codes: they have no business outside the sealed body.
pub(crate) fn check(text: &str) -> Result<(), TooTelling> {
    let words: Vec<&str> =
        text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    for (place, word) in words.iter().enumerate() {
        let lower = word.to_lowercase();
        let after_number = place > 0 && words.get(place - 1).is_some_and(|before| is_number(before));
        let joined = UNITS.iter().any(|unit| lower.strip_suffix(unit).is_some_and(is_number));
        if joined || (after_number && UNITS.contains(&lower.as_str())) {
            return Err(TooTelling("a dose or a measurement"));
        }
        if is_icd10(word) {
            return Err(TooTelling("a diagnosis code"));
        }
    }
    Ok(())
}

fn is_number(word: &str) -> bool {
    !word.is_empty()
        && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '/'))
        && word.contains(|c: char| c.is_ascii_digit())
}

/// `L20.9`: a letter, two digits, a point, one or two characters.
fn is_icd10(word: &str) -> bool {
    let Some((category, detail)) = word.split_once('.') else { return false };
    let mut chars = category.chars();
    category.len() == 3
        && chars.next().is_some_and(|c| c.is_ascii_uppercase())
        && chars.all(|c| c.is_ascii_digit())
        && (1..=4).contains(&detail.len())
        && detail.chars().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_subject_passes() {
        for subject in [
            "Your visit with Dr. Amina Karim is confirmed",
            "Sun 22 Nov 2026, 10:45 (Dhaka, GMT+6)",
            "Invoice INV-2026-000123",
            "تم تأكيد موعدك",
            "1234 is your code",
        ] {
            assert_eq!(check(subject), Ok(()), "{subject}");
        }
    }

    #[test]
    fn a_dose_a_measurement_or_a_diagnosis_is_refused() {
        for subject in ["Take amoxicillin 500 mg", "Take 500mg now", "Your pressure: 140/90 mmHg", "Visit for L20.9"] {
            assert!(check(subject).is_err(), "{subject}");
        }
    }

    #[test]
    fn a_subject_cannot_smuggle_in_a_header() {
        assert_eq!(one_line("Hello\r\nBcc: all@example.org"), "Hello Bcc: all@example.org");
        assert_eq!(one_line(&"x".repeat(500)).chars().count(), 200);
    }
}
