//! The doctor's answer to a request.

use access::Actor;
use db::Tx;
use kernel::{Fault, FaultKind, ids::AppointmentId};

use super::{
    book::raise_charge,
    change::{Change, ChangeError, hold, step},
    confirm::{ConfirmError, confirm_free},
    model::{Appointment, By, Verb},
    policy, store, tidy,
};
use crate::{
    letters::{Letter, Occasion},
    waiting_list,
};

#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    #[error(transparent)]
    Change(#[from] ChangeError),
    #[error(transparent)]
    Charge(#[from] billing::charges::RaiseError),
    #[error(transparent)]
    Confirm(#[from] ConfirmError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for DecideError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Change(error) => error.kind(),
            Self::Charge(error) => error.kind(),
            Self::Confirm(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Why a doctor declines; told to the patient.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Decline {
    FullyBooked,
    NotMyField,
    NeedsClinic,
    Other,
}

impl Decline {
    pub const ALL: [Self; 4] = [Self::FullyBooked, Self::NotMyField, Self::NeedsClinic, Self::Other];

    pub const fn code(self) -> &'static str {
        match self {
            Self::FullyBooked => "fully_booked",
            Self::NotMyField => "not_my_field",
            Self::NeedsClinic => "needs_clinic",
            Self::Other => "other",
        }
    }

    pub const fn label_key(self) -> &'static str {
        match self {
            Self::FullyBooked => "scheduling-decline-fully-booked",
            Self::NotMyField => "scheduling-decline-not-my-field",
            Self::NeedsClinic => "scheduling-decline-needs-clinic",
            Self::Other => "scheduling-decline-other",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.code() == code)
    }
}

/// Yes: the patient now has half an hour to pay (or has the time, if it is free).
pub async fn approve(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<Appointment, DecideError> {
    let (held, by) = asked(tx, actor, id).await?;
    let approved = to_be_paid(tx, &held, Change::new(Verb::Approve, by)).await?;
    if approved.charge.is_some() {
        Letter::to_patient(&approved, Occasion::Approved).enqueue(tx).await?;
    }
    Ok(approved)
}

/// One of the waiting list takes the time that is kept for them. The caller speaks for the patient and holds the people's locks.
pub(crate) async fn accept(tx: &mut Tx, held: &Appointment, by: By) -> Result<Appointment, DecideError> {
    to_be_paid(tx, held, Change::new(Verb::Accept, by)).await
}

/// From now on there is half an hour to pay; what costs nothing is confirmed at once.
async fn to_be_paid(tx: &mut Tx, held: &Appointment, change: Change) -> Result<Appointment, DecideError> {
    let until = policy::hold_end(tx.now(), held.starts_at, 0);
    let taken = step(tx, held, change, |a| a.hold_expires_at = Some(until)).await?;
    if taken.price.is_zero() {
        return Ok(confirm_free(tx, &taken, change.by).await?);
    }
    let raised = raise_charge(tx, &taken).await?;
    store::set_charge(tx, taken.id, raised).await?;
    tidy::when_due(tx, &taken).await?;
    Ok(Appointment { charge: Some(raised), ..taken })
}

/// No, with the reason. Nothing was paid yet.
pub async fn reject(tx: &mut Tx, actor: &Actor, id: AppointmentId, why: Decline) -> Result<Appointment, DecideError> {
    let (held, by) = asked(tx, actor, id).await?;
    let rejected = step(tx, &held, Change::new(Verb::Reject, by).because(why.code()), |_| {}).await?;
    waiting_list::look(tx, rejected.practitioner).await?;
    Letter::to_patient(&rejected, Occasion::Rejected(why.code().to_owned())).enqueue(tx).await?;
    Ok(rejected)
}

async fn asked(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<(Appointment, By), DecideError> {
    let seen = store::find_for(tx, actor, id).await?.ok_or(ChangeError::NotFound)?;
    let by = By::of(actor, &seen).filter(|by| !matches!(by, By::Patient(_))).ok_or(ChangeError::NotFound)?;
    Ok((hold(tx, &seen).await?, by))
}
