//! The note as an HTML form: all text, so that what was typed is never lost.

use std::str::FromStr;

use chart::vitals::{Sign, VitalSigns};
use kernel::{FieldError, LocalDate};
use serde::Deserialize;

use super::{NoteContent, NoteInput};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct NoteForm {
    pub(crate) version: String,
    pub(crate) reason: String,
    pub(crate) history: String,
    pub(crate) findings: String,
    pub(crate) assessment: String,
    /// Codes by commas.
    pub(crate) diagnoses: String,
    /// A code typed without a script.
    pub(crate) diagnosis_code: String,
    pub(crate) plan: String,
    pub(crate) follow_up_on: String,
    pub(crate) systolic: String,
    pub(crate) diastolic: String,
    pub(crate) pulse: String,
    pub(crate) respiration: String,
    pub(crate) temperature: String,
    pub(crate) oxygen_saturation: String,
    pub(crate) weight: String,
    pub(crate) height: String,
    pub(crate) glucose: String,
    /// `save`, `sign` or `end`.
    pub(crate) action: String,
    /// Why the note stays incomplete, where it does.
    pub(crate) incomplete: String,
}

impl NoteForm {
    /// The form of a note that stands.
    pub(crate) fn of(content: &NoteContent, version: i32) -> Self {
        let value = |sign: Sign| sign.of(&content.vitals).map(|value| value.to_string()).unwrap_or_default();
        Self {
            version: version.to_string(),
            reason: content.reason.clone(),
            history: content.history.clone(),
            findings: content.findings.clone(),
            assessment: content.assessment.clone(),
            diagnoses: content.diagnoses.iter().map(|found| found.code.as_str()).collect::<Vec<_>>().join(","),
            plan: content.plan.clone(),
            follow_up_on: content.follow_up_on.map(|day| day.to_string()).unwrap_or_default(),
            systolic: value(Sign::Systolic),
            diastolic: value(Sign::Diastolic),
            pulse: value(Sign::Pulse),
            respiration: value(Sign::Respiration),
            temperature: value(Sign::Temperature),
            oxygen_saturation: value(Sign::OxygenSaturation),
            weight: value(Sign::Weight),
            height: value(Sign::Height),
            glucose: value(Sign::Glucose),
            ..Self::default()
        }
    }

    pub(crate) fn vital(&self, sign: Sign) -> &str {
        match sign {
            Sign::Systolic => &self.systolic,
            Sign::Diastolic => &self.diastolic,
            Sign::Pulse => &self.pulse,
            Sign::Respiration => &self.respiration,
            Sign::Temperature => &self.temperature,
            Sign::OxygenSaturation => &self.oxygen_saturation,
            Sign::Weight => &self.weight,
            Sign::Height => &self.height,
            Sign::Glucose => &self.glucose,
        }
    }

    /// The codes chosen, and the one typed without a script.
    pub(crate) fn codes(&self) -> Vec<String> {
        let typed = self.diagnoses.split(',').chain([self.diagnosis_code.as_str()]);
        typed.map(|code| code.trim().to_owned()).filter(|code| !code.is_empty()).collect()
    }

    /// The content, or what to do about each field.
    pub(crate) fn check(&self, today: LocalDate) -> Result<NoteContent, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut vitals = VitalSigns::default();
        for sign in Sign::ALL {
            match number(self.vital(sign)) {
                Ok(value) => sign.set(&mut vitals, value),
                Err(()) => errors.push(FieldError::new(sign.as_str(), "consultations-error-number")),
            }
        }
        let follow_up = self.follow_up_on.trim();
        let follow_up_on = (!follow_up.is_empty()).then(|| LocalDate::from_str(follow_up));
        if matches!(follow_up_on, Some(Err(_))) {
            errors.push(FieldError::new("follow_up_on", "consultations-error-date"));
        }
        let input = NoteInput {
            reason: self.reason.clone(),
            history: self.history.clone(),
            findings: self.findings.clone(),
            assessment: self.assessment.clone(),
            diagnoses: self.codes(),
            plan: self.plan.clone(),
            follow_up_on: follow_up_on.and_then(Result::ok),
            vitals,
        };
        match input.check(today) {
            Ok(content) if errors.is_empty() => Ok(content),
            Ok(_) => Err(errors),
            Err(more) => Err(errors.into_iter().chain(more).collect()),
        }
    }
}

fn number(text: &str) -> Result<Option<f64>, ()> {
    let text = text.trim().replace(',', ".");
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| ()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> LocalDate {
        LocalDate::from_ymd(2026, 11, 22).expect("a day")
    }

    #[test]
    fn what_was_typed_becomes_a_note_and_back() {
        let form = NoteForm {
            plan: "Rest".into(),
            temperature: "38,4".into(),
            diagnoses: "J18.9, ".into(),
            follow_up_on: "2026-12-01".into(),
            ..NoteForm::default()
        };
        let content = form.check(today()).expect("a good form");
        let again = NoteForm::of(&content, 3);
        assert_eq!((again.plan.as_str(), again.temperature.as_str(), again.version.as_str()), ("Rest", "38.4", "3"));
        assert_eq!(again.diagnoses, "J18.9");
        assert_eq!(again.follow_up_on, "2026-12-01");
    }

    #[test]
    fn a_word_is_no_number_and_no_date() {
        let form = NoteForm { pulse: "fast".into(), follow_up_on: "soon".into(), ..NoteForm::default() };
        let fields: Vec<_> = form.check(today()).expect_err("two mistakes").into_iter().map(|e| e.field).collect();
        assert_eq!(fields, ["pulse", "follow_up_on"]);
    }
}
