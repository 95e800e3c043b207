//! The team takes a price back, while it is not answered.

use access::Actor;
use db::Tx;
use kernel::ids::{EVisitId, ThreadId};

use super::{model::Status, store};
use crate::{
    MessageError,
    threads::{self, Side},
};

/// A charge that was raised is void, and an open payment is closed; what was paid goes back whole.
pub async fn withdraw(tx: &mut Tx, actor: &Actor, (thread, id): (ThreadId, EVisitId)) -> Result<(), MessageError> {
    let (_, reader) = threads::find(tx, actor, thread).await?;
    if reader.side() != Side::Team {
        return Err(MessageError::NotFound);
    }
    let thread = threads::store::lock(tx, thread).await?.ok_or(MessageError::ReadOnly)?;
    let mut e_visit = store::lock(tx, thread.id, id).await?.ok_or(MessageError::NotFound)?;
    let now = tx.now();
    if !e_visit.stands(now) {
        return Err(MessageError::PriceGone);
    }
    e_visit.status = Status::Withdrawn;
    store::set_decided(tx, &e_visit, None).await?;
    if e_visit.charge.is_some() {
        // Money is moved by the system alone: the job voids what was raised, or gives back what was paid.
        jobs::enqueue(tx, &super::VoidCharge { e_visit: id }, jobs::When::Now).await?;
    }
    Ok(super::record(tx, (&thread, id), "withdrawn", threads::purpose(reader)).await?)
}
