//! The patient's answer to an offer.

use access::Actor;
use db::Tx;
use kernel::{Fault, FaultKind, ids::AppointmentId};

use super::{
    model::{Offer, OfferStatus, WaitingStatus},
    store,
};
use crate::appointments::{
    self, Appointment, By, CancelError, CancelReason, ChangeError, DecideError, accept, cancel_held, hold,
};

#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    #[error("nothing was offered to this person here")]
    NotFound,
    /// It was not answered in time, or was declined.
    #[error("the offer is over")]
    Over,
    #[error(transparent)]
    Change(#[from] ChangeError),
    #[error(transparent)]
    Take(#[from] DecideError),
    #[error(transparent)]
    Cancel(#[from] CancelError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for AnswerError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Over => FaultKind::conflict("offer_over"),
            Self::Change(error) => error.kind(),
            Self::Take(error) => error.kind(),
            Self::Cancel(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Take what was offered: from here on it is a hold as any other, to be paid (or confirmed at once, where it costs nothing). Taking
/// twice gives the same appointment.
pub async fn take(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<Appointment, AnswerError> {
    let (offer, held) = held(tx, actor, id).await?;
    match offer.status_at(tx.now()) {
        OfferStatus::Taken => return Ok(held),
        OfferStatus::Declined | OfferStatus::Lapsed => return Err(AnswerError::Over),
        OfferStatus::Open => {}
    }
    let taken = accept(tx, &held, By::Patient(actor.account)).await?;
    store::set_answered(tx, id, OfferStatus::Taken).await?;
    store::set_closed(tx, offer.waiting, WaitingStatus::Taken).await?;
    Ok(taken)
}

/// No, thank you: the patient goes on waiting, and the next of the list is asked. Declining twice is fine.
pub async fn decline(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<Offer, AnswerError> {
    let (offer, held) = held(tx, actor, id).await?;
    match offer.status_at(tx.now()) {
        OfferStatus::Taken => return Err(AnswerError::Over),
        OfferStatus::Declined | OfferStatus::Lapsed => return Ok(offer),
        OfferStatus::Open => {}
    }
    // Giving the hold up has the list looked at.
    cancel_held(tx, &held, By::Patient(actor.account), CancelReason::NoneGiven).await?;
    store::set_answered(tx, id, OfferStatus::Declined).await?;
    Ok(Offer { status: OfferStatus::Declined, ..offer })
}

/// The offer and its appointment, whose locks are held.
async fn held(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<(Offer, Appointment), AnswerError> {
    store::find_offer_for(tx, actor, id).await?.ok_or(AnswerError::NotFound)?;
    let seen = appointments::find_for(tx, actor, id).await?.ok_or(AnswerError::NotFound)?;
    let held = hold(tx, &seen).await?;
    // As it is now that nobody else answers.
    let offer = store::find_offer_for(tx, actor, id).await?.ok_or(AnswerError::NotFound)?;
    Ok((offer, held))
}
