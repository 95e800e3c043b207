//! What is said about an allergy. Names follow FHIR R4 `AllergyIntolerance`, reduced to what a patient can answer.

use kernel::{FieldError, Timestamp, ids::AllergyId};
use serde::{Deserialize, Serialize};

/// What kind of thing the patient reacts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// A drug or vaccine: the safety checks of prescriptions look at these.
    #[default]
    Medicine,
    /// Something eaten or drunk.
    Food,
    /// Pollen, mites, animals, latex, stings.
    Environment,
}

/// How bad the worst reaction was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Not known.
    #[default]
    Unknown,
    /// Itching, a rash in one place, nausea.
    Mild,
    /// Hives all over, swelling, vomiting.
    Moderate,
    /// Trouble breathing, collapse, skin coming off.
    Severe,
}

/// How dangerous another exposure would be, as far as can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Criticality {
    /// Cannot be said.
    #[default]
    Unknown,
    /// Unlikely to be dangerous.
    Low,
    /// May be life-threatening.
    High,
}

macro_rules! codes {
    ($type:ty: $($variant:ident = $code:literal),+) => {
        impl $type {
            /// All values, mildest first.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The code, as in JSON and forms.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }
        impl std::str::FromStr for $type {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text).ok_or(())
            }
        }
    };
}
codes!(Category: Medicine = "medicine", Food = "food", Environment = "environment");
codes!(Severity: Unknown = "unknown", Mild = "mild", Moderate = "moderate", Severe = "severe");
codes!(Criticality: Unknown = "unknown", Low = "low", High = "high");

/// What is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct AllergyContent {
    /// What the patient reacts to, in their own words or a drug's name.
    pub substance: String,
    /// What kind of thing it is.
    pub category: Category,
    /// What happened, in words; may be empty.
    pub reaction: String,
    /// How bad it was.
    pub severity: Severity,
    /// How dangerous another exposure would be.
    pub criticality: Criticality,
}

/// An allergy to add.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAllergy {
    /// 1 to 120 characters.
    pub substance: String,
    /// `medicine` unless told.
    #[serde(default)]
    pub category: Category,
    /// At most 300 characters.
    #[serde(default)]
    pub reaction: String,
    /// `unknown` unless told.
    #[serde(default)]
    pub severity: Severity,
    /// `unknown` unless told.
    #[serde(default)]
    pub criticality: Criticality,
}

impl TryFrom<NewAllergy> for AllergyContent {
    type Error = Vec<FieldError>;

    fn try_from(new: NewAllergy) -> Result<Self, Self::Error> {
        let substance = new.substance.split_whitespace().collect::<Vec<_>>().join(" ");
        let reaction = new.reaction.trim().to_owned();
        let mut errors = Vec::new();
        if substance.is_empty() {
            errors.push(FieldError::new("substance", "chart-error-substance-missing"));
        }
        if substance.chars().count() > 120 {
            errors.push(FieldError::new("substance", "chart-error-substance-long"));
        }
        if reaction.chars().count() > 300 {
            errors.push(FieldError::new("reaction", "chart-error-reaction-long"));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Self { substance, category: new.category, reaction, severity: new.severity, criticality: new.criticality })
    }
}

/// One entry.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct Allergy {
    /// Its id.
    pub id: AllergyId,
    /// What is said.
    #[serde(flatten)]
    pub content: AllergyContent,
    /// When it was written down.
    pub recorded_at: Timestamp,
    /// Whether a clinician wrote it, not the patient.
    pub by_clinician: bool,
    /// The number of the joined record in which it stands; none for the record's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_record: Option<String>,
}

/// What was answered when somebody asked about allergies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Answer {
    /// Nobody has asked.
    NotAsked,
    /// None are known, said on that day.
    NoneKnown {
        /// When it was said.
        at: Timestamp,
    },
    /// There are some.
    Listed,
}

/// The section of the record.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct Allergies {
    /// What is known about whether there are any.
    pub answer: Answer,
    /// Those that stand, newest first.
    pub items: Vec<Allergy>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_substance_is_needed_and_spaces_are_tidied() {
        let content =
            AllergyContent::try_from(NewAllergy { substance: "  penicillin   V ".into(), ..NewAllergy::default() });
        assert_eq!(content.map(|content| content.substance), Ok("penicillin V".to_owned()));
        let errors = AllergyContent::try_from(NewAllergy::default()).expect_err("nothing was typed");
        assert_eq!(errors[0].message_key, "chart-error-substance-missing");
    }

    #[test]
    fn codes_are_read_back() {
        for severity in Severity::ALL {
            assert_eq!(severity.as_str().parse(), Ok(*severity));
        }
        assert!("terrible".parse::<Severity>().is_err());
    }
}
