use access::{Actor, Role};
use db::Tx;
use jobs::When;
use kernel::{Fault, FaultKind, ids::UrgentRequestId};

use super::{
    ask::note_of,
    model::{Request, Status, codes},
    store, tell,
};
use crate::{
    acuity::{Acuity, Source},
    desk::Watch,
    ladder::Climb,
    pool,
};

codes! {
    /// Why somebody who can judge says otherwise; a code, not words (those would be health data).
    Why {
        SeenWorse = "seen_worse",
        SeenBetter = "seen_better",
        SignsNotThere = "signs_not_there",
        Vulnerable = "vulnerable",
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Assess {
    pub request: UrgentRequestId,
    pub acuity: Acuity,
    pub why: Why,
}

#[derive(Debug, thiserror::Error)]
pub enum AssessError {
    #[error("no such request, or none this person is asked about")]
    NotFound,
    #[error("it is over")]
    Over,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for AssessError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Over => FaultKind::conflict("urgent_over"),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// A nurse, or a doctor who is asked about it, says how urgent it is. In the system's context. The promise moves with it, counted from
/// the beginning; what is not urgent at all stays in the queue, at its end.
pub async fn assess(tx: &mut Tx, actor: &Actor, command: Assess) -> Result<Request, AssessError> {
    let source = match actor.practitioner {
        Some(doctor) if pool::store::was_asked(tx, command.request, doctor).await? => Source::Doctor,
        _ if actor.is(Role::Nurse) => Source::Nurse,
        _ => return Err(AssessError::NotFound),
    };
    let mut held = store::lock(tx, command.request).await?.ok_or(AssessError::NotFound)?;
    if !held.status_at(tx.now()).is_open() {
        return Err(AssessError::Over);
    }
    let is_worse = command.acuity < held.acuity;
    held.acuity = command.acuity;
    held.promised_by = held.created_at.plus_minutes(command.acuity.promise_minutes());
    // What is worse than it was does not wait for its next turn, unless somebody is being asked.
    if is_worse && held.status == Status::Seeking && pool::store::count_open(tx, held.id).await? == 0 {
        held.next_at = tx.now();
        jobs::enqueue(tx, &Climb { request: held.id, step: held.step }, When::Now).await?;
    }
    store::set(tx, &held).await?;
    jobs::enqueue(tx, &Watch { request: held.id }, When::At(held.promised_by.plus_seconds(1))).await?;
    let why = command.why.code();
    store::insert_assessment(tx, held.id, command.acuity, (source, Some(actor.account)), why).await?;
    note_of(tx, &held, "assessed").await?;
    tell::show(tx, &held).await?;
    Ok(held)
}
