use access::{Actor, Role};
use db::Tx;
use kernel::{Fault, FaultKind, FieldError, ids::RefundId};

use super::{Approval, Refund, RefundStatus, store, submit};
use crate::{charges, payments};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    Approve,
    Decline,
}

/// The second pair of eyes.
#[derive(Debug, Clone)]
pub struct Decide {
    pub refund: RefundId,
    pub decision: Decision,
    /// Needed to decline.
    pub note: String,
}

const LONGEST_NOTE: usize = 500;

#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    #[error("no such refund")]
    NotFound,
    #[error("whoever asked does not decide")]
    OwnRequest,
    #[error("it is decided already, or needs nobody's decision")]
    Decided,
    #[error("it must be said why, in at most 500 characters")]
    NoReason,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for DecideError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::OwnRequest => FaultKind::forbidden("refunds-rule-four-eyes", "refunds-who-another"),
            Self::Decided => FaultKind::conflict("refund_decided"),
            Self::NoReason => FaultKind::Invalid(vec![FieldError::new("note", "refunds-error-note")]),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Approve a refund that waits for a person, or decline it: then what was reserved is free again.
pub async fn decide(tx: &mut Tx, actor: &Actor, command: Decide) -> Result<Refund, DecideError> {
    if !actor.is(Role::Administrator) {
        return Err(DecideError::NotFound);
    }
    let note = command.note.trim();
    if note.chars().count() > LONGEST_NOTE || (note.is_empty() && command.decision == Decision::Decline) {
        return Err(DecideError::NoReason);
    }
    let seen = store::find(tx, command.refund).await?.ok_or(DecideError::NotFound)?;
    charges::store::lock(tx, seen.charge).await?.ok_or(DecideError::NotFound)?;
    let held = store::lock(tx, seen.id).await?.ok_or(DecideError::NotFound)?;
    if held.status != RefundStatus::Requested || held.approval != Approval::Human {
        return Err(DecideError::Decided);
    }
    if held.asked_by == Some(actor.account) {
        return Err(DecideError::OwnRequest);
    }
    let (status, action) = match command.decision {
        Decision::Approve => (RefundStatus::Approved, "refund_approved"),
        Decision::Decline => (RefundStatus::Declined, "refund_declined"),
    };
    if !store::set_decided(tx, held.id, status, actor.account, note).await? {
        return Err(DecideError::Decided);
    }
    match command.decision {
        Decision::Approve => submit::enqueue(tx, held.id).await?,
        Decision::Decline => payments::store::release_from_refund(tx, held.payment, held.money.amount).await?,
    }
    tracing::info!(refund = %held.id, action, "billing.refund.decided");
    let entry =
        audit::Entry { action, object: "refund", object_id: held.id.uuid(), patient: None, purpose: "operations" };
    audit::record(tx, entry).await?;
    Ok(Refund { status, ..held })
}
