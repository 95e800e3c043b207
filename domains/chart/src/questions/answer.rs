//! Answer a question.

use access::{Actor, Role};
use audit::Entry;
use db::Tx;
use identity::letters::Sender;
use kernel::{Fault, FaultKind, FieldError, ids::AccessQuestionId};
use vault::Vault;

use super::{
    letters,
    model::{Finding, WORDS},
    store,
};
use crate::purpose;

/// What was found, and what the patient reads.
#[derive(Debug, Clone)]
pub struct Answer {
    pub finding: Option<Finding>,
    pub words: String,
}

/// Why it was not answered.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    #[error("no such question")]
    NotFound,
    #[error("the answer is not complete")]
    Invalid(Vec<FieldError>),
    #[error("it was answered before")]
    AlreadyAnswered,
    #[error("nobody answers about themselves")]
    OwnLine,
    #[error(transparent)]
    Tell(#[from] notify::TellError),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for AnswerError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::AlreadyAnswered => FaultKind::conflict("already_answered"),
            Self::OwnLine => FaultKind::forbidden("chart-rule-own-access", "chart-rule-own-access-who"),
            Self::Tell(error) => error.kind(),
            Self::Vault(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Answer, once. The patient is told that there is an answer.
pub async fn answer(
    tx: &mut Tx,
    vault: &Vault,
    sender: &Sender<'_>,
    actor: &Actor,
    id: AccessQuestionId,
    answer: Answer,
) -> Result<(), AnswerError> {
    if !actor.is(Role::Administrator) {
        return Err(AnswerError::NotFound);
    }
    let question = store::lock(tx, id).await?.ok_or(AnswerError::NotFound)?;
    if question.answered {
        return Err(AnswerError::AlreadyAnswered);
    }
    if question.about == Some(actor.account) {
        return Err(AnswerError::OwnLine);
    }
    let words = answer.words.trim();
    let mut errors = Vec::new();
    if !WORDS.contains(&words.chars().count()) {
        errors.push(FieldError::new("answer", "chart-error-answer-words"));
    }
    let Some(finding) = answer.finding.filter(|_| errors.is_empty()) else {
        if answer.finding.is_none() {
            errors.push(FieldError::new("finding", "chart-error-answer-finding"));
        }
        return Err(AnswerError::Invalid(errors));
    };
    let sealed = vault.seal_text(tx, question.patient, store::answer_at(id), words).await?;
    store::set_answered(tx, id, actor.account, finding, &sealed).await?;
    let (object_id, patient, purpose) = (id.uuid(), Some(question.patient), purpose::PRIVACY);
    audit::record(tx, Entry { action: "answer", object: "access_question", object_id, patient, purpose }).await?;
    letters::answered(tx, sender, question.patient, id).await?;
    Ok(())
}
