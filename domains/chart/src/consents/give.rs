//! Let a doctor see the record.

use access::Actor;
use audit::Entry;
use db::Tx;
use identity::letters::Sender;
use kernel::{
    Fault, FaultKind, FieldError,
    ids::{ConsentId, PatientId},
};

use super::{
    letters,
    model::{Decision, GiveConsent},
    store::{self, NewConsent},
};
use crate::purpose;

/// Why it was not given.
#[derive(Debug, thiserror::Error)]
pub enum GiveError {
    #[error("no such patient of this account, or no such doctor")]
    NotFound,
    #[error("the consent is not complete")]
    Invalid(Vec<FieldError>),
    #[error(transparent)]
    Tell(#[from] notify::TellError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for GiveError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::Tell(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Open the record of `patient` to a doctor, by the patient or who acts for them. The doctor is told.
pub async fn give(
    tx: &mut Tx,
    sender: &Sender<'_>,
    actor: &Actor,
    patient: PatientId,
    command: GiveConsent,
) -> Result<ConsentId, GiveError> {
    if !actor.patients.contains(&patient) {
        return Err(GiveError::NotFound);
    }
    let command = command.check().map_err(GiveError::Invalid)?;
    let (account, _) = store::find_doctor(tx, command.doctor).await?.ok_or(GiveError::NotFound)?;
    let version = store::lock_last(tx, patient, command.doctor).await? + 1;
    let id = tx.id::<ConsentId>();
    let new = NewConsent {
        id,
        patient,
        doctor: command.doctor,
        version,
        decision: Decision::Given,
        scope: command.scope,
        ends_at: command.days.map(|days| tx.now().plus_days(days)),
        by: actor.account,
    };
    store::insert(tx, &new).await?;
    letters::given(tx, sender, account, (id, patient)).await?;
    let entry = Entry {
        action: "give",
        object: "consent",
        object_id: id.uuid(),
        patient: Some(patient),
        purpose: purpose::OWN,
    };
    audit::record(tx, entry).await?;
    Ok(id)
}
