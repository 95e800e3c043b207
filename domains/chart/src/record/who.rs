//! In which capacity somebody opens a record: as the patient, or as a doctor to whom a care link, a consent or an emergency opens it.
//! Anyone else finds nothing. In it writes only the patient, or a doctor with a care link.

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

/// The capacity in which `actor` writes into the record of `patient`. Who may only read is told so.
pub(crate) async fn writes(tx: &mut Tx, actor: &Actor, patient: PatientId) -> Result<Writer, ChartError> {
    let writer = reads(tx, actor, patient).await?;
    if writer == Writer::Clinician && store::basis(tx, patient).await? != Some(Basis::CareLink) {
        return Err(ChartError::ReadOnly);
    }
    Ok(writer)
}

/// Why a record is open to the present doctor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Basis {
    CareLink,
    Consent,
    /// A note of this patient is theirs to check: reading only.
    Supervision,
    BreakGlass,
}

impl Basis {
    pub(crate) fn of(word: &str) -> Option<Self> {
        match word {
            "care_link" => Some(Self::CareLink),
            "consent" => Some(Self::Consent),
            "supervision" => Some(Self::Supervision),
            "break_glass" => Some(Self::BreakGlass),
            _ => None,
        }
    }
}

/// What the audit trail says for this capacity.
pub(crate) const fn purpose(writer: Writer) -> &'static str {
    match writer {
        Writer::Patient => purpose::OWN,
        Writer::Clinician => purpose::TREATMENT,
        Writer::System => purpose::SYSTEM,
    }
}
