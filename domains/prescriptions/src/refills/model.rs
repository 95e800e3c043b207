//! A request for a refill.

use kernel::{
    Timestamp,
    ids::{PatientId, PractitionerId, PrescriptionId, RefillRequestId},
};
use serde::{Deserialize, Serialize};

use crate::{
    fills::{self, Filled},
    prescribing::{Prescription, early_after_seconds},
};

/// Within so many hours a doctor should have answered.
pub(super) const ANSWER_HOURS: i64 = 48;

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RefillStatus {
    /// Waits for the doctor.
    Requested,
    /// Prescribed again as it was.
    Approved,
    /// Prescribed again, in another way.
    Changed,
    /// Not prescribed again.
    Denied,
    /// Not yet: something is needed first.
    Deferred,
}

impl RefillStatus {
    pub(super) fn of(stored: &str) -> Self {
        match stored {
            "requested" => Self::Requested,
            "approved" => Self::Approved,
            "changed" => Self::Changed,
            "deferred" => Self::Deferred,
            _ => Self::Denied,
        }
    }

    /// The code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Approved => "approved",
            Self::Changed => "changed",
            Self::Denied => "denied",
            Self::Deferred => "deferred",
        }
    }

    /// Whether the doctor may still answer.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Requested | Self::Deferred)
    }

    pub(super) const fn tone(self) -> &'static str {
        match self {
            Self::Requested => "info",
            Self::Approved | Self::Changed => "ok",
            Self::Deferred => "warn",
            Self::Denied => "crit",
        }
    }
}

/// Why a request was denied or deferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The medicine is no longer needed.
    NotNeeded,
    /// The doctor wants to see the patient first.
    #[default]
    NeedsVisit,
    /// A test comes first.
    NeedsTest,
    /// There should be enough left.
    TooEarly,
    /// The law does not let it be renewed so.
    Restricted,
    /// Something else, as answered.
    Other,
}

impl Reason {
    /// All, as offered.
    pub const ALL: [Self; 6] =
        [Self::NeedsVisit, Self::NeedsTest, Self::NotNeeded, Self::TooEarly, Self::Restricted, Self::Other];

    /// The code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotNeeded => "not_needed",
            Self::NeedsVisit => "needs_visit",
            Self::NeedsTest => "needs_test",
            Self::TooEarly => "too_early",
            Self::Restricted => "restricted",
            Self::Other => "other",
        }
    }
}

/// A request, opened.
#[derive(Debug, Clone)]
pub struct RefillRequest {
    /// Its id.
    pub id: RefillRequestId,
    /// For more of which.
    pub prescription: PrescriptionId,
    /// By whom.
    pub patient: PatientId,
    /// Of whom.
    pub practitioner: PractitionerId,
    /// Where it stands.
    pub status: RefillStatus,
    /// Why, when denied or deferred: a code; `no_answer` when time ran out.
    pub reason: Option<String>,
    /// What the patient wrote; may be empty.
    pub note: String,
    /// What the doctor answered; may be empty.
    pub answer: String,
    /// The prescription that answers it.
    pub renewed_as: Option<PrescriptionId>,
    /// When.
    pub requested_at: Timestamp,
    /// By when an answer is due.
    pub due_at: Timestamp,
    /// When it was answered.
    pub decided_at: Option<Timestamp>,
}

/// From when on a refill may be asked for: three quarters of the longest supply after it was last had; for what nobody fetched here, after
/// the signature.
pub(super) fn from_when(prescription: &Prescription, filled: &[Filled]) -> Option<Timestamp> {
    let last = filled.iter().map(|part| part.at).max().or(prescription.signed_at)?;
    let days = prescription.items.iter().map(|item| item.content.directions.days).max()?;
    Some(last.plus_seconds(early_after_seconds(days)))
}

/// Whether fills remain that need no new prescription.
pub(super) fn refills_remain(prescription: &Prescription, filled: &[Filled]) -> bool {
    prescription.status.may_dispense()
        && prescription.items.iter().any(|item| item.content.refills > 0 && fills::remaining(item, filled) > 0)
}
