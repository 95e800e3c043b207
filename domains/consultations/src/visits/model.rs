//! The visit and its states.

use kernel::{
    Timestamp,
    ids::{AccountId, AppointmentId, PatientId, PractitionerId, VisitId},
};
use serde::{Deserialize, Serialize};

/// How far a visit has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VisitState {
    /// The two talk.
    Open,
    /// They have parted; the note is still a draft.
    Ended,
    /// The note is signed and never changes.
    Signed,
}

impl VisitState {
    pub const ALL: [Self; 3] = [Self::Open, Self::Ended, Self::Signed];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Ended => "ended",
            Self::Signed => "signed",
        }
    }

    pub(crate) fn parse(code: &str) -> Result<Self, db::Error> {
        Self::ALL.into_iter().find(|state| state.code() == code).ok_or_else(|| unknown("visits.status"))
    }
}

/// A code that is unknown here means a newer schema.
pub(crate) fn unknown(what: &'static str) -> db::Error {
    db::Error::from(sqlx::Error::Decode(format!("{what} is not known").into()))
}

/// On which side of the visit somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Patient,
    Doctor,
}

impl Side {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Doctor => "doctor",
        }
    }

    /// For what this side reads and writes, as the access log has it.
    pub(crate) const fn purpose(self) -> &'static str {
        match self {
            Self::Patient => chart::purpose::OWN,
            Self::Doctor => chart::purpose::TREATMENT,
        }
    }

    pub(crate) fn parse(code: &str) -> Result<Self, db::Error> {
        match code {
            "patient" => Ok(Self::Patient),
            "doctor" => Ok(Self::Doctor),
            _ => Err(unknown("sender_role")),
        }
    }
}

/// Why a visit is closed without a whole note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Incomplete {
    /// The connection failed.
    Technical,
    /// The patient left before the end.
    PatientLeft,
    /// Sent on to somebody else at once.
    Referred,
    Other,
}

impl Incomplete {
    pub const ALL: [Self; 4] = [Self::Technical, Self::PatientLeft, Self::Referred, Self::Other];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Technical => "technical",
            Self::PatientLeft => "patient_left",
            Self::Referred => "referred",
            Self::Other => "other",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// A visit with what its room needs to know of its appointment and its two people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    pub id: VisitId,
    pub appointment: AppointmentId,
    pub patient: PatientId,
    pub practitioner: PractitionerId,
    pub state: VisitState,
    pub started_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub signed_at: Option<Timestamp>,
    pub incomplete: Option<Incomplete>,
    /// `video`, `audio`, `chat` or `in_person`.
    pub mode: String,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// The appointment's booking status, as written.
    pub booking: String,
    pub patient_name: String,
    pub patient_account: Option<AccountId>,
    pub practitioner_name: String,
    pub practitioner_account: AccountId,
}

impl Visit {
    /// Sound or picture is exchanged.
    pub fn has_media(&self) -> bool {
        matches!(self.mode.as_str(), "video" | "audio")
    }
}
