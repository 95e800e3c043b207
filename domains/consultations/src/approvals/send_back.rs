//! The supervisor returns a note to its doctor, with words.

use access::Actor;
use db::Tx;
use kernel::ids::{ApprovalStepId, NoteApprovalId};
use vault::Vault;

use super::{
    Approval, Status,
    letters::publish,
    model::{StepKind, check_words},
    read,
    store::{self, NewStep},
};
use crate::{news, visits::VisitError};

/// What is returned, and why.
#[derive(Debug, Clone)]
pub struct Returning {
    pub approval: NoteApprovalId,
    /// For the note's doctor alone, at most 4,000 characters.
    pub words: String,
}

/// Returns the note. It stays signed and as it is; its doctor answers with an addition.
pub async fn send_back(tx: &mut Tx, vault: &Vault, actor: &Actor, one: Returning) -> Result<Approval, VisitError> {
    let standing = store::lock(tx, actor, one.approval).await?.ok_or(VisitError::NotFound)?;
    if standing.status != Status::Awaiting {
        return Err(VisitError::Approval(standing.status));
    }
    let opened = read::opened(tx, vault, actor, standing).await?;
    let words = check_words(&one.words).map_err(VisitError::Invalid)?;
    let (standing, seen) = (opened.approval, i32::try_from(opened.addenda.len()).unwrap_or(i32::MAX));
    store::set_returned(tx, standing.id, seen).await?;
    let id = tx.id::<ApprovalStepId>();
    let sealed = vault.seal_text(tx, standing.patient, store::words_at(id), &words).await?;
    let step = NewStep {
        id,
        approval: standing.id,
        patient: standing.patient,
        kind: StepKind::Returned,
        supervisor: standing.supervisor,
        by: Some(actor.account),
        words: Some(&sealed),
    };
    let number = store::insert_step(tx, &step).await?;
    publish(tx, (standing.id, number), StepKind::Returned).await?;
    news::visit_changed(tx, &opened.visit, "signed").await?;
    audit::record(tx, read::entry("returned", &standing)).await?;
    Ok(Approval { status: Status::Returned, addenda: Some(seen), ..standing })
}
