//! Another time instead of the one that was called off, with one click.

use access::Actor;
use db::Tx;
use jobs::{Job, When};
use kernel::{
    Fault, FaultKind, Timestamp,
    ids::{AppointmentId, ChargeId, PractitionerId, ServiceId},
};
use serde::{Deserialize, Serialize};
use vault::Vault;

use super::{
    model::{Choice, ChoiceStatus},
    store,
};
use crate::appointments::{
    self, Appointment, BookAppointment, BookError, By, ReasonError, Wish, book_instead, read_reason, write_reason,
};

/// The time to take.
#[derive(Clone, Copy, Debug)]
pub struct Take {
    pub doctor: PractitionerId,
    pub service: ServiceId,
    pub starts_at: Timestamp,
}

#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    #[error("nothing of this person waits for a choice here")]
    NotFound,
    /// The money is on its way back: book as usual.
    #[error("the time to choose is over")]
    TooLate,
    #[error(transparent)]
    Book(#[from] BookError),
    #[error(transparent)]
    Reason(#[from] ReasonError),
    #[error(transparent)]
    Refund(#[from] billing::refunds::RefundError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for TakeError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::TooLate => FaultKind::conflict("choice_over"),
            Self::Book(error) => error.kind(),
            Self::Reason(error) => error.kind(),
            Self::Refund(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Take it. At the same price the money moves along (a job does it, for only the payment machine moves money, and the confirmation
/// follows); at another price everything goes back and the new time waits to be paid. Taking twice gives the same appointment.
pub async fn take(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    id: AppointmentId,
    wanted: Take,
) -> Result<Appointment, TakeError> {
    let old = appointments::find_for(tx, actor, id).await?.ok_or(TakeError::NotFound)?;
    store::find_for(tx, actor, id).await?.ok_or(TakeError::NotFound)?;
    appointments::lock_people(tx, wanted.doctor, old.patient).await?;
    let held = store::lock(tx, id).await?.ok_or(TakeError::NotFound)?;
    if let Some(taken) = held.rebooked_as {
        return appointments::find_for(tx, actor, taken).await?.ok_or(TakeError::NotFound);
    }
    if !held.is_open(tx.now()) {
        return Err(TakeError::TooLate);
    }
    let command = BookAppointment {
        doctor: wanted.doctor,
        wish: Wish::Service(wanted.service),
        starts_at: wanted.starts_at,
        patient: old.patient,
        reason: None,
        zone: old.patient_zone.clone(),
    };
    let by = By::Patient(actor.account);
    let taken = book_instead(tx, &command, held.cause.notice(), by).await?;
    if let Some(reason) = read_reason(tx, vault, by, &old).await? {
        write_reason(tx, vault, &taken, reason.expose()).await?;
    }
    store::set_settled(tx, id, ChoiceStatus::Rebooked, Some(taken.id)).await?;
    follow_money(tx, &held, &old, &taken).await?;
    Ok(taken)
}

async fn follow_money(tx: &mut Tx, held: &Choice, old: &Appointment, taken: &Appointment) -> Result<(), TakeError> {
    match (held.charge, taken.charge) {
        (Some(from), Some(to)) if old.price == taken.price => {
            let moved = MoveMoney { called_off: old.id, from, to, chosen_at: tx.now() };
            jobs::enqueue(tx, &moved, When::Now).await?;
        }
        (Some(from), _) => {
            billing::refunds::full(tx, from, held.cause.reason()).await?;
        }
        (None, _) => {}
    }
    Ok(())
}

/// What was paid for a visit that was called off pays another.
#[derive(Serialize, Deserialize, Debug)]
pub(crate) struct MoveMoney {
    pub(crate) called_off: AppointmentId,
    pub(crate) from: ChargeId,
    pub(crate) to: ChargeId,
    pub(crate) chosen_at: Timestamp,
}

impl Job for MoveMoney {
    const NAME: &'static str = "scheduling.move_money";
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum MoveMoneyError {
    #[error(transparent)]
    Carry(#[from] billing::payments::CarryError),
    #[error(transparent)]
    Refund(#[from] billing::refunds::RefundError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// In the system's context. What cannot be moved whole (the patient has paid the new time meanwhile, or a part went back earlier) goes
/// back; the new time then waits to be paid.
pub(crate) async fn move_money(tx: &mut Tx, job: &MoveMoney) -> Result<(), MoveMoneyError> {
    use billing::payments::Carried;
    match billing::payments::carry(tx, job.from, job.to, job.chosen_at).await? {
        Carried::Moved(_) => Ok(()),
        Carried::PaidAlready | Carried::Nothing => {
            let Some(choice) = store::find(tx, job.called_off).await? else { return Ok(()) };
            billing::refunds::full(tx, job.from, choice.cause.reason()).await?;
            Ok(())
        }
    }
}
