//! How far the checking of a note has come.

use kernel::{
    FieldError, Timestamp,
    ids::{NoteApprovalId, PatientId, PractitionerId, VisitId},
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It waits for its supervisor.
    Awaiting,
    /// It waits for its doctor, who has something to answer.
    Returned,
    Approved,
}

impl Status {
    pub const ALL: [Self; 3] = [Self::Awaiting, Self::Returned, Self::Approved];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Awaiting => "awaiting",
            Self::Returned => "returned",
            Self::Approved => "approved",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    pub const fn tone(self) -> &'static str {
        match self {
            Self::Awaiting => "warn",
            Self::Returned => "crit",
            Self::Approved => "ok",
        }
    }
}

/// What happened to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum StepKind {
    Asked,
    Returned,
    SentAgain,
    Approved,
    /// It came to another supervisor.
    Assigned,
}

impl StepKind {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Returned => "returned",
            Self::SentAgain => "sent_again",
            Self::Approved => "approved",
            Self::Assigned => "assigned",
        }
    }
}

/// The checking of one note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    pub id: NoteApprovalId,
    pub visit: VisitId,
    pub patient: PatientId,
    /// Who signed the note.
    pub author: PractitionerId,
    pub author_name: String,
    /// Who checks it.
    pub supervisor: PractitionerId,
    pub supervisor_name: String,
    pub status: Status,
    pub asked_at: Timestamp,
    /// How many additions the supervisor had read when it was last returned or approved.
    pub addenda: Option<i32>,
    pub approved_at: Option<Timestamp>,
    pub signed_hash: Option<Vec<u8>>,
}

/// What a supervisor wrote when returning a note.
#[derive(Debug, Clone)]
pub struct Words {
    pub supervisor_name: String,
    pub at: Timestamp,
    pub text: kernel::Phi<String>,
}

/// Characters of the words of a return.
const LONGEST: usize = 4_000;

/// The words of a return, or what to do about them.
pub(super) fn check_words(words: &str) -> Result<String, Vec<FieldError>> {
    let words = words.replace("\r\n", "\n").trim().to_owned();
    if words.is_empty() {
        return Err(vec![FieldError::new("words", "consultations-error-approval-words")]);
    }
    if words.chars().count() > LONGEST {
        return Err(vec![FieldError::new("words", "consultations-error-section-long").with("most", LONGEST)]);
    }
    Ok(words)
}
