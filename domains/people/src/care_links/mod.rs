//! Why a practitioner may see a patient: one link per appointment (or referral).
//!
//! ```text
//! (asked for) ──introduce──▶ narrow: the name, not the chart
//! (confirmed) ──open───────▶ open: the chart            ──narrow──▶ narrow
//! any ──close──▶ closed: the name beside what was
//! ```
//!
//! `app.cares_for(patient)` reads the open ones in every policy of the chart; `app.knows(patient)` all of them for the name.

mod store;

use db::Tx;
use kernel::{
    Timestamp,
    ids::{PatientId, PractitionerId},
};
use uuid::Uuid;

/// What the link follows from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    Appointment(kernel::ids::AppointmentId),
    Referral(Uuid),
}

impl Source {
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Appointment(_) => "appointment",
            Self::Referral(_) => "referral",
        }
    }

    pub const fn id(self) -> Uuid {
        match self {
            Self::Appointment(id) => id.uuid(),
            Self::Referral(id) => id,
        }
    }
}

/// Let the practitioner read the patient's name before anything is confirmed, as for a request that must be approved.
/// Does nothing when a link of this source is there.
pub async fn introduce(
    tx: &mut Tx,
    patient: PatientId,
    practitioner: PractitionerId,
    source: Source,
) -> Result<(), db::Error> {
    let now = tx.now();
    store::insert_if_absent(tx, patient, practitioner, source, Some(now)).await
}

/// Open the chart to the practitioner: at a confirmed booking. Safe to run twice; also re-opens a closed link.
pub async fn open(
    tx: &mut Tx,
    patient: PatientId,
    practitioner: PractitionerId,
    source: Source,
) -> Result<(), db::Error> {
    store::upsert_open(tx, patient, practitioner, source).await
}

/// From `at` on the practitioner reads only what they wrote themselves: some days after the visit.
pub async fn narrow(tx: &mut Tx, source: Source, at: Timestamp) -> Result<(), db::Error> {
    store::set_valid_until(tx, source, at).await
}

/// At once: the appointment was cancelled, or consent was withdrawn.
pub async fn close(tx: &mut Tx, source: Source) -> Result<(), db::Error> {
    store::set_closed(tx, source).await
}
