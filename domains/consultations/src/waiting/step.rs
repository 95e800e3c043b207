//! The patient steps out of the waiting room, keeps the place, and comes back.

use access::Actor;
use db::Tx;
use kernel::ids::AppointmentId;

use super::{
    call::QueueMoved,
    store::{self, Change, Place},
};
use crate::{news, visits::VisitError};

/// Steps out; once is enough. The place is kept for an hour, whatever the heartbeat says.
pub async fn step_out(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<Place, VisitError> {
    moved(tx, actor, (id, Change::StepOut)).await
}

/// Is back; coming back without having been away changes nothing.
pub async fn come_back(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<Place, VisitError> {
    moved(tx, actor, (id, Change::ComeBack)).await
}

/// The change, told to the doctor and to those behind. Refused where nobody waits (or, to call back, nobody has stepped out); unknown where
/// the appointment is somebody else's.
pub(super) async fn moved(tx: &mut Tx, actor: &Actor, change: (AppointmentId, Change)) -> Result<Place, VisitError> {
    let Some(place) = store::set_place(tx, actor, change).await? else {
        let own = store::find_room(tx, actor, change.0).await?.is_some();
        return Err(if own { VisitError::NotWaiting } else { VisitError::NotFound });
    };
    if !matches!(change.1, Change::CallBack) {
        jobs::publish(tx, &QueueMoved { appointment: change.0 }).await?;
    }
    news::queue_changed(tx, place.practitioner, change.0).await?;
    Ok(place)
}
