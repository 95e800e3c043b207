//! A doctor asks to see what the patient has hidden. Whether there is anything, the asking does not tell.

use access::Actor;
use audit::Entry;
use db::Tx;
use identity::letters::Sender;
use kernel::{Fault, FaultKind, ids::PatientId};

use super::{letters, store};
use crate::{
    ChartError, purpose,
    record::who::{self, Writer},
};

/// Why the patient was not asked.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    #[error(transparent)]
    Chart(#[from] ChartError),
    #[error(transparent)]
    Tell(#[from] notify::TellError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for AskError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Chart(error) => error.kind(),
            Self::Tell(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Ask the patient, at most once a day, to show a doctor who may read the record what is hidden in it.
pub async fn ask_for_hidden(
    tx: &mut Tx,
    sender: &Sender<'_>,
    actor: &Actor,
    patient: PatientId,
) -> Result<(), AskError> {
    if who::reads(tx, actor, patient).await? != Writer::Clinician {
        return Err(ChartError::NotFound.into());
    }
    if let (Some(account), Some(doctor)) = (store::find_account(tx, patient).await?, actor.practitioner) {
        letters::asked(tx, sender, account, (doctor, patient), &actor.name).await?;
    }
    let entry = Entry {
        action: "ask",
        object: "hidden",
        object_id: patient.uuid(),
        patient: Some(patient),
        purpose: purpose::TREATMENT,
    };
    audit::record(tx, entry).await?;
    Ok(())
}
