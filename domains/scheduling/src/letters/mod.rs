//! What patient and doctor are told of an appointment.
//!
//! A command enqueues a [`Letter`] in its own transaction; the job looks at the appointment as it then is, writes in the reader's
//! language and zone, and hands it to `notify` under a key of its own, so that told twice it is told once.

mod calendar;
mod write;

use db::Tx;
use jobs::{Job, When};
use kernel::ids::AppointmentId;
use serde::{Deserialize, Serialize};

pub(crate) use calendar::{calendar_file, uid};
pub(crate) use write::write;

use crate::appointments::Appointment;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Occasion {
    Requested,
    Approved,
    Rejected(String),
    Confirmed,
    Moved,
    /// With what goes back, in minor units of the appointment's currency.
    Cancelled {
        refunded: i64,
    },
    /// The other side called it off: the patient chooses what follows.
    CalledOff,
    /// A time got free and is kept for one of the waiting list.
    Offered,
    /// The visit failed technically: the patient chooses what follows.
    Failed,
    /// Money came when the time was gone.
    SlotGone,
    Missed {
        by_doctor: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reader {
    Patient,
    Doctor,
}

/// A letter to be written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Letter {
    pub(crate) appointment: AppointmentId,
    /// Of the appointment at the occasion: part of the key.
    pub(crate) version: i32,
    pub(crate) reader: Reader,
    pub(crate) occasion: Occasion,
}

impl Job for Letter {
    const NAME: &'static str = "scheduling.letter";
}

impl Letter {
    pub(crate) fn to_patient(appointment: &Appointment, occasion: Occasion) -> Self {
        Self { appointment: appointment.id, version: appointment.version, reader: Reader::Patient, occasion }
    }

    pub(crate) fn to_doctor(appointment: &Appointment, occasion: Occasion) -> Self {
        Self { reader: Reader::Doctor, ..Self::to_patient(appointment, occasion) }
    }

    pub(crate) async fn enqueue(self, tx: &mut Tx) -> Result<(), db::Error> {
        jobs::enqueue(tx, &self, When::Now).await.map(|_| ())
    }

    /// The part of the Fluent keys that names this letter, and its kind for the inbox.
    fn stem(&self) -> (&'static str, &'static str) {
        match (self.reader, &self.occasion) {
            (Reader::Patient, Occasion::Approved) => ("approved", "scheduling.approved"),
            (Reader::Patient, Occasion::Rejected(_)) => ("rejected", "scheduling.rejected"),
            (Reader::Patient, Occasion::Requested | Occasion::Confirmed) => ("confirmed", "scheduling.confirmed"),
            (Reader::Patient, Occasion::Moved) => ("moved", "scheduling.moved"),
            (Reader::Patient, Occasion::Cancelled { .. }) => ("cancelled", "scheduling.cancelled"),
            (_, Occasion::CalledOff) => ("called-off", "scheduling.called_off"),
            (_, Occasion::Offered) => ("offered", "scheduling.offered"),
            (_, Occasion::Failed) => ("failed", "scheduling.failed"),
            (_, Occasion::SlotGone) => ("slot-gone", "scheduling.slot_gone"),
            (_, Occasion::Missed { by_doctor: false }) => ("missed", "scheduling.missed"),
            (_, Occasion::Missed { by_doctor: true }) => ("doctor-absent", "scheduling.doctor_absent"),
            (Reader::Doctor, Occasion::Requested | Occasion::Approved | Occasion::Rejected(_)) => {
                ("doctor-requested", "scheduling.doctor_requested")
            }
            (Reader::Doctor, Occasion::Confirmed) => ("doctor-confirmed", "scheduling.doctor_confirmed"),
            (Reader::Doctor, Occasion::Moved) => ("doctor-moved", "scheduling.doctor_moved"),
            (Reader::Doctor, Occasion::Cancelled { .. }) => ("doctor-cancelled", "scheduling.doctor_cancelled"),
        }
    }
}
