//! A note comes to another supervisor.

use access::Actor;
use db::Tx;
use jobs::publish;
use kernel::{
    FieldError,
    ids::{ApprovalStepId, NoteApprovalId, PractitionerId},
};

use super::{
    Approval, Status,
    letters::{self, NotesHandedOver},
    model::StepKind,
    store::{self, NewStep},
};
use crate::{supervisions, visits::VisitError};

/// Who is to check one note.
#[derive(Debug, Clone, Copy)]
pub struct Assignment {
    pub approval: NoteApprovalId,
    pub supervisor: PractitionerId,
}

/// An administrator chooses who checks this one note. Refused where it is checked already, and for its own doctor, whoever chooses, whoever is not
/// published, and whoever may not read the record.
pub async fn assign(tx: &mut Tx, actor: &Actor, one: Assignment) -> Result<Approval, VisitError> {
    let standing = store::lock_any(tx, one.approval).await?.ok_or(VisitError::NotFound)?;
    if standing.status == Status::Approved {
        return Err(VisitError::Approval(standing.status));
    }
    let refused = |key| VisitError::Invalid(vec![FieldError::new("supervisor", key)]);
    if one.supervisor == standing.author {
        return Err(refused("consultations-error-supervision-self"));
    }
    if actor.practitioner == Some(one.supervisor) {
        return Err(refused("consultations-error-supervision-own"));
    }
    let Some(name) = store::find_published(tx, one.supervisor).await? else {
        return Err(refused("consultations-error-supervision-published"));
    };
    if store::is_shut_out(tx, standing.patient, one.supervisor).await? {
        return Err(refused("consultations-error-approval-cannot"));
    }
    if one.supervisor == standing.supervisor && store::holds(tx, standing.id).await? {
        return Ok(standing);
    }
    store::set_assigned(tx, standing.id, one.supervisor, actor.account).await?;
    let step = NewStep {
        id: tx.id::<ApprovalStepId>(),
        approval: standing.id,
        patient: standing.patient,
        kind: StepKind::Assigned,
        supervisor: one.supervisor,
        by: Some(actor.account),
        words: None,
    };
    let number = store::insert_step(tx, &step).await?;
    letters::publish(tx, (standing.id, number), StepKind::Assigned).await?;
    let entry = audit::Entry {
        action: "assigned",
        object: "visit_note",
        object_id: standing.visit.uuid(),
        patient: Some(standing.patient),
        purpose: "administration",
    };
    audit::record(tx, entry).await?;
    Ok(Approval { supervisor: one.supervisor, supervisor_name: name, ..standing })
}

/// Notes of this trainee that wait for somebody whose supervision is over come to whoever supervises now, if anybody does. All that wait are
/// held until the transaction ends, so that nothing is approved meanwhile.
pub async fn hand_over(tx: &mut Tx, actor: &Actor, trainee: PractitionerId) -> Result<(), VisitError> {
    hand_over_by(tx, Some(actor), trainee).await
}

/// The same; by the program itself where nobody is named.
pub(super) async fn hand_over_by(
    tx: &mut Tx,
    actor: Option<&Actor>,
    trainee: PractitionerId,
) -> Result<(), VisitError> {
    let stranded = store::lock_stranded(tx, trainee).await?;
    let Some((supervision, supervisor)) = supervisions::store::find_in_force(tx, trainee).await? else {
        return Ok(());
    };
    if stranded.is_empty() {
        return Ok(());
    }
    let steps: Vec<ApprovalStepId> = stranded.iter().map(|_| tx.id()).collect();
    store::set_handed_over(tx, &stranded, (supervision, supervisor)).await?;
    store::insert_assigned(tx, (&steps, &stranded), supervisor, actor.map(|actor| actor.account)).await?;
    publish(tx, &NotesHandedOver { supervision, supervisor, first: stranded[0] }).await?;
    Ok(())
}
