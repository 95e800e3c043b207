//! The third rung, for levels 1 and 2: any free time within the hour; else a place in a buffer, or over what is booked, with doctors who
//! take some more in a day than is planned.

use db::Tx;
use kernel::TimeSlot;
use scheduling::{
    appointments::{BookError, BookUrgent, By, Placement, book_urgent},
    slots::at_work,
};

use super::{
    ClimbError, Outcome, reserved,
    store::{self, Extra},
};
use crate::requests::{
    Request,
    policy::{self, Squeeze},
};

pub(super) async fn squeeze_in(tx: &mut Tx, held: &Request) -> Result<Outcome, ClimbError> {
    let until = tx.now().plus_minutes(policy::INSERT_WITHIN_MINUTES);
    match reserved::take_until(tx, held, until).await? {
        Outcome::Nothing => beside(tx, held).await,
        found => Ok(found),
    }
}

async fn beside(tx: &mut Tx, held: &Request) -> Result<Outcome, ClimbError> {
    let Some(patient) = held.patient else { return Ok(Outcome::NotForGuests) };
    let from = tx.now().plus_minutes(policy::SOONEST_MINUTES);
    let Some(within) = TimeSlot::lasting(from, policy::INSERT_WITHIN_MINUTES) else { return Ok(Outcome::Nothing) };
    for (extra, place) in places(tx, held, within).await? {
        // The cap is looked at again under the doctor's lock of this room: two requests may come for the last place.
        store::lock_extra(tx, extra.doctor).await?;
        if !store::has_room(tx, extra.doctor).await? {
            continue;
        }
        let starts_at = place.starts_at();
        let command = BookUrgent {
            doctor: extra.doctor,
            service: extra.service,
            starts_at,
            patient,
            zone: held.zone.clone(),
            placement: Placement::Beside { ends_at: starts_at.plus_minutes(policy::SQUEEZED_MINUTES) },
        };
        match book_urgent(tx, &command, By::System).await {
            Ok(appointment) => return Ok(Outcome::Taken { appointment: Box::new(appointment), displaced: None }),
            Err(BookError::OwnOverlap { .. } | BookError::NoSuchService) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Outcome::Nothing)
}

/// Gaps before overlaps, the earliest first.
async fn places(tx: &mut Tx, held: &Request, within: TimeSlot) -> Result<Vec<(Extra, Squeeze)>, db::Error> {
    let extras = store::list_with_room(tx, held.locale.tag(), held.country.as_deref()).await?;
    let doctors: Vec<_> = extras.iter().map(|extra| extra.doctor).collect();
    let hours = at_work(tx, &doctors, within.widened(0, 60)).await?;
    let visits = store::list_visits(tx, &doctors, within.widened(240, 240)).await?;
    let mut places = Vec::new();
    for extra in extras {
        let Some(hours) = hours.get(&extra.doctor) else { continue };
        let theirs: Vec<TimeSlot> =
            visits.iter().filter(|(d, _)| *d == extra.doctor).map(|(_, visit)| *visit).collect();
        places.extend(policy::squeeze(hours, &theirs, within, policy::SQUEEZED_MINUTES).map(|place| (extra, place)));
    }
    places.sort_by_key(|(_, place)| (matches!(place, Squeeze::Over(_)), place.starts_at()));
    places.truncate(6);
    Ok(places)
}
