//! The care link follows the appointment: the name at a request, the chart from the confirmation on, narrow again some time after the
//! visit, closed by a cancellation.
//!
//! Patient and doctor change their link in the transaction of the command. An administrator does not even see links (they say who is
//! whose patient), so for an administrator's command the system follows up at once.

use db::Tx;
use jobs::{Job, When};
use kernel::ids::AppointmentId;
use people::care_links::{self, Source};
use serde::{Deserialize, Serialize};

use super::{
    model::{Appointment, Status},
    store,
};

/// So long after a visit the doctor still opens the chart; then only what they wrote themselves.
const OPEN_DAYS_AFTER: i64 = 30;

/// Bring the care link of an appointment in line with its state.
#[derive(Serialize, Deserialize, Debug)]
pub(crate) struct FollowCare {
    pub(crate) appointment: AppointmentId,
}

impl Job for FollowCare {
    const NAME: &'static str = "scheduling.follow_care";
}

pub(crate) async fn introduce(tx: &mut Tx, asked: &Appointment) -> Result<(), db::Error> {
    care_links::introduce(tx, asked.patient, asked.practitioner, Source::Appointment(asked.id)).await
}

pub(crate) async fn open(tx: &mut Tx, confirmed: &Appointment) -> Result<(), db::Error> {
    if sees_link(tx, confirmed) {
        care_links::open(tx, confirmed.patient, confirmed.practitioner, Source::Appointment(confirmed.id)).await
    } else {
        later(tx, confirmed).await
    }
}

pub(crate) async fn narrow(tx: &mut Tx, ended: &Appointment) -> Result<(), db::Error> {
    let at = tx.now().plus_days(OPEN_DAYS_AFTER);
    care_links::narrow(tx, Source::Appointment(ended.id), at).await
}

pub(crate) async fn close(tx: &mut Tx, cancelled: &Appointment) -> Result<(), db::Error> {
    if sees_link(tx, cancelled) {
        care_links::close(tx, Source::Appointment(cancelled.id)).await
    } else {
        later(tx, cancelled).await
    }
}

fn sees_link(tx: &Tx, appointment: &Appointment) -> bool {
    let context = tx.context();
    context.is_system()
        || context.patients.contains(&appointment.patient)
        || context.practitioner == Some(appointment.practitioner)
}

async fn later(tx: &mut Tx, appointment: &Appointment) -> Result<(), db::Error> {
    jobs::enqueue(tx, &FollowCare { appointment: appointment.id }, When::Now).await.map(|_| ())
}

/// In the system's context.
pub(crate) async fn follow(tx: &mut Tx, id: AppointmentId) -> Result<(), db::Error> {
    let Some(found) = store::find(tx, id).await? else { return Ok(()) };
    match found.state.booking {
        Status::Confirmed => open(tx, &found).await,
        Status::Requested | Status::Held | Status::Fulfilled => Ok(()),
        Status::Rejected
        | Status::Expired
        | Status::Released
        | Status::CancelledByPatient
        | Status::CancelledByDoctor
        | Status::CancelledByPlatform
        | Status::NoShowPatient
        | Status::NoShowDoctor
        | Status::EnteredInError => close(tx, &found).await,
    }
}
