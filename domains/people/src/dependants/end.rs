use db::Tx;
use kernel::{
    Fault, FaultKind,
    ids::{AccountId, PatientId},
};

use super::store;

#[derive(Debug, thiserror::Error)]
pub enum EndError {
    #[error("this account does not act for the patient")]
    NotFound,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for EndError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// The account acts for this patient no longer. The record stays. In the system's context.
pub async fn end(tx: &mut Tx, account: AccountId, patient: PatientId) -> Result<(), EndError> {
    if store::set_ended(tx, account, patient).await? { Ok(()) } else { Err(EndError::NotFound) }
}
