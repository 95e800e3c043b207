//! An immunization.

use kernel::{FieldError, LocalDate, Timestamp, ids::ImmunizationId};
use serde::{Deserialize, Serialize};

use super::vaccines;

/// What is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ImmunizationContent {
    /// CVX code.
    pub code: String,
    /// Its name at the time.
    pub name: String,
    /// The day it was given.
    pub given_on: LocalDate,
    /// Which dose of the series, where known.
    pub dose: Option<u8>,
    /// Lot number; may be empty.
    pub lot: String,
    /// Where and by whom; may be empty.
    pub given_by: String,
}

/// An immunization to add.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewImmunization {
    /// CVX code of the list.
    pub code: String,
    pub given_on: Option<LocalDate>,
    /// From 1 to 20.
    pub dose: Option<u8>,
    /// At most 40 characters.
    pub lot: String,
    /// At most 120 characters.
    pub given_by: String,
}

/// One entry.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct Immunization {
    pub id: ImmunizationId,
    #[serde(flatten)]
    pub content: ImmunizationContent,
    pub recorded_at: Timestamp,
    /// Whether a clinician wrote it, not the patient.
    pub by_clinician: bool,
    /// The number of the joined record in which it stands; none for the record's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_record: Option<String>,
}

impl NewImmunization {
    /// The content, or what to do about each field. Nobody was immunised tomorrow, or before being born.
    pub(super) fn check(
        self,
        today: LocalDate,
        born: Option<LocalDate>,
    ) -> Result<ImmunizationContent, Vec<FieldError>> {
        let mut errors = Vec::new();
        let vaccine = vaccines::find(&self.code);
        if vaccine.is_none() {
            errors.push(FieldError::new("code", "chart-error-vaccine"));
        }
        match self.given_on {
            None => errors.push(FieldError::new("given_on", "chart-error-given-on")),
            Some(day) if day.jiff() > today.jiff() => {
                errors.push(FieldError::new("given_on", "chart-error-given-on-future"));
            }
            Some(day) if born.is_some_and(|born| day.jiff() < born.jiff()) => {
                errors.push(FieldError::new("given_on", "chart-error-given-on-before-birth"));
            }
            Some(_) => {}
        }
        if self.dose.is_some_and(|dose| !(1..=20).contains(&dose)) {
            errors.push(FieldError::new("dose", "chart-error-dose"));
        }
        let mut text = |field: &'static str, text: String, most: usize| {
            let text = text.trim().to_owned();
            if text.chars().count() > most {
                errors.push(FieldError::new(field, "chart-error-text-long").with("most", most));
            }
            text
        };
        let (lot, given_by) = (text("lot", self.lot, 40), text("given_by", self.given_by, 120));
        match (vaccine, self.given_on) {
            (Some(vaccine), Some(given_on)) if errors.is_empty() => Ok(ImmunizationContent {
                code: vaccine.code.to_owned(),
                name: vaccine.name.to_owned(),
                given_on,
                dose: self.dose,
                lot,
                given_by,
            }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: i8) -> LocalDate {
        LocalDate::from_ymd(2026, 11, day).expect("a day")
    }

    fn fields(new: NewImmunization) -> Vec<String> {
        let errors = new.check(day(20), Some(day(2))).expect_err("mistakes");
        errors.into_iter().map(|error| error.field.into_owned()).collect()
    }

    #[test]
    fn what_cannot_be_is_refused_by_field() {
        let new = |given_on| NewImmunization { code: "03".into(), given_on, ..NewImmunization::default() };
        assert!(new(Some(day(20))).check(day(20), Some(day(2))).is_ok());
        assert_eq!(fields(new(Some(day(21)))), ["given_on"]);
        assert_eq!(fields(new(Some(day(1)))), ["given_on"]);
        let all = NewImmunization { code: "nothing".into(), dose: Some(0), lot: "x".repeat(41), ..new(None) };
        assert_eq!(fields(all), ["code", "given_on", "dose", "lot"]);
    }
}
