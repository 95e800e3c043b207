use access::{Actor, Role};
use db::Tx;
use kernel::{Fault, FaultKind, ids::UrgentRequestId};

use super::store;
use crate::requests::codes;

codes! {
    /// What is found of an override.
    Verdict {
        Justified = "justified",
        Unjustified = "unjustified",
    }
}

const SHORTEST: usize = 3;
const LONGEST: usize = 500;

#[derive(Clone, Debug)]
pub struct Review {
    pub request: UrgentRequestId,
    pub verdict: Verdict,
    /// Without health content: administrators read no chart.
    pub reason: String,
}

#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    #[error("no such override")]
    NotFound,
    #[error("a reason has {SHORTEST} to {LONGEST} characters")]
    Reason,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ReviewError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Reason => FaultKind::invalid("reason", "emergency-error-reason"),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Judge an override. Judging again replaces; both are in the trail.
pub async fn review(tx: &mut Tx, actor: &Actor, command: &Review) -> Result<(), ReviewError> {
    if !actor.is(Role::Administrator) {
        return Err(ReviewError::NotFound);
    }
    let reason = command.reason.trim();
    if !(SHORTEST..=LONGEST).contains(&reason.chars().count()) {
        return Err(ReviewError::Reason);
    }
    let patient = store::find_override(tx, command.request).await?.ok_or(ReviewError::NotFound)?;
    store::set_review(tx, command.request, command.verdict.code(), reason, actor.account).await?;
    let entry = audit::Entry {
        action: command.verdict.code(),
        object: "urgent_override",
        object_id: command.request.uuid(),
        patient,
        purpose: "operations",
    };
    audit::record(tx, entry).await?;
    Ok(())
}
