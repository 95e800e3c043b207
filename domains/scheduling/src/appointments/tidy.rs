//! Writing down what has lapsed. Nothing depends on it being written: every read and every booking looks at the time itself.

use billing::payments::PaymentStatus;
use db::Tx;
use kernel::{
    TimeSlot, Timestamp,
    ids::{AppointmentId, ChargeId, PatientId, PractitionerId},
};
use serde::{Deserialize, Serialize};

use super::{
    change::{Change, ChangeError, hold, step},
    grace,
    model::{Appointment, By, Status, Verb},
    store,
};
use crate::waiting_list;
use jobs::{Job, When};

/// A hold has ended: free what still hangs on it.
#[derive(Serialize, Deserialize, Debug)]
pub(crate) struct TidyHold {
    pub(crate) appointment: AppointmentId,
}

impl Job for TidyHold {
    const NAME: &'static str = "scheduling.tidy_hold";
}

/// Lapse the holds of either that overlap a time somebody now takes; what hangs on them is tidied by jobs.
pub(crate) async fn lapse(
    tx: &mut Tx,
    practitioner: PractitionerId,
    patient: PatientId,
    time: TimeSlot,
) -> Result<(), db::Error> {
    for appointment in store::set_lapsed(tx, practitioner, patient, time).await? {
        jobs::enqueue(tx, &TidyHold { appointment }, When::Now).await?;
    }
    Ok(())
}

/// Look at a hold when it ends.
pub(crate) async fn when_due(tx: &mut Tx, held: &Appointment) -> Result<(), db::Error> {
    if let Some(end) = held.hold_expires_at {
        jobs::enqueue(tx, &TidyHold { appointment: held.id }, When::At(end.plus_seconds(1))).await?;
    }
    Ok(())
}

/// What the gateway should be asked about before a hold is written off: it may know of money whose news was lost.
pub(crate) async fn to_ask_about(tx: &mut Tx, id: AppointmentId) -> Result<Option<ChargeId>, db::Error> {
    let found = store::find(tx, id).await?;
    let now = tx.now();
    let due = found.filter(|held| held.state.booking.lapses() && held.status_at(now) == Status::Expired);
    Ok(due.and_then(|held| held.charge))
}

/// So long until another look, when money has arrived that is not yet confirmed.
const CONFIRMING_SECONDS: i64 = 60;

/// Write down that a hold has lapsed, void its charge and tell open pages. Money that has arrived is left to its confirmation, which
/// decides by when it was captured; a payment under way gets its one grace. Returns when to look again, if so.
pub(crate) async fn tidy(tx: &mut Tx, id: AppointmentId) -> Result<Option<Timestamp>, TidyError> {
    let Some(seen) = store::find(tx, id).await? else { return Ok(None) };
    let held = hold(tx, &seen).await?;
    let now = tx.now();
    if held.state.booking.lapses() {
        let Some(end) = held.hold_expires_at else { return Ok(None) };
        if now < end {
            return Ok(Some(end.plus_seconds(1)));
        }
        if let Some(again) = wait_for_money(tx, &held).await? {
            return Ok(Some(again));
        }
        step(tx, &held, Change::new(Verb::Expire, By::System), |_| {}).await?;
    }
    if held.status_at(now) == Status::Expired {
        void(tx, &held).await?;
        waiting_list::look(tx, held.practitioner).await?;
    }
    Ok(None)
}

async fn wait_for_money(tx: &mut Tx, lapsed: &Appointment) -> Result<Option<Timestamp>, db::Error> {
    let Some(charge) = lapsed.charge else { return Ok(None) };
    if billing::payments::status_of(tx, charge).await? == Some(PaymentStatus::Captured) {
        return Ok(Some(tx.now().plus_seconds(CONFIRMING_SECONDS)));
    }
    if !billing::payments::is_processing(tx, charge).await? {
        return Ok(None);
    }
    Ok(grace::prolong(tx, lapsed).await?.map(|end| end.plus_seconds(1)))
}

/// Nothing is owed for what is not taken; the payment link dies. A charge that was paid meanwhile is the confirmation's business.
pub(crate) async fn void(tx: &mut Tx, appointment: &Appointment) -> Result<(), billing::charges::VoidError> {
    use billing::charges::VoidError;
    let Some(charge) = appointment.charge else { return Ok(()) };
    match billing::charges::void(tx, charge).await {
        Err(VoidError::Settled | VoidError::NotFound) | Ok(()) => Ok(()),
        Err(error @ VoidError::Db(_)) => Err(error),
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum TidyError {
    #[error(transparent)]
    Change(#[from] ChangeError),
    #[error(transparent)]
    Void(#[from] billing::charges::VoidError),
    #[error(transparent)]
    Db(#[from] db::Error),
}
