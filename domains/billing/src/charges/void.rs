use db::Tx;
use kernel::{Fault, FaultKind, Timestamp, ids::ChargeId};

use super::{ChargeStatus, store};
use crate::payments;

#[derive(Debug, thiserror::Error)]
pub enum VoidError {
    #[error("no such charge")]
    NotFound,
    /// Money was taken: refund it instead.
    #[error("the charge is paid: refund it")]
    Settled,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for VoidError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Settled => FaultKind::conflict("already_paid"),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Nothing is owed any more. Open payments are closed, here and (by a job) at the gateway, so that an old link dies.
/// Voiding twice is fine.
pub async fn void(tx: &mut Tx, charge: ChargeId) -> Result<(), VoidError> {
    let charge = store::lock(tx, charge).await?.ok_or(VoidError::NotFound)?;
    match charge.status {
        ChargeStatus::Void => Ok(()),
        ChargeStatus::Open => {
            store::set_void(tx, charge.id).await?;
            payments::close_open(tx, charge.id).await?;
            Ok(())
        }
        ChargeStatus::Settled | ChargeStatus::PartiallyRefunded | ChargeStatus::Refunded => Err(VoidError::Settled),
    }
}

/// An open charge may be paid until then: the hold it belongs to was moved or lengthened.
pub async fn extend(tx: &mut Tx, charge: ChargeId, payable_until: Timestamp) -> Result<(), db::Error> {
    store::set_payable_until(tx, charge, payable_until).await
}
