//! The first rung: a free time soon, or minutes that are kept back for this. They are everybody's an hour before they begin.

use db::Tx;
use kernel::{Timestamp, ids::PractitionerId};
use scheduling::{
    Mode,
    appointments::{BookError, BookUrgent, By, Placement, book_urgent},
    slots::{Notice, Slot, next_free_on},
};

use super::{ClimbError, Outcome, store};
use crate::requests::{Request, policy};

/// Times that are tried before the rung gives up.
const TRIES: usize = 6;

pub(super) async fn take(tx: &mut Tx, held: &Request) -> Result<Outcome, ClimbError> {
    let until = tx.now().plus_minutes(policy::reach_minutes(held.acuity));
    take_until(tx, held, until).await
}

/// The first open time before then, of whoever.
pub(super) async fn take_until(tx: &mut Tx, held: &Request, until: Timestamp) -> Result<Outcome, ClimbError> {
    let Some(patient) = held.patient else { return Ok(Outcome::NotForGuests) };
    for (doctor, slot) in open_times(tx, held, until).await? {
        let command = BookUrgent {
            doctor,
            service: slot.service,
            starts_at: slot.starts_at,
            patient,
            zone: held.zone.clone(),
            placement: Placement::Open,
        };
        match book_urgent(tx, &command, By::System).await {
            Ok(appointment) => return Ok(Outcome::Taken { appointment: Box::new(appointment), displaced: None }),
            // Somebody was faster, or it is the patient's own time already: the next one.
            Err(BookError::SlotTaken { .. } | BookError::NotOffered { .. } | BookError::OwnOverlap { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Outcome::Nothing)
}

/// In order of start; doctors of the patient's language first among equals.
async fn open_times(tx: &mut Tx, held: &Request, until: Timestamp) -> Result<Vec<(PractitionerId, Slot)>, db::Error> {
    let from = tx.now().plus_minutes(policy::SOONEST_MINUTES);
    let doctors = store::list_capable(tx, held.locale.tag(), held.country.as_deref()).await?;
    let mut free = next_free_on(tx, &doctors, (from, until), None, Notice::Urgent, TRIES).await?;
    let mut times: Vec<(PractitionerId, Slot)> = Vec::new();
    for doctor in doctors {
        let slots = free.remove(&doctor).unwrap_or_default();
        let fit = slots.into_iter().filter(|s| !s.requires_approval && matches!(s.mode, Mode::Video | Mode::Audio));
        times.extend(fit.map(|slot| (doctor, slot)));
    }
    times.sort_by_key(|(_, slot)| slot.starts_at);
    times.truncate(TRIES);
    Ok(times)
}
