use access::{Actor, Role};
use db::Tx;
use kernel::{Fault, FaultKind, ids::RefundId};

use super::{
    Approval, Refund, RefundError, RefundStatus,
    request::{Asked, reserve},
    store,
};
use crate::charges;

#[derive(Debug, thiserror::Error)]
pub enum RetryError {
    #[error("no such refund")]
    NotFound,
    #[error("it has not failed, or was tried again already")]
    NotFailed,
    #[error("so much is not left of the payment any more")]
    TooMuch,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for RetryError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::NotFailed => FaultKind::conflict("refund_not_failed"),
            Self::TooMuch => FaultKind::conflict("refund_exceeds_payment"),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Ask the gateway anew for a refund that it would not make. It was approved, so nobody is asked again; and it is another refund with
/// a key of its own, so the same failed one is tried again once.
pub async fn retry(tx: &mut Tx, actor: &Actor, failed: RefundId) -> Result<Refund, RetryError> {
    if !actor.is(Role::Administrator) {
        return Err(RetryError::NotFound);
    }
    let failed = store::find(tx, failed).await?.ok_or(RetryError::NotFound)?;
    charges::store::lock(tx, failed.charge).await?.ok_or(RetryError::NotFound)?;
    if failed.status != RefundStatus::Failed || store::is_retried(tx, failed.id).await? {
        return Err(RetryError::NotFailed);
    }
    let asked = Asked {
        reason: failed.reason,
        by: failed.asked_by,
        note: failed.note,
        approval: Approval::Auto,
        retry_of: Some(failed.id),
    };
    let refund =
        reserve(tx, (failed.payment, failed.charge), failed.money, asked).await.map_err(|error| match error {
            RefundError::NotFound => RetryError::NotFound,
            RefundError::TooMuch => RetryError::TooMuch,
            RefundError::Db(error) if error.constraint() == Some("refunds_retried_once") => RetryError::NotFailed,
            RefundError::Db(error) => RetryError::Db(error),
        })?;
    let object_id = refund.id.uuid();
    let entry =
        audit::Entry { action: "refund_retried", object: "refund", object_id, patient: None, purpose: "operations" };
    audit::record(tx, entry).await?;
    Ok(refund)
}
