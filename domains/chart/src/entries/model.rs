//! An entry and its states.

use kernel::{Timestamp, ids::HistoryEntryId};
use serde::{Deserialize, Serialize};

/// A part of the record, as the audit trail names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    FamilyHistory,
    SocialHistory,
}

impl Section {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::FamilyHistory => "family_history",
            Self::SocialHistory => "social_history",
        }
    }
}

/// Where an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It stands.
    Current,
    /// A later answer took its place.
    Replaced,
    /// It was wrong, and was taken back.
    EnteredInError,
}

impl Status {
    /// As in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Replaced => "replaced",
            Self::EnteredInError => "entered_in_error",
        }
    }

    pub(super) fn of(word: &str) -> Self {
        match word {
            "current" => Self::Current,
            "replaced" => Self::Replaced,
            _ => Self::EnteredInError,
        }
    }
}

/// One version of one entry.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct Entry<T> {
    pub id: HistoryEntryId,
    pub content: T,
    pub status: Status,
    pub recorded_at: Timestamp,
    /// Whether a clinician wrote it, not the patient.
    pub by_clinician: bool,
    /// The clinician's name.
    pub author: Option<String>,
    /// The version before it.
    pub replaces: Option<HistoryEntryId>,
    /// When it was replaced or taken back.
    pub closed_at: Option<Timestamp>,
    /// Why it was taken back.
    pub reason: Option<String>,
    /// The number of the joined record in which it stands; none for the record's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_record: Option<String>,
}
