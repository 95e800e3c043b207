//! What the desk does with somebody who has shown a card. Appointments are of a room to the right, which hands this in.

use std::{fmt, sync::Arc};

use access::Actor;
use async_trait::async_trait;
use db::Tx;
use kernel::{
    Timestamp, Zone,
    ids::{AppointmentId, PatientId},
};

/// One of today's appointments.
#[derive(Clone, Debug)]
pub struct Due {
    pub id: AppointmentId,
    pub starts_at: Timestamp,
    /// In which times of this appointment are said at the desk: the doctor's.
    pub zone: Zone,
    pub doctor: String,
    pub place: Option<String>,
    /// Fluent keys.
    pub mode_key: &'static str,
    pub state_key: String,
    /// The chip's colour.
    pub tone: &'static str,
    /// It is time to say that the patient is here.
    pub may_arrive: bool,
    /// Where whoever asks reads more of it.
    pub href: Option<String>,
}

#[async_trait]
pub trait Arrivals: Send + Sync {
    /// The patient's appointments of this day, as far as they concern whoever asks: reception all of them, a doctor their own. In the
    /// system's context, after the card was scanned.
    async fn today(&self, tx: &mut Tx, actor: &Actor, patient: PatientId) -> Result<Vec<Due>, db::Error>;

    /// The patient is here. What is not of this patient and this day, or not the asker's, is not found.
    async fn arrive(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        patient: PatientId,
        appointment: AppointmentId,
    ) -> Result<(), web::Error>;
}

/// Put into the application by the server (`app.part::<FrontDesk>()`).
#[derive(Clone)]
pub struct FrontDesk(pub Arc<dyn Arrivals>);

impl fmt::Debug for FrontDesk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FrontDesk")
    }
}
