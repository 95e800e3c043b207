//! Writing down what has lapsed. Nothing depends on it being written: every read and every booking looks at the time itself.

use db::Tx;
use kernel::{
    TimeSlot,
    ids::{AppointmentId, PatientId, PractitionerId},
};
use serde::{Deserialize, Serialize};

use super::{
    change::{Change, ChangeError, hold, step},
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

/// How long a hold may stay written as held while its payment is still being worked on.
const PROCESSING_GRACE_MINUTES: i64 = 10;

/// Write down that a hold has lapsed, void its charge and tell open pages. A payment under way gets one grace: if it was captured in
/// time, the confirmation finds the row as it was. Returns when to look again, if so.
pub(crate) async fn tidy(tx: &mut Tx, id: AppointmentId) -> Result<Option<kernel::Timestamp>, TidyError> {
    let Some(seen) = store::find(tx, id).await? else { return Ok(None) };
    let held = hold(tx, &seen).await?;
    let now = tx.now();
    if held.state.booking.lapses() {
        let Some(end) = held.hold_expires_at else { return Ok(None) };
        if now < end {
            return Ok(Some(end.plus_seconds(1)));
        }
        let paying = match held.charge {
            Some(charge) => billing::payments::is_processing(tx, charge).await?,
            None => false,
        };
        if paying && now < end.plus_minutes(PROCESSING_GRACE_MINUTES) {
            return Ok(Some(end.plus_minutes(PROCESSING_GRACE_MINUTES)));
        }
        step(tx, &held, Change::new(Verb::Expire, By::System), |_| {}).await?;
    }
    if held.status_at(now) == Status::Expired {
        void(tx, &held).await?;
        waiting_list::look(tx, held.practitioner).await?;
    }
    Ok(None)
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
