//! Stop or cancel a prescription.

use access::Actor;
use chart::purpose;
use db::Tx;
use kernel::ids::PrescriptionId;
use serde::Deserialize;
use web::live::{LiveEvent, Topic};

use super::{EndError, ReadError, model::Status, store};

/// How a prescription ends before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// No longer to be taken.
    Stopped,
    /// A draft thrown away, or signed by mistake.
    Cancelled,
}

/// Why, in the words of FHIR's `medicationrequest-status-reason`, reduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// The patient is well, or does not need it.
    #[default]
    NotNeeded,
    /// It did harm.
    SideEffect,
    /// The patient is allergic to it.
    Allergy,
    /// It does not go with another medicine.
    Interaction,
    /// The patient is pregnant.
    Pregnancy,
    /// Another medicine takes its place.
    Changed,
    /// Written by mistake.
    Mistake,
    /// Something else.
    Other,
}

impl EndReason {
    /// All, as offered.
    pub const ALL: [Self; 8] = [
        Self::NotNeeded,
        Self::SideEffect,
        Self::Allergy,
        Self::Interaction,
        Self::Pregnancy,
        Self::Changed,
        Self::Mistake,
        Self::Other,
    ];

    /// The code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotNeeded => "not_needed",
            Self::SideEffect => "side_effect",
            Self::Allergy => "allergy",
            Self::Interaction => "interaction",
            Self::Pregnancy => "pregnancy",
            Self::Changed => "changed",
            Self::Mistake => "mistake",
            Self::Other => "other",
        }
    }
}

impl std::str::FromStr for EndReason {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text).ok_or(())
    }
}

/// End a prescription of this doctor.
pub async fn end(
    tx: &mut Tx,
    actor: &Actor,
    id: PrescriptionId,
    ending: Ending,
    reason: EndReason,
) -> Result<(), EndError> {
    let practitioner = actor.practitioner.ok_or(ReadError::NotFound)?;
    let row = store::lock_own(tx, id, practitioner).await?.ok_or(ReadError::NotFound)?;
    let status = Status::at(&row.status, row.valid_until, tx.now());
    let (allowed, ended) = match ending {
        Ending::Stopped => (status.may_stop(), "stopped"),
        Ending::Cancelled => (status.may_cancel(), "cancelled"),
    };
    if !allowed {
        return Err(EndError::IllegalTransition);
    }
    store::set_ended(tx, id, ended, reason.as_str(), purpose::TREATMENT).await?;
    let data = serde_json::json!({ "prescription": id, "visit": row.visit, "status": ended });
    web::live::publish(tx, Topic::Visit(row.visit), LiveEvent { kind: "prescription", data }).await?;
    Ok(())
}
