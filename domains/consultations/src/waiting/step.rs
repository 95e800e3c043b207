//! The patient steps out of the waiting room, keeps the place, and comes back.

use access::Actor;
use db::Tx;
use kernel::ids::AppointmentId;

use super::store::{self, Change};
use crate::{news, visits::VisitError};

/// Steps out; once is enough. The place is kept, whatever the heartbeat says.
pub async fn step_out(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<(), VisitError> {
    moved(tx, actor, (id, Change::StepOut)).await
}

/// Is back; coming back without having been away changes nothing.
pub async fn come_back(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<(), VisitError> {
    moved(tx, actor, (id, Change::ComeBack)).await
}

async fn moved(tx: &mut Tx, actor: &Actor, change: (AppointmentId, Change)) -> Result<(), VisitError> {
    let (_, practitioner) = store::set_place(tx, actor, change).await?.ok_or(VisitError::NotFound)?;
    Ok(news::queue_changed(tx, practitioner, change.0).await?)
}
