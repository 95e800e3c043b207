//! The two part. The note may still be written.

use access::Actor;
use db::Tx;
use jobs::Event;
use kernel::ids::{AppointmentId, VisitId};
use serde::{Deserialize, Serialize};

use super::{FAILED_BEFORE_SECONDS, Incomplete, Side, Visit, VisitError, VisitState, joint_seconds, store};
use crate::{news, recordings, rooms, shows, transcripts};

/// The conversation is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitEnded {
    pub visit: VisitId,
    pub appointment: AppointmentId,
}

impl Event for VisitEnded {
    const NAME: &'static str = "consultations.visit_ended";
}

/// A visit by video or sound in which the two were together for less than five minutes.
async fn has_failed(tx: &mut Tx, visit: &Visit) -> Result<bool, VisitError> {
    let steps = store::list_steps(tx, visit.id).await?;
    Ok(visit.has_media() && joint_seconds(&steps, tx.now()) < FAILED_BEFORE_SECONDS)
}

/// Ends the visit: the room closes, its tokens die, the appointment is fulfilled. Where it failed before the two had
/// spoken for five minutes, what was paid goes back, or pays another time.
pub async fn end(tx: &mut Tx, actor: &Actor, id: VisitId, incomplete: Option<Incomplete>) -> Result<Visit, VisitError> {
    let visit = store::lock_as_doctor(tx, actor, id).await?.ok_or(VisitError::NotFound)?;
    if visit.state != VisitState::Open {
        return Err(VisitError::Illegal(visit.state));
    }
    if incomplete == Some(Incomplete::Technical) && has_failed(tx, &visit).await? {
        scheduling::appointments::fail(tx, actor, visit.appointment).await?;
    } else {
        scheduling::appointments::end(tx, actor, visit.appointment).await?;
    }
    store::set_ended(tx, id, incomplete).await?;
    store::insert_event(tx, &visit, Some((actor.account, Side::Doctor)), "ended").await?;
    rooms::store::revoke_for_visit(tx, id).await?;
    transcripts::visit_over(tx, &visit).await?;
    recordings::visit_over(tx, id).await?;
    shows::visit_over(tx, id).await?;
    jobs::publish(tx, &VisitEnded { visit: id, appointment: visit.appointment }).await?;
    news::visit_changed(tx, &visit, "ended").await?;
    let now = tx.now();
    Ok(Visit { state: VisitState::Ended, ended_at: Some(now), incomplete, ..visit })
}
