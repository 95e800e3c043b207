//! A draft, its sentences and what is doubtful about them.

use aws_lc_rs::digest::{SHA256, digest};
use chart::vitals::VitalSigns;
use serde::{Deserialize, Serialize};

use super::Prescribed;

/// The part of the note that a sentence belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    Reason,
    History,
    Findings,
    Assessment,
    Plan,
}

impl Section {
    pub const ALL: [Self; 5] = [Self::Reason, Self::History, Self::Findings, Self::Assessment, Self::Plan];

    /// The field of the note.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reason => "reason",
            Self::History => "history",
            Self::Findings => "findings",
            Self::Assessment => "assessment",
            Self::Plan => "plan",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.code() == code)
    }
}

/// What may be wrong with a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "doubt", rename_all = "snake_case")]
pub enum Doubt {
    /// The engine was unsure of these words.
    Unsure { words: String },
    /// Sounds like a medicine, and is none that is known; `meant` is one that sounds alike.
    SoundsLike { heard: String, meant: String },
    /// The record has another value (`recorded`), or none (empty).
    Differs { what: String, said: String, recorded: String },
    /// A medicine to be taken that this visit's prescriptions do not have.
    NotPrescribed { medicine: String },
    /// An allergy that the record does not have.
    AllergyNotRecorded { substance: String },
    /// The sources do not say this (only of sentences that a model wrote).
    Unsupported { what: String },
}

/// One sentence of the draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Sentence {
    pub section: Section,
    pub text: String,
    /// Numbers of the utterances it came from; never empty.
    pub sources: Vec<i32>,
    #[serde(default)]
    pub doubts: Vec<Doubt>,
}

impl Sentence {
    /// Names it by what it says, for a form that was made of an earlier draft.
    pub(crate) fn mark(&self) -> String {
        let text = format!("{}\n{}", self.section.code(), self.text);
        hex::encode(&digest(&SHA256, text.as_bytes()).as_ref()[..8])
    }
}

/// What kind of thing was said and left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Allergy,
    Medicine,
    Dose,
    Symptom,
}

impl What {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Allergy => "allergy",
            Self::Medicine => "medicine",
            Self::Dose => "dose",
            Self::Symptom => "symptom",
        }
    }
}

/// Something that was said and stands neither in the draft nor in the note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Omission {
    pub what: What,
    /// The word or the dose.
    pub said: String,
    /// The sentence it was said in.
    pub quote: String,
    pub source: i32,
}

/// The whole draft.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Draft {
    pub sentences: Vec<Sentence>,
    #[serde(default)]
    pub omissions: Vec<Omission>,
    /// Prescribed at this visit and never named in it.
    #[serde(default)]
    pub unspoken: Vec<String>,
}

/// What the record says, to check the draft against.
#[derive(Debug, Clone, Default)]
pub struct Recorded {
    /// All text of the note as it stands.
    pub note: String,
    pub vitals: VitalSigns,
    /// Substances of the patient's allergies.
    pub allergies: Vec<String>,
    /// Of this visit.
    pub prescribed: Vec<Prescribed>,
    /// Names of medicines, in lower case: generic names and brands.
    pub medicines: Vec<String>,
}
