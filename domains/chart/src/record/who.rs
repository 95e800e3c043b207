//! In which capacity somebody opens a record: as the patient, or as a doctor with a care link. Anyone else finds nothing.

use access::Actor;
use db::Tx;
use kernel::ids::PatientId;

pub(crate) use crate::allergies::Writer;
use crate::{ChartError, purpose, record::store};

/// The capacity in which `actor` reads the record of `patient`.
pub(crate) async fn reads(tx: &mut Tx, actor: &Actor, patient: PatientId) -> Result<Writer, ChartError> {
    if tx.context().is_system() {
        return Ok(Writer::System);
    }
    if actor.patients.contains(&patient) {
        return Ok(Writer::Patient);
    }
    if actor.practitioner.is_some() && store::cares_for(tx, patient).await? {
        return Ok(Writer::Clinician);
    }
    Err(ChartError::NotFound)
}

/// The capacity in which `actor` writes into the record of `patient`: the same people as may read it.
pub(crate) async fn writes(tx: &mut Tx, actor: &Actor, patient: PatientId) -> Result<Writer, ChartError> {
    reads(tx, actor, patient).await
}

/// What the audit trail says for this capacity.
pub(crate) const fn purpose(writer: Writer) -> &'static str {
    match writer {
        Writer::Patient => purpose::OWN,
        Writer::Clinician => purpose::TREATMENT,
        Writer::System => purpose::SYSTEM,
    }
}
