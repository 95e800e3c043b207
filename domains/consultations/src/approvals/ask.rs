//! A signed note is put before its doctor's supervisor, and again after it was returned.

use access::Actor;
use db::Tx;
use kernel::{
    FieldError,
    ids::{ApprovalStepId, NoteApprovalId, VisitId},
};

use super::{
    Approval, Status,
    letters::publish,
    model::StepKind,
    store::{self, NewStep},
};
use crate::{
    addenda, news, supervisions,
    visits::{self, Visit, VisitError},
};

/// Asks, where the signer is supervised at this moment. In the transaction that signs.
pub async fn ask(tx: &mut Tx, actor: &Actor, visit: &Visit) -> Result<(), VisitError> {
    let Some((supervision, supervisor)) = supervisions::store::find_in_force(tx, visit.practitioner).await? else {
        return Ok(());
    };
    let id = tx.id::<NoteApprovalId>();
    store::insert(tx, id, visit, (supervision, supervisor)).await?;
    let step = NewStep {
        id: tx.id::<ApprovalStepId>(),
        approval: id,
        patient: visit.patient,
        kind: StepKind::Asked,
        supervisor,
        by: Some(actor.account),
        words: None,
    };
    let number = store::insert_step(tx, &step).await?;
    publish(tx, (id, number), StepKind::Asked).await?;
    Ok(())
}

/// The doctor of a returned note sends it again. Refused before something was added to it: the note itself does not change.
pub async fn send_again(tx: &mut Tx, actor: &Actor, visit: VisitId) -> Result<Approval, VisitError> {
    let visit = visits::store::lock_as_doctor(tx, actor, visit).await?.ok_or(VisitError::NotFound)?;
    let standing = store::lock_of_visit(tx, visit.id).await?.ok_or(VisitError::Illegal(visit.state))?;
    if standing.status != Status::Returned {
        return Err(VisitError::Approval(standing.status));
    }
    let added = addenda::count(tx, visit.id).await?;
    if standing.addenda.is_some_and(|read| added <= read) {
        return Err(VisitError::Invalid(vec![FieldError::new("text", "consultations-error-approval-unanswered")]));
    }
    store::set_awaiting(tx, standing.id).await?;
    let step = NewStep {
        id: tx.id::<ApprovalStepId>(),
        approval: standing.id,
        patient: visit.patient,
        kind: StepKind::SentAgain,
        supervisor: standing.supervisor,
        by: Some(actor.account),
        words: None,
    };
    let number = store::insert_step(tx, &step).await?;
    publish(tx, (standing.id, number), StepKind::SentAgain).await?;
    news::visit_changed(tx, &visit, "signed").await?;
    Ok(Approval { status: Status::Awaiting, asked_at: tx.now(), ..standing })
}
