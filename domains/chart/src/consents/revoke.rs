//! Close the record to a doctor.

use access::Actor;
use audit::Entry;
use db::Tx;
use kernel::{
    Fault, FaultKind,
    ids::{ConsentId, PatientId, PractitionerId},
};

use super::{
    model::{Decision, Scope},
    store::{self, NewConsent},
};
use crate::purpose;

/// Why it was not revoked.
#[derive(Debug, thiserror::Error)]
pub enum RevokeError {
    #[error("this doctor does not see a record of this account")]
    NotFound,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for RevokeError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// From the commit on, the doctor reads nothing of this record but what they wrote themselves, whether it was open by consent or by
/// an appointment. An appointment made later opens it again. What is closed already stays as it is.
pub async fn revoke(tx: &mut Tx, actor: &Actor, patient: PatientId, doctor: PractitionerId) -> Result<(), RevokeError> {
    if !actor.patients.contains(&patient) {
        return Err(RevokeError::NotFound);
    }
    let version = store::lock_last(tx, patient, doctor).await? + 1;
    if !store::is_open_to(tx, patient, doctor).await? {
        // Whom nothing was ever said about, and who does not read, is nobody to this patient.
        return if version > 1 { Ok(()) } else { Err(RevokeError::NotFound) };
    }
    let id = tx.id::<ConsentId>();
    let (decision, scope, by) = (Decision::Revoked, Scope::Record, actor.account);
    let new = NewConsent { id, patient, doctor, version, decision, scope, ends_at: None, by };
    store::insert(tx, &new).await?;
    let entry = Entry {
        action: "revoke",
        object: "consent",
        object_id: id.uuid(),
        patient: Some(patient),
        purpose: purpose::OWN,
    };
    audit::record(tx, entry).await?;
    Ok(())
}
