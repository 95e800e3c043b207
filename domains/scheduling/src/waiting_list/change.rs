//! A place on the list is given up, or moves up.

use access::{Actor, Role};
use db::Tx;
use kernel::{Fault, FaultKind, ids::WaitingId};

use super::{
    model::{Sought, Waiting, WaitingStatus},
    offer::look,
    store,
};
use crate::appointments::{self, By, CancelError, CancelReason, Status, cancel_held, hold};

#[derive(Debug, thiserror::Error)]
pub enum ListError {
    #[error("no such place on the list")]
    NotFound,
    #[error("nobody waits there any more")]
    Over,
    /// Something was offered at this very moment.
    #[error("the place was changed in between")]
    Changed,
    #[error("the urgency is a number from 1 to 5")]
    Acuity,
    #[error(transparent)]
    Cancel(#[from] CancelError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ListError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Over => FaultKind::conflict("not_waiting"),
            Self::Changed => FaultKind::conflict("changed_in_between"),
            Self::Acuity => FaultKind::invalid("acuity", "scheduling-error-acuity"),
            Self::Cancel(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// The patient waits no longer. What was offered goes to the next. Leaving twice is fine.
pub async fn leave(tx: &mut Tx, actor: &Actor, id: WaitingId) -> Result<Waiting, ListError> {
    let seen = store::find_for(tx, actor, id).await?.filter(|one| actor.patients.contains(&one.patient));
    seen.ok_or(ListError::NotFound)?;
    let offered = store::find_open_offer(tx, id).await?;
    if let Some(offered) = offered
        && let Some(appointment) = appointments::find_for(tx, actor, offered).await?
    {
        let held = hold(tx, &appointment).await.map_err(CancelError::from)?;
        if held.status_at(tx.now()) == Status::Held {
            cancel_held(tx, &held, By::Patient(actor.account), CancelReason::NoneGiven).await?;
        }
    }
    let locked = store::lock(tx, id).await?.ok_or(ListError::NotFound)?;
    if store::find_open_offer(tx, id).await?.is_some() {
        return Err(ListError::Changed);
    }
    if locked.status != WaitingStatus::Waiting {
        return Ok(locked);
    }
    store::set_closed(tx, id, WaitingStatus::Left).await?;
    store::set_lapsed(tx, id).await?;
    Ok(Waiting { status: WaitingStatus::Left, ..locked })
}

/// The doctor who is waited for, or the desk, says how soon a patient is to be seen: 1 is soonest.
pub async fn rank(tx: &mut Tx, actor: &Actor, id: WaitingId, acuity: u8) -> Result<Waiting, ListError> {
    let seen = store::find_for(tx, actor, id).await?.ok_or(ListError::NotFound)?;
    let of_doctor = match &seen.sought {
        Sought::Doctor { practitioner, .. } => actor.practitioner == Some(*practitioner),
        Sought::Specialty(_) => false,
    };
    if !of_doctor && !actor.is(Role::Administrator) {
        return Err(ListError::NotFound);
    }
    if !(1..=5).contains(&acuity) {
        return Err(ListError::Acuity);
    }
    let locked = store::lock(tx, id).await?.ok_or(ListError::NotFound)?;
    if locked.status_at(tx.now()) != WaitingStatus::Waiting {
        return Err(ListError::Over);
    }
    store::set_acuity(tx, id, acuity).await?;
    if let Sought::Doctor { practitioner, .. } = locked.sought {
        look(tx, practitioner).await?;
    }
    Ok(Waiting { acuity, ..locked })
}
