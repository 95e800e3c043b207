//! The fourth rung, for levels 1 and 2: the least urgent visit that starts in more than half an hour gives way. Never one whose patient has
//! come, never one that is as urgent, never a patient who gave way lately, nor the visit that came instead. They choose what comes
//! instead, before others.

use db::Tx;
use scheduling::appointments::{self, BookUrgent, By, CancelError, ChangeError, Placement, book_urgent};

use super::{ClimbError, Outcome, store};
use crate::requests::Request;

pub(super) async fn displace_one(tx: &mut Tx, held: &Request) -> Result<Outcome, ClimbError> {
    let Some(patient) = held.patient else { return Ok(Outcome::NotForGuests) };
    for yielding in store::list_yielding(tx, held, patient).await? {
        let displaced = match appointments::displace(tx, yielding).await {
            Ok(displaced) => displaced,
            // It was cancelled, or its patient has come meanwhile.
            Err(CancelError::Change(ChangeError::Illegal(_) | ChangeError::NotFound)) => continue,
            Err(error) => return Err(error.into()),
        };
        let command = BookUrgent {
            doctor: displaced.practitioner,
            service: displaced.service,
            starts_at: displaced.starts_at,
            patient,
            zone: held.zone.clone(),
            placement: Placement::Exactly { ends_at: displaced.ends_at, busy: displaced.busy },
        };
        // Whatever speaks against it, the whole step is undone and tried again.
        let appointment = book_urgent(tx, &command, By::System).await?;
        return Ok(Outcome::Taken { appointment: Box::new(appointment), displaced: Some(displaced.id) });
    }
    Ok(Outcome::Nothing)
}
