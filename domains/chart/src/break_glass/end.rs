//! End emergency access before its time.

use access::Actor;
use audit::Entry;
use db::Tx;
use kernel::{Fault, FaultKind, ids::PatientId};

use super::store;
use crate::purpose;

/// Why it was not ended.
#[derive(Debug, thiserror::Error)]
pub enum EndError {
    #[error("this doctor never had emergency access to this record")]
    NotFound,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for EndError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// From the commit on, the record is closed again. Ending what is over changes nothing.
pub async fn end(tx: &mut Tx, actor: &Actor, patient: PatientId) -> Result<(), EndError> {
    let doctor = actor.practitioner.ok_or(EndError::NotFound)?;
    if !store::any_of(tx, doctor, patient).await? {
        return Err(EndError::NotFound);
    }
    for id in store::set_ended(tx, doctor, patient).await? {
        let purpose = purpose::BREAK_GLASS;
        let entry = Entry { action: "closed", object: "record", object_id: id.uuid(), patient: Some(patient), purpose };
        audit::record(tx, entry).await?;
    }
    Ok(())
}
