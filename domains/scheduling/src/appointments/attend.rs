//! The meeting itself: the patient arrives, the doctor admits, ends and signs.

use access::Actor;
use db::Tx;
use kernel::{Fault, FaultKind, Timestamp, Zone, ids::AppointmentId};

use super::{
    care,
    change::{Change, ChangeError, hold, step},
    model::{Appointment, By, Status, Verb, VisitStatus},
    policy, store,
};
use crate::{
    choices::{self, Cause},
    events::AppointmentEnded,
    follow_ups,
    letters::{Letter, Occasion},
};

#[derive(Debug, thiserror::Error)]
pub enum ArriveError {
    #[error(transparent)]
    Change(#[from] ChangeError),
    #[error("the waiting room opens at {opens_at}")]
    TooEarly { opens_at: Timestamp },
    #[error("the waiting room has closed")]
    TooLate,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ArriveError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Change(error) => error.kind(),
            Self::TooEarly { opens_at } => {
                FaultKind::Conflict { code: "too_early", detail: Some(serde_json::json!({ "opens_at": opens_at })) }
            }
            Self::TooLate => FaultKind::conflict("too_late"),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// A place in the waiting room: 1 is next. The wait is a range of minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Queue {
    pub position: i32,
    pub wait_min: i64,
    pub wait_max: i64,
}

/// The patient is here (or reception says so). Arriving again keeps the place.
pub async fn arrive(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<Appointment, ArriveError> {
    let seen = store::find_for(tx, actor, id).await?.ok_or(ChangeError::NotFound)?;
    let by = By::of(actor, &seen).ok_or(ChangeError::NotFound)?;
    arrive_by(tx, &seen, by).await
}

/// The same, on whose side is known.
pub(crate) async fn arrive_by(tx: &mut Tx, seen: &Appointment, by: By) -> Result<Appointment, ArriveError> {
    let held = hold(tx, seen).await?;
    let now = tx.now();
    if held.state.booking == Status::Confirmed && held.state.visit != VisitStatus::NotOpen {
        return Ok(held);
    }
    held.state_at(now).after(Verb::Arrive).map_err(ChangeError::from)?;
    if !policy::may_arrive(&held, now) {
        let opens_at = held.starts_at.plus_minutes(-policy::ARRIVE_BEFORE_MINUTES);
        return Err(if now < opens_at { ArriveError::TooEarly { opens_at } } else { ArriveError::TooLate });
    }
    Ok(step(tx, &held, Change::new(Verb::Arrive, by), |a| a.arrived_at = Some(now)).await?)
}

/// The place of an appointment in its doctor's waiting room, today by the doctor's calendar.
pub async fn queue_for(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<Option<Queue>, db::Error> {
    let Some(appointment) = store::find_for(tx, actor, id).await? else { return Ok(None) };
    let zone: Zone = store::people::doctor_zone(tx, appointment.practitioner).await?.unwrap_or_else(Zone::utc);
    let day = appointment.starts_at.date_in(&zone);
    let row = store::find_queue(tx, id, day.starts_in(&zone), day.plus_days(1).starts_in(&zone)).await?;
    Ok(row.map(|row| estimate(&appointment, &row, tx.now())))
}

/// Nobody is called before the promised time; those ahead take what visits of their service lately took, the current one what is left of
/// it. Half of the visits take longer than their median: hence the range.
fn estimate(appointment: &Appointment, row: &store::QueueRow, now: Timestamp) -> Queue {
    let left_of_current = row.current_since.map_or(0, |since| {
        let planned = i64::from(row.current_min.or(row.median_min).unwrap_or(15));
        (planned - now.minutes_since(since)).max(1)
    });
    let until_start = appointment.starts_at.minutes_since(now).max(0);
    let expected = (left_of_current + i64::from(row.ahead_min)).max(until_start);
    Queue { position: row.ahead + 1, wait_min: (expected * 3 / 4).max(until_start), wait_max: expected * 5 / 4 + 5 }
}

/// The doctor calls the patient in. Admitting twice is fine.
pub async fn admit(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<Appointment, ChangeError> {
    let (held, by) = own(tx, actor, id).await?;
    if held.state == super::model::State::new(Status::Confirmed, VisitStatus::InConsultation) {
        return Ok(held);
    }
    let now = tx.now();
    step(tx, &held, Change::new(Verb::Admit, by), |a| a.admitted_at = a.admitted_at.or(Some(now))).await
}

/// The visit is over; the booking is fulfilled. Ending twice is fine.
pub async fn end(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<Appointment, ChangeError> {
    let (held, by) = own(tx, actor, id).await?;
    if held.state.booking == Status::Fulfilled {
        return Ok(held);
    }
    let now = tx.now();
    let ended = step(tx, &held, Change::new(Verb::End, by), |a| a.ended_at = Some(now)).await?;
    care::narrow(tx, &ended).await?;
    follow_ups::grant(tx, &ended).await?;
    jobs::publish(tx, &AppointmentEnded { appointment: ended.id }).await?;
    Ok(ended)
}

/// The visit is over because it failed technically before the two had spoken: what was paid goes back, or pays another time. Nobody is
/// asked for a review of it. Failing twice is fine.
pub async fn fail(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<Appointment, ChangeError> {
    let (held, by) = own(tx, actor, id).await?;
    if held.state.booking == Status::Fulfilled {
        return Ok(held);
    }
    let now = tx.now();
    let change = Change::new(Verb::End, by).because("technical_failure");
    let ended = step(tx, &held, change, |a| a.ended_at = Some(now)).await?;
    care::narrow(tx, &ended).await?;
    choices::open(tx, &ended, Cause::TechnicalFailure).await?;
    Letter::to_patient(&ended, Occasion::Failed).enqueue(tx).await?;
    Ok(ended)
}

/// The doctor has signed the note of the visit. Saying it twice is fine.
pub async fn mark_signed(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<Appointment, ChangeError> {
    let (held, by) = own(tx, actor, id).await?;
    if held.state.visit == VisitStatus::Signed {
        return Ok(held);
    }
    step(tx, &held, Change::new(Verb::Sign, by), |_| {}).await
}

/// Only the appointment's own doctor.
async fn own(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<(Appointment, By), ChangeError> {
    let seen = store::find_for(tx, actor, id).await?.ok_or(ChangeError::NotFound)?;
    if actor.practitioner != Some(seen.practitioner) {
        return Err(ChangeError::NotFound);
    }
    Ok((hold(tx, &seen).await?, By::Doctor(actor.account)))
}
