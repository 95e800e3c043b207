use access::Actor;
use db::Tx;
use kernel::{Fault, FaultKind, ids::UrgentRequestId};

use super::{
    ask::note_of,
    model::{Request, Status},
    store, tell,
};
use crate::pool;

#[derive(Debug, thiserror::Error)]
pub enum CancelError {
    #[error("no such request of this person")]
    NotFound,
    /// There is a visit, which is cancelled like any other.
    #[error("there is a visit already")]
    Booked,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for CancelError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Booked => FaultKind::conflict("urgent_booked"),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// The person needs no doctor any more. In the system's context. Saying it twice is fine; doctors who were asked are told.
pub async fn cancel(
    tx: &mut Tx,
    actor: &Actor,
    id: UrgentRequestId,
    guest_mac: Option<&[u8]>,
) -> Result<Request, CancelError> {
    store::find_for(tx, id, &actor.patients, guest_mac).await?.ok_or(CancelError::NotFound)?;
    let mut held = store::lock(tx, id).await?.ok_or(CancelError::NotFound)?;
    match held.status {
        Status::Seeking | Status::Accepted => {
            held.status = Status::Cancelled;
            store::set(tx, &held).await?;
            pool::call_off(tx, &held).await?;
            tell::show(tx, &held).await?;
            note_of(tx, &held, "cancelled").await?;
            Ok(held)
        }
        Status::Booked => Err(CancelError::Booked),
        Status::Escalated | Status::Unmet | Status::Cancelled | Status::Lapsed => Ok(held),
    }
}
