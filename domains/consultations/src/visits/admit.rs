//! The doctor opens the door.

use access::Actor;
use db::Tx;
use jobs::Event;
use kernel::ids::{AppointmentId, VisitId};
use serde::{Deserialize, Serialize};

use super::{Side, Visit, VisitError, store};
use crate::news;

/// The visit of an appointment has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitOpened {
    pub visit: VisitId,
    pub appointment: AppointmentId,
}

impl Event for VisitOpened {
    const NAME: &'static str = "consultations.visit_opened";
}

/// Admits the patient who waits. Admitting twice is one visit: the second call gets the first one's.
pub async fn admit(tx: &mut Tx, actor: &Actor, appointment: AppointmentId) -> Result<Visit, VisitError> {
    let (patient, practitioner) = store::find_people(tx, actor, appointment).await?.ok_or(VisitError::NotFound)?;
    // Holds the appointment: of two tabs, the second finds the visit of the first.
    scheduling::appointments::admit(tx, actor, appointment).await?;
    if let Some(open) = store::find_by_appointment(tx, actor, appointment).await? {
        return Ok(open);
    }
    let id = tx.id::<VisitId>();
    store::insert(tx, id, appointment, (patient, practitioner)).await?;
    let visit = store::find_by_appointment(tx, actor, appointment).await?.ok_or(VisitError::NotFound)?;
    store::insert_event(tx, &visit, Some((actor.account, Side::Doctor)), "opened").await?;
    jobs::publish(tx, &VisitOpened { visit: id, appointment }).await?;
    news::visit_changed(tx, &visit, "open").await?;
    Ok(visit)
}
