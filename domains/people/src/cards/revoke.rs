use access::Actor;
use db::Tx;
use kernel::{
    Fault, FaultKind,
    ids::{CardId, PatientId},
};

use super::{issue::record, store};

#[derive(Debug, thiserror::Error)]
pub enum RevokeError {
    #[error("the account has no such card")]
    NotFound,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for RevokeError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Take a card back: from now on it is as if it had never been. Safe to repeat.
pub async fn revoke(tx: &mut Tx, actor: &Actor, patient: PatientId, card: CardId) -> Result<(), RevokeError> {
    if !actor.patients.contains(&patient) {
        return Err(RevokeError::NotFound);
    }
    match store::set_revoked(tx, patient, card).await? {
        None => Err(RevokeError::NotFound),
        Some(false) => Ok(()),
        Some(true) => Ok(record(tx, card, patient, "revoked").await?),
    }
}
