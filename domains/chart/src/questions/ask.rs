//! Question a line.

use access::Actor;
use audit::Entry;
use db::Tx;
use kernel::{
    Fault, FaultKind, FieldError,
    ids::{AccessQuestionId, PatientId},
};
use vault::Vault;

use super::{
    letters::TellOfficers,
    model::{Line, WORDS},
    store::{self, NewQuestion},
};
use crate::purpose;

/// Why it was not asked.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    #[error("no such line in a log of this account")]
    NotFound,
    #[error("the question has no words")]
    Invalid(Vec<FieldError>),
    #[error("this line was questioned before")]
    AlreadyAsked,
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for AskError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::AlreadyAsked => FaultKind::conflict("already_asked"),
            Self::Vault(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Ask the privacy officers about a line, by the patient or who acts for them.
pub async fn ask(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    patient: PatientId,
    (line, words): (Line, &str),
) -> Result<AccessQuestionId, AskError> {
    if !actor.patients.contains(&patient) {
        return Err(AskError::NotFound);
    }
    let looked = store::find_line(tx, patient, line).await?.ok_or(AskError::NotFound)?;
    let words = words.trim();
    if !WORDS.contains(&words.chars().count()) {
        return Err(AskError::Invalid(vec![FieldError::new("words", "chart-error-question-words")]));
    }
    let id = tx.id::<AccessQuestionId>();
    let sealed = vault.seal_text(tx, patient, store::words_at(id), words).await?;
    let new = NewQuestion { id, patient, line, about: looked.actor, words: &sealed, by: actor.account };
    store::insert(tx, &new).await?;
    let (object_id, purpose) = (id.uuid(), purpose::OWN);
    audit::record(tx, Entry { action: "ask", object: "access_question", object_id, patient: Some(patient), purpose })
        .await?;
    jobs::enqueue(tx, &TellOfficers { question: id }, jobs::When::Now).await?;
    Ok(id)
}
