//! From open times to offers.

use db::Tx;
use jobs::{Job, When};
use kernel::{TimeSlot, Timestamp, ids::PractitionerId};
use serde::{Deserialize, Serialize};

use super::{
    join::MOST_DAYS,
    model::{Waiting, WaitingStatus},
    store::{self, NewOffer},
};
use crate::{
    appointments::{self, Appointment, BookAppointment, BookError, Wish, keep_for},
    letters::{Letter, Occasion},
    slots::{Doctors, Notice, Rules, Slot, Wanted, open_slots, rules_for},
};

/// Places that are looked at for one offer.
const PLACES: i64 = 200;
/// Open times of a doctor that are looked at.
const TIMES: usize = 5_000;

/// A time of this doctor may have become free: offer what is open to whoever waits.
#[derive(Serialize, Deserialize, Debug, Clone, Copy)]
pub(crate) struct OfferTimes {
    pub(crate) doctor: PractitionerId,
}

impl Job for OfferTimes {
    const NAME: &'static str = "scheduling.offer_times";
}

/// Say, in the transaction that may free a time, that the list is to be looked at.
pub(crate) async fn look(tx: &mut Tx, doctor: PractitionerId) -> Result<(), db::Error> {
    jobs::enqueue(tx, &OfferTimes { doctor }, When::Now).await.map(|_| ())
}

/// Times also become open because the day has come: of every doctor for whom somebody waits. Who waits for what is seen by the
/// system alone, so this is a job of its own.
#[derive(Serialize, Deserialize, Debug, Clone, Copy)]
pub(crate) struct LookEverywhere {}

impl Job for LookEverywhere {
    const NAME: &'static str = "scheduling.look_everywhere";
}

pub(crate) async fn look_everywhere(tx: &mut Tx) -> Result<(), db::Error> {
    jobs::enqueue(tx, &LookEverywhere {}, When::Now).await.map(|_| ())
}

/// In the system's context.
pub(crate) async fn look_at_all(tx: &mut Tx) -> Result<(), db::Error> {
    for doctor in store::list_sought(tx).await? {
        look(tx, doctor).await?;
    }
    Ok(())
}

/// What one transaction came to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Progress {
    Offered(Box<Appointment>),
    /// Somebody's calendar changed meanwhile: look once more.
    Again,
    /// Nothing is open that anybody waits for.
    Nothing,
}

/// In the system's context: the first of the list for whom something is open has it kept for so many minutes. One offer in one
/// transaction, so that no two of these wait for each other's patients.
pub(crate) async fn offer_next(tx: &mut Tx, doctor: PractitionerId, minutes: i64) -> Result<Progress, BookError> {
    appointments::lock_practitioner(tx, doctor).await?;
    let places = store::list_first(tx, doctor, PLACES).await?;
    let open = open_times(tx, doctor, &places).await?;
    for place in places {
        let Some(slot) = first_that_suits(tx, &place, &open).await? else { continue };
        return keep(tx, &place, doctor, &slot, minutes).await;
    }
    Ok(Progress::Nothing)
}

async fn open_times(tx: &mut Tx, doctor: PractitionerId, places: &[Waiting]) -> Result<Vec<Slot>, db::Error> {
    let now = tx.now();
    let Some(last) = places.iter().map(|place| place.suits.until_day.plus_days(1).starts_in(&place.suits.zone)).max()
    else {
        return Ok(Vec::new());
    };
    let to = last.min(now.plus_days(i64::from(MOST_DAYS) + 2));
    let rules: Option<Rules> = rules_for(tx, &[doctor], Doctors::Published, now, to).await?.into_iter().next();
    let wanted = Wanted { from: now, to, mode: None, now, notice: Notice::AsOffered, at_most: TIMES };
    Ok(rules.map(|rules| open_slots(&rules, &wanted)).unwrap_or_default())
}

async fn first_that_suits(tx: &mut Tx, place: &Waiting, open: &[Slot]) -> Result<Option<Slot>, db::Error> {
    let suits: Vec<&Slot> = open.iter().filter(|slot| place.wants(slot)).collect();
    if suits.is_empty() {
        return Ok(None);
    }
    let asked = store::list_asked(tx, place.id).await?;
    let (from, to) = (suits[0].starts_at, suits[suits.len() - 1].ends_at);
    let own: Vec<TimeSlot> = appointments::list_times(tx, place.patient, from, to).await?;
    let is_free = |slot: &Slot| {
        !asked.contains(&(slot.service, slot.starts_at))
            && !own.iter().any(|taken| taken.starts_at() < slot.ends_at && slot.starts_at < taken.ends_at())
    };
    Ok(suits.into_iter().find(|slot| is_free(slot)).cloned())
}

async fn keep(
    tx: &mut Tx,
    place: &Waiting,
    doctor: PractitionerId,
    slot: &Slot,
    minutes: i64,
) -> Result<Progress, BookError> {
    appointments::lock_people(tx, doctor, place.patient).await?;
    // Another doctor's time may have been offered to the same place, or the patient has left.
    let still = store::lock(tx, place.id).await?.filter(|one| one.status_at(tx.now()) == WaitingStatus::Waiting);
    if still.is_none() || store::find_open_offer(tx, place.id).await?.is_some() {
        return Ok(Progress::Again);
    }
    let command = BookAppointment {
        doctor,
        wish: Wish::Service(slot.service),
        starts_at: slot.starts_at,
        patient: place.patient,
        reason: None,
        zone: place.suits.zone.clone(),
    };
    let kept = match keep_for(tx, &command, minutes).await {
        Ok(kept) => kept,
        Err(BookError::OwnOverlap { .. } | BookError::SlotTaken { .. } | BookError::NotOffered { .. }) => {
            return Ok(Progress::Again);
        }
        Err(error) => return Err(error),
    };
    store::set_lapsed(tx, place.id).await?;
    let answer_until: Timestamp = kept.hold_expires_at.unwrap_or(kept.starts_at);
    let offer = NewOffer {
        appointment: kept.id,
        waiting: place.id,
        patient: place.patient,
        practitioner: doctor,
        service: kept.service,
        starts_at: kept.starts_at,
        answer_until,
    };
    store::insert_offer(tx, &offer).await?;
    Letter::to_patient(&kept, Occasion::Offered).enqueue(tx).await?;
    Ok(Progress::Offered(Box::new(kept)))
}
