use access::{Actor, Role};
use db::Tx;
use kernel::{Fault, FaultKind, ids::DuplicateId};

use super::{model::Decision, store};

#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    #[error("no such pair")]
    NotFound,
    /// Another administrator was first.
    #[error("the pair was decided already")]
    Decided,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for DecideError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Decided => FaultKind::conflict("changed_in_between"),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// They are two people, or: look again. In the trail without a patient, for a patient's access log must not say that there is another.
pub async fn decide(tx: &mut Tx, actor: &Actor, pair: DuplicateId, decision: Decision) -> Result<(), DecideError> {
    if !actor.is(Role::Administrator) {
        return Err(DecideError::NotFound);
    }
    let before = store::lock_status(tx, pair).await?.ok_or(DecideError::NotFound)?;
    if before == decision {
        return Err(DecideError::Decided);
    }
    store::set_decision(tx, pair, decision, actor.account).await?;
    let action = match decision {
        Decision::Different => "told_apart",
        Decision::Open => "reopened",
    };
    let object_id = pair.uuid();
    let entry = audit::Entry { action, object: "duplicate_pair", object_id, patient: None, purpose: "operations" };
    audit::record(tx, entry).await?;
    Ok(())
}
