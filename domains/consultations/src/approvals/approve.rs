//! The supervisor stands behind a note.

use access::Actor;
use db::Tx;
use kernel::ids::{ApprovalStepId, NoteApprovalId};
use vault::Vault;

use super::{
    Approval, Status,
    letters::publish,
    model::StepKind,
    read,
    store::{self, NewStep},
};
use crate::{news, visits::VisitError};

/// What is approved, and what was read for it.
#[derive(Debug, Clone, Copy)]
pub struct Approving {
    pub approval: NoteApprovalId,
    /// The number of the last addition that the supervisor has read, 0 when there was none.
    pub addenda: i32,
}

/// Co-signs the note and the additions read. Refused when something else was added since, when it is not the actor's to check (any more), and
/// when it was returned; done twice, it is done once.
pub async fn approve(tx: &mut Tx, vault: &Vault, actor: &Actor, one: Approving) -> Result<Approval, VisitError> {
    let standing = store::lock(tx, actor, one.approval).await?.ok_or(VisitError::NotFound)?;
    match standing.status {
        Status::Awaiting => {}
        Status::Approved if standing.addenda == Some(one.addenda) => return Ok(standing),
        Status::Approved | Status::Returned => return Err(VisitError::Approval(standing.status)),
    }
    let opened = read::opened(tx, vault, actor, standing).await?;
    let current = i32::try_from(opened.addenda.len()).unwrap_or(i32::MAX);
    if current != one.addenda {
        return Err(VisitError::Stale { current });
    }
    let (standing, at) = (opened.approval, tx.now());
    let hash = read::co_signature(&standing, (&opened.note_hash, &opened.addenda), (current, at))?;
    store::set_approved(tx, standing.id, current, &hash).await?;
    let step = NewStep {
        id: tx.id::<ApprovalStepId>(),
        approval: standing.id,
        patient: standing.patient,
        kind: StepKind::Approved,
        supervisor: standing.supervisor,
        by: Some(actor.account),
        words: None,
    };
    let number = store::insert_step(tx, &step).await?;
    publish(tx, (standing.id, number), StepKind::Approved).await?;
    news::visit_changed(tx, &opened.visit, "signed").await?;
    audit::record(tx, read::entry("approved", &standing)).await?;
    Ok(Approval {
        status: Status::Approved,
        approved_at: Some(at),
        addenda: Some(current),
        signed_hash: Some(hash.to_vec()),
        ..standing
    })
}
