use billing::{PaymentSettled, refunds::RefundReason};
use db::Tx;
use kernel::{
    Fault, FaultKind, TimeSlot,
    ids::{AppointmentId, ChargeId},
};

use super::{
    care,
    change::{Change, ChangeError, hold, step},
    model::{Appointment, By, Status, Verb},
    store::{self, NewEvent},
    tidy,
};
use crate::{
    choices::{self, Cause},
    events::AppointmentConfirmed,
    letters::{Letter, Occasion},
    slots::{Doctors, Notice, rules_for, slot_at},
};

#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    #[error(transparent)]
    Change(#[from] ChangeError),
    #[error(transparent)]
    Refund(#[from] billing::refunds::RefundError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ConfirmError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Change(error) => error.kind(),
            Self::Refund(error) => error.kind(),
            Self::Db(error) => error.kind(),
        }
    }
}

/// What became of money that arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Confirmed,
    /// The same news again, or no appointment's.
    NothingToDo,
    /// The time is gone: the patient is told of other times and may take one with this money at once, else it goes back.
    TimeGone,
    /// Nobody wants the time any more: the money goes back.
    Refunded,
}

/// Money for an appointment arrived. On time, or late while the time is still free, it is the patient's; else the money goes back.
/// Nobody is left with money and no visit. Saying it twice has one effect.
pub async fn confirm(tx: &mut Tx, paid: &PaymentSettled) -> Result<Outcome, ConfirmError> {
    let Some(id) = paid.appointment else { return Ok(Outcome::NothingToDo) };
    let Some(seen) = store::find(tx, id).await? else { return Ok(Outcome::NothingToDo) };
    let held = hold(tx, &seen).await?;
    match held.state.booking {
        Status::Confirmed | Status::Fulfilled => Ok(Outcome::NothingToDo),
        Status::Held | Status::Expired => {
            let in_time = held.state.booking == Status::Held
                && held.hold_expires_at.is_some_and(|end| paid.captured_at <= end)
                && tx.now() < held.ends_at;
            if store::has_event(tx, held.id, REFUNDED_LATE).await? {
                return Ok(Outcome::NothingToDo);
            }
            let still_free = if in_time { Some(held.clone()) } else { retake(tx, &held).await? };
            match still_free {
                Some(free) => take_up(tx, &free, By::System).await.map(|_| Outcome::Confirmed),
                None => time_gone(tx, id).await,
            }
        }
        _ => {
            if store::has_event(tx, held.id, REFUNDED_LATE).await? || held.charge != Some(paid.charge) {
                return Ok(Outcome::NothingToDo);
            }
            // Given up or cancelled while the payment was on its way. A cancellation that came after the payment has refunded already.
            let was_paid = store::has_event(tx, held.id, Verb::Confirm.code()).await?;
            if was_paid { Ok(Outcome::NothingToDo) } else { send_back(tx, id, paid.charge).await }
        }
    }
}

/// Nothing is owed: the hold is the patient's at once.
pub(crate) async fn confirm_free(tx: &mut Tx, held: &Appointment, by: By) -> Result<Appointment, ConfirmError> {
    take_up(tx, held, by).await
}

async fn take_up(tx: &mut Tx, held: &Appointment, by: By) -> Result<Appointment, ConfirmError> {
    let confirmed = step(tx, held, Change::new(Verb::Confirm, by), |_| {}).await?;
    care::open(tx, &confirmed).await?;
    jobs::publish(tx, &AppointmentConfirmed { appointment: confirmed.id }).await?;
    Letter::to_patient(&confirmed, Occasion::Confirmed).enqueue(tx).await?;
    Letter::to_doctor(&confirmed, Occasion::Confirmed).enqueue(tx).await?;
    Ok(confirmed)
}

/// The hold has lapsed. `Some`, as it is now written, if its time is still to be had, by the doctor's rules of today and in the
/// patient's own calendar.
async fn retake(tx: &mut Tx, held: &Appointment) -> Result<Option<Appointment>, ConfirmError> {
    let now = tx.now();
    if held.starts_at <= now {
        return Ok(None);
    }
    tidy::lapse(tx, held.practitioner, held.patient, held.busy).await?;
    let Some(time) = TimeSlot::new(held.starts_at, held.ends_at) else { return Ok(None) };
    if store::find_overlap(tx, held.patient, time, Some(held.id)).await?.is_some() {
        return Ok(None);
    }
    let rules =
        rules_for(tx, &[held.practitioner], Doctors::Published, held.starts_at, held.starts_at.plus_days(1)).await?;
    let free = rules.first().is_some_and(|r| slot_at(r, held.service, held.starts_at, now, Notice::Waived).is_some());
    if free { Ok(store::lock(tx, held.id).await?) } else { Ok(None) }
}

const REFUNDED_LATE: &str = "refund_late";

/// The patient has paid for a time that somebody else has: for less than a minute the money waits, should they take another.
async fn time_gone(tx: &mut Tx, id: AppointmentId) -> Result<Outcome, ConfirmError> {
    let noted = write_off(tx, id).await?;
    choices::open(tx, &noted, Cause::SlotGone).await?;
    Letter::to_patient(&noted, Occasion::SlotGone).enqueue(tx).await?;
    Ok(Outcome::TimeGone)
}

async fn send_back(tx: &mut Tx, id: AppointmentId, charge: ChargeId) -> Result<Outcome, ConfirmError> {
    let noted = write_off(tx, id).await?;
    billing::refunds::full(tx, charge, RefundReason::SlotGone).await?;
    Letter::to_patient(&noted, Occasion::SlotGone).enqueue(tx).await?;
    Ok(Outcome::Refunded)
}

/// The appointment is over, and its history says that money came for it: the same news again finds that.
async fn write_off(tx: &mut Tx, id: AppointmentId) -> Result<Appointment, ConfirmError> {
    let held = store::lock(tx, id).await?.ok_or(ChangeError::NotFound)?;
    let lapsed = if held.state.booking.lapses() {
        step(tx, &held, Change::new(Verb::Expire, By::System), |_| {}).await?
    } else {
        held
    };
    let mut noted = lapsed.clone();
    noted.version += 1;
    store::set(tx, &noted, lapsed.version).await?;
    let event = NewEvent { verb: REFUNDED_LATE, before: Some(&lapsed), after: &noted, by: By::System, reason: None };
    store::insert_event(tx, event).await?;
    Ok(noted)
}
