//! What a note says.

use chart::{icd10, vitals::VitalSigns};
use kernel::{FieldError, LocalDate};
use serde::{Deserialize, Serialize};

/// A diagnosis of the list, with its name at the time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Diagnosis {
    pub code: String,
    pub name: String,
}

/// What is sealed, and signed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub struct NoteContent {
    /// Why the patient came, in their words.
    pub reason: String,
    pub history: String,
    pub findings: String,
    pub assessment: String,
    pub diagnoses: Vec<Diagnosis>,
    /// What to do now; the patient reads this first.
    pub plan: String,
    pub follow_up_on: Option<LocalDate>,
    pub vitals: VitalSigns,
}

/// A note as it comes in: codes instead of diagnoses. Everything is optional, for a draft is a draft.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NoteInput {
    pub reason: String,
    pub history: String,
    pub findings: String,
    pub assessment: String,
    /// ICD-10-CM codes, at most 20.
    pub diagnoses: Vec<String>,
    pub plan: String,
    pub follow_up_on: Option<LocalDate>,
    pub vitals: VitalSigns,
}

/// Characters of one section.
const SECTION: usize = 10_000;
const DIAGNOSES: usize = 20;

impl NoteInput {
    /// The content, or what to do about each field. `today` bounds the follow-up.
    pub fn check(self, today: LocalDate) -> Result<NoteContent, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut section = |field: &'static str, text: String| {
            let text = text.replace("\r\n", "\n").trim().to_owned();
            if text.chars().count() > SECTION {
                errors.push(FieldError::new(field, "consultations-error-section-long").with("most", SECTION));
            }
            text
        };
        let (reason, history) = (section("reason", self.reason), section("history", self.history));
        let (findings, assessment) = (section("findings", self.findings), section("assessment", self.assessment));
        let plan = section("plan", self.plan);
        let diagnoses = diagnoses(&self.diagnoses, &mut errors);
        if self.follow_up_on.is_some_and(|day| day.jiff() < today.jiff()) {
            errors.push(FieldError::new("follow_up_on", "consultations-error-follow-up-past"));
        }
        errors.extend(self.vitals.errors());
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(NoteContent {
            reason,
            history,
            findings,
            assessment,
            diagnoses,
            plan,
            follow_up_on: self.follow_up_on,
            vitals: self.vitals,
        })
    }
}

fn diagnoses(codes: &[String], errors: &mut Vec<FieldError>) -> Vec<Diagnosis> {
    if codes.len() > DIAGNOSES {
        errors.push(FieldError::new("diagnoses", "consultations-error-diagnoses-many").with("most", DIAGNOSES));
    }
    let mut found: Vec<Diagnosis> = Vec::new();
    for code in codes.iter().take(DIAGNOSES).map(|code| code.trim()).filter(|code| !code.is_empty()) {
        match icd10::find(code) {
            Some(known) if found.iter().any(|other| other.code == known.code) => {}
            Some(known) => found.push(Diagnosis { code: known.code.to_owned(), name: known.name.to_owned() }),
            None => errors.push(FieldError::new("diagnoses", "consultations-error-code-unknown").with("code", code)),
        }
    }
    found
}

impl NoteContent {
    /// What is missing before it may be signed as a whole note.
    pub fn missing(&self) -> Vec<FieldError> {
        let mut missing = Vec::new();
        if self.assessment.is_empty() && self.diagnoses.is_empty() {
            missing.push(FieldError::new("assessment", "consultations-error-assessment-missing"));
        }
        if self.plan.is_empty() {
            missing.push(FieldError::new("plan", "consultations-error-plan-missing"));
        }
        missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> LocalDate {
        LocalDate::from_ymd(2026, 11, 22).expect("a day")
    }

    #[test]
    fn diagnoses_get_their_names_and_stand_once() {
        let input = NoteInput { diagnoses: vec!["J18.9".into(), "j189".into(), " ".into()], ..NoteInput::default() };
        let content = input.check(today()).expect("known codes");
        assert_eq!(content.diagnoses.len(), 1);
        assert!(content.diagnoses[0].name.to_lowercase().contains("pneumonia"), "{:?}", content.diagnoses);
    }

    #[test]
    fn every_mistake_is_named_by_field() {
        let input = NoteInput {
            plan: "x".repeat(SECTION + 1),
            diagnoses: vec!["nonsense".into()],
            follow_up_on: LocalDate::from_ymd(2026, 11, 21),
            vitals: VitalSigns { pulse: Some(4000.0), ..VitalSigns::default() },
            ..NoteInput::default()
        };
        let fields: Vec<_> = input.check(today()).expect_err("four mistakes").into_iter().map(|e| e.field).collect();
        assert_eq!(fields, ["plan", "diagnoses", "follow_up_on", "pulse"]);
    }

    #[test]
    fn a_note_needs_an_assessment_and_a_plan() {
        assert_eq!(NoteContent::default().missing().len(), 2);
        let whole = NoteContent { assessment: "Cold".into(), plan: "Rest".into(), ..NoteContent::default() };
        assert!(whole.missing().is_empty());
    }
}
