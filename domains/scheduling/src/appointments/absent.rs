//! One of the two did not come.

use access::Actor;
use billing::refunds::RefundReason;
use db::Tx;
use kernel::{Fault, FaultKind, Timestamp, ids::AppointmentId};

use super::{
    care,
    change::{Change, ChangeError, hold, step},
    model::{Appointment, By, Verb},
    policy, store,
};
use crate::{
    cancellation::Settlement,
    choices::{self, Cause},
    letters::{Letter, Occasion},
    slots::Mode,
};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Absentee {
    Patient,
    Doctor,
}

#[derive(Debug, thiserror::Error)]
pub enum AbsentError {
    #[error(transparent)]
    Change(#[from] ChangeError),
    #[error("absence can be recorded from {from} on")]
    TooEarly { from: Timestamp },
    #[error("a no-show can be taken back within {} hours", policy::REINSTATE_HOURS)]
    TooLate,
    #[error(transparent)]
    Refund(#[from] billing::refunds::RefundError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for AbsentError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Change(error) => error.kind(),
            Self::TooEarly { from } => {
                FaultKind::Conflict { code: "too_early", detail: Some(serde_json::json!({ "from": from })) }
            }
            Self::TooLate => FaultKind::conflict("too_late"),
            Self::Refund(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Record who did not come: the doctor says so of the patient, an administrator of either. An absent doctor costs the patient nothing.
pub async fn no_show(
    tx: &mut Tx,
    actor: &Actor,
    id: AppointmentId,
    absentee: Absentee,
) -> Result<Appointment, AbsentError> {
    let (held, by) = staffed(tx, actor, id).await?;
    let (verb, minutes) = match absentee {
        Absentee::Patient => (Verb::MissByPatient, policy::PATIENT_ABSENT_MINUTES),
        Absentee::Doctor => (Verb::MissByDoctor, policy::DOCTOR_ABSENT_MINUTES),
    };
    if absentee == Absentee::Doctor && !matches!(by, By::Administrator(_)) {
        return Err(ChangeError::NotFound.into());
    }
    let from = held.starts_at.plus_minutes(minutes);
    held.state_at(tx.now()).after(verb).map_err(ChangeError::from)?;
    if tx.now() < from {
        return Err(AbsentError::TooEarly { from });
    }
    miss(tx, &held, absentee, by).await
}

/// In the system's context: the clock says who did not come, from presence that is known elsewhere. `None` where it is not so any more.
pub async fn miss_by_clock(
    tx: &mut Tx,
    id: AppointmentId,
    absentee: Absentee,
) -> Result<Option<Appointment>, AbsentError> {
    let Some(seen) = store::find(tx, id).await? else { return Ok(None) };
    let held = hold(tx, &seen).await?;
    let (verb, minutes) = match absentee {
        Absentee::Patient => (Verb::MissByPatient, policy::PATIENT_ABSENT_MINUTES),
        Absentee::Doctor => (Verb::MissByDoctor, policy::DOCTOR_ABSENT_MINUTES),
    };
    let by_hand = held.mode == Mode::InPerson || tx.now() < held.starts_at.plus_minutes(minutes);
    if by_hand || held.state_at(tx.now()).after(verb).is_err() {
        return Ok(None);
    }
    miss(tx, &held, absentee, By::System).await.map(Some)
}

/// What follows, for one whose locks are held: from an absent patient the fee that the rule of the visit says, from an absent doctor
/// everything back, or another time (`choices`).
pub(crate) async fn miss(
    tx: &mut Tx,
    held: &Appointment,
    absentee: Absentee,
    by: By,
) -> Result<Appointment, AbsentError> {
    let verb = match absentee {
        Absentee::Patient => Verb::MissByPatient,
        Absentee::Doctor => Verb::MissByDoctor,
    };
    let missed = step(tx, held, Change::new(verb, by), |_| {}).await?;
    care::close(tx, &missed).await?;
    match absentee {
        Absentee::Doctor => {
            choices::open(tx, &missed, Cause::NoShowDoctor).await?;
        }
        Absentee::Patient => {
            let share = Settlement::of(missed.price, missed.policy.terms.no_show_basis_points).refund;
            if let Some(charge) = missed.charge {
                billing::refunds::partial(tx, charge, share, RefundReason::CancelledByPatient).await?;
            }
        }
    }
    let by_doctor = absentee == Absentee::Doctor;
    Letter::to_patient(&missed, Occasion::Missed { by_doctor }).enqueue(tx).await?;
    Ok(missed)
}

/// An administrator takes a patient's no-show back.
pub async fn reinstate(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<Appointment, AbsentError> {
    let (held, by) = staffed(tx, actor, id).await?;
    if !matches!(by, By::Administrator(_)) {
        return Err(ChangeError::NotFound.into());
    }
    let now = tx.now();
    if held.closed_at.is_some_and(|at| now > at.plus_minutes(policy::REINSTATE_HOURS * 60)) {
        return Err(AbsentError::TooLate);
    }
    let back = step(tx, &held, Change::new(Verb::Reinstate, by), |_| {}).await?;
    care::open(tx, &back).await?;
    Ok(back)
}

async fn staffed(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<(Appointment, By), AbsentError> {
    let seen = store::find_for(tx, actor, id).await?.ok_or(ChangeError::NotFound)?;
    let by = By::of(actor, &seen).filter(|by| !matches!(by, By::Patient(_))).ok_or(ChangeError::NotFound)?;
    Ok((hold(tx, &seen).await?, by))
}
