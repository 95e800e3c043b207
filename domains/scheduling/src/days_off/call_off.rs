use access::{Actor, Role};
use db::Tx;
use jobs::{Job, When};
use kernel::{
    Fault, FaultKind, LocalDate, Timestamp, Zone,
    ids::{AccountId, AppointmentId, CalledOffId, PractitionerId},
};
use serde::{Deserialize, Serialize};

use super::store;
use crate::{
    appointments::{self, By, CancelError, CancelReason, Status, VisitStatus, cancel_held, hold, lock_practitioner},
    availability::{self, EditError, NewException, change::zone_of},
    slots::ExceptionKind,
};

/// How far ahead a day may be called off.
const DAYS_AHEAD: i32 = 366;

#[derive(Clone, Copy, Debug)]
pub struct CallOff {
    pub doctor: PractitionerId,
    /// On the calendar of the doctor's timetable.
    pub day: LocalDate,
    pub reason: CancelReason,
}

/// A day that was called off.
#[derive(Clone, Debug)]
pub struct CalledOff {
    pub id: CalledOffId,
    pub doctor: PractitionerId,
    pub day: LocalDate,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub reason: CancelReason,
    pub by: AccountId,
    pub by_role: Role,
}

#[derive(Debug, thiserror::Error)]
pub enum CallOffError {
    #[error("no such doctor")]
    NotFound,
    #[error("the day has passed, or lies more than a year ahead")]
    NotThatDay,
    #[error(transparent)]
    Close(#[from] EditError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for CallOffError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::NotThatDay => FaultKind::invalid("day", "scheduling-error-day-off"),
            Self::Close(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// The calendar on which a doctor's days are counted, and the instants of one of them.
pub(super) async fn day_of(
    tx: &mut Tx,
    doctor: PractitionerId,
    day: LocalDate,
) -> Result<(Zone, Timestamp, Timestamp), CallOffError> {
    let zone = zone_of(tx, doctor).await?.ok_or(CallOffError::NotFound)?;
    let (from, until) = (day.starts_in(&zone), day.plus_days(1).starts_in(&zone));
    Ok((zone, from, until))
}

/// Call a day off: by the doctor, or by an administrator for one. Calling it off twice is fine, and picks up what still stands.
pub async fn call_off(tx: &mut Tx, actor: &Actor, command: CallOff) -> Result<CalledOff, CallOffError> {
    let CallOff { doctor, day, reason } = command;
    let by_role = match actor.practitioner {
        Some(own) if own == doctor => Role::Doctor,
        _ if actor.is(Role::Administrator) => Role::Administrator,
        _ => return Err(CallOffError::NotFound),
    };
    let (zone, starts_at, ends_at) = day_of(tx, doctor, day).await?;
    let today = tx.now().date_in(&zone);
    if day < today || day > today.plus_days(DAYS_AHEAD) {
        return Err(CallOffError::NotThatDay);
    }
    lock_practitioner(tx, doctor).await?;
    let called_off = if let Some(known) = store::find(tx, doctor, day).await? {
        known
    } else {
        let id = tx.id();
        let new = CalledOff { id, doctor, day, starts_at, ends_at, reason, by: actor.account, by_role };
        close_day(tx, &zone, &new).await?;
        new
    };
    let standing = store::list_hit(tx, doctor, called_off.starts_at, called_off.ends_at).await?;
    for hit in standing.iter().filter(|hit| hit.stands) {
        let job = CallOffOne { day: called_off.id, appointment: hit.appointment };
        jobs::enqueue(tx, &job, When::Now).await?;
    }
    tracing::info!(day = %called_off.id, doctor = %doctor, appointments = standing.len(), "scheduling.day_called_off");
    Ok(called_off)
}

/// Nothing can be booked on that day any more, extra hours or not: that is what leave means.
async fn close_day(tx: &mut Tx, zone: &Zone, new: &CalledOff) -> Result<(), CallOffError> {
    store::insert(tx, new).await?;
    let away = NewException {
        kind: ExceptionKind::Leave,
        service: None,
        starts_on: new.day,
        ends_on: new.day,
        parts: Vec::new(),
        zone: zone.clone(),
        journey: None,
    };
    availability::add_exception(tx, new.doctor, &away).await?;
    Ok(())
}

/// One appointment of a day that was called off.
#[derive(Serialize, Deserialize, Debug)]
pub(crate) struct CallOffOne {
    pub(crate) day: CalledOffId,
    pub(crate) appointment: AppointmentId,
}

impl Job for CallOffOne {
    const NAME: &'static str = "scheduling.call_off_one";
}

/// In the system's context. Safe to run twice.
pub(crate) async fn call_off_one(tx: &mut Tx, job: &CallOffOne) -> Result<(), CancelError> {
    let Some(day) = store::find_by_id(tx, job.day).await? else { return Ok(()) };
    let Some(seen) = appointments::find(tx, job.appointment).await? else { return Ok(()) };
    let held = hold(tx, &seen).await?;
    let now = tx.now();
    let stands = held.status_at(now).is_active()
        && matches!(held.state.visit, VisitStatus::NotOpen | VisitStatus::Waiting)
        && day.starts_at <= held.starts_at
        && held.starts_at < day.ends_at;
    if !stands {
        return Ok(());
    }
    // A request is declined by its doctor and cancelled by the house; both are `cancel_held`'s to know.
    debug_assert!(held.status_at(now) != Status::Expired);
    let by = if day.by_role == Role::Doctor { By::Doctor(day.by) } else { By::Administrator(day.by) };
    cancel_held(tx, &held, by, day.reason).await?;
    Ok(())
}
