//! Write down what was asked before prescribing.

use access::Actor;
use db::Tx;
use kernel::{
    Fault, FaultKind, FieldError,
    ids::{PatientId, PrescribingFactsId},
};
use vault::{At, Vault};

use super::{
    model::{Facts, NewFacts},
    store,
};

/// Why facts were not written down.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// No such patient, or not in this doctor's care now.
    #[error("no such patient in this doctor's care")]
    NotFound,
    /// What was typed cannot be kept.
    #[error("the facts cannot be kept so")]
    Invalid(Vec<FieldError>),
    /// It could not be sealed.
    #[error(transparent)]
    Vault(#[from] vault::Error),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for RecordError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::Vault(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Write facts down about a patient in this doctor's care; they take the place of earlier ones.
pub async fn record(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    patient: PatientId,
    new: NewFacts,
) -> Result<PrescribingFactsId, RecordError> {
    let practitioner = actor.practitioner.ok_or(RecordError::NotFound)?;
    if !store::is_cared_for(tx, patient).await? {
        return Err(RecordError::NotFound);
    }
    let facts = Facts::try_from(new).map_err(RecordError::Invalid)?;
    let id = tx.id::<PrescribingFactsId>();
    let sealed = vault.seal_json(tx, patient, at(id), &facts).await?;
    store::insert(tx, id, patient, practitioner, &sealed).await?;
    Ok(id)
}

/// Where facts are sealed to.
pub(super) const fn at(id: PrescribingFactsId) -> At {
    At::new("prescribing_facts", "content_sealed", id.uuid())
}
