//! What an addition says.

use kernel::{FieldError, Phi, Timestamp};
use serde::{Deserialize, Serialize};

/// Why something is added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AddendumKind {
    /// Something in the note is wrong, or misleads.
    Correction,
    /// A result that came after the visit.
    LateResult,
    /// Anything else that belongs to the visit.
    #[default]
    Addition,
}

impl AddendumKind {
    pub const ALL: [Self; 3] = [Self::Addition, Self::Correction, Self::LateResult];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Correction => "correction",
            Self::LateResult => "late_result",
            Self::Addition => "addition",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// An addition as it comes in.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddendumInput {
    #[serde(default)]
    pub kind: AddendumKind,
    /// At most 10,000 characters.
    pub text: String,
    /// The number of the last addition that the writer has read, 0 when there was none. Left out, it is added to whatever stands.
    #[serde(default)]
    pub after: Option<i32>,
}

/// What is sealed, and signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddendumContent {
    pub kind: AddendumKind,
    pub text: String,
}

/// An addition as it stands. Its signature fits what it says.
#[derive(Debug, Clone)]
pub struct Addendum {
    pub number: i32,
    pub content: Phi<AddendumContent>,
    pub signed_at: Timestamp,
    /// SHA-256 of what was signed, and of the signature before it.
    pub signed_hash: [u8; 32],
}

/// Characters of one addition.
const LONGEST: usize = 10_000;

impl AddendumInput {
    /// The content, or what to do about it.
    pub fn check(&self) -> Result<AddendumContent, Vec<FieldError>> {
        let text = self.text.replace("\r\n", "\n").trim().to_owned();
        if text.is_empty() {
            return Err(vec![FieldError::new("text", "consultations-error-addendum-empty")]);
        }
        if text.chars().count() > LONGEST {
            return Err(vec![FieldError::new("text", "consultations-error-section-long").with("most", LONGEST)]);
        }
        Ok(AddendumContent { kind: self.kind, text })
    }
}
