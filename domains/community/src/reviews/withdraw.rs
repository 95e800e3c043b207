use access::Actor;
use db::Tx;
use kernel::{Fault, FaultKind, ids::AppointmentId};

use super::store;

#[derive(Debug, thiserror::Error)]
pub enum WithdrawError {
    #[error("no such review")]
    NotFound,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for WithdrawError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Take one's own review back, at any time. It goes for good, and so does its weight.
pub async fn withdraw(tx: &mut Tx, actor: &Actor, appointment: AppointmentId) -> Result<(), WithdrawError> {
    let review = store::lock_of_author(tx, &actor.patients, appointment).await?.ok_or(WithdrawError::NotFound)?;
    store::delete_review(tx, review.id).await?;
    Ok(store::rate(tx, review.practitioner).await?)
}
