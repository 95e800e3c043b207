//! What people type, made into what we keep: trimmed, measured, without control characters.

use identity::accounts;
use kernel::FieldError;

/// Collects every mistake of a form.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    pub(crate) errors: Vec<FieldError>,
}

impl Kept {
    pub(crate) fn take<T>(&mut self, result: Result<T, FieldError>) -> Option<T> {
        result.map_err(|error| self.errors.push(error)).ok()
    }
}

/// A name in any script, one word or many.
pub(crate) fn name(field: &'static str, typed: &str) -> Result<String, FieldError> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(FieldError::new(field, "people-name-missing"));
    }
    if name.chars().count() > 200 || name.chars().any(char::is_control) || !name.chars().any(char::is_alphabetic) {
        return Err(FieldError::new(field, "people-name-wrong"));
    }
    Ok(name)
}

/// A line that may be empty.
pub(crate) fn optional(field: &'static str, typed: &str, max: usize) -> Result<Option<String>, FieldError> {
    let text = typed.trim();
    if text.chars().count() > max {
        return Err(FieldError::new(field, "people-text-long").with("max", max));
    }
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\r') {
        return Err(FieldError::new(field, "people-text-wrong"));
    }
    Ok(if text.is_empty() { None } else { Some(text.replace("\r\n", "\n")) })
}

/// A line that must not be empty; `missing` says what to enter.
pub(crate) fn required(
    field: &'static str,
    typed: &str,
    max: usize,
    missing: &'static str,
) -> Result<String, FieldError> {
    optional(field, typed, max)?.ok_or_else(|| FieldError::new(field, missing))
}

/// An ISO 3166 alpha-2 code that has phone numbers, or nothing.
pub(crate) fn country(field: &'static str, typed: &str) -> Result<Option<String>, FieldError> {
    let code = typed.trim().to_ascii_uppercase();
    if code.is_empty() {
        return Ok(None);
    }
    if crate::countries::is_known(&code) { Ok(Some(code)) } else { Err(FieldError::new(field, "people-country-wrong")) }
}

/// A phone number in E.164, or nothing.
pub(crate) fn phone(field: &'static str, typed: &str, country: Option<&str>) -> Result<Option<String>, FieldError> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    accounts::phone_e164(typed, country).map(Some).map_err(|error| error.for_field(field))
}
