use access::Actor;
use db::Tx;
use jobs::When;
use kernel::{
    Fault, FaultKind,
    ids::{AppointmentId, PractitionerId, UrgentOfferId, UrgentRequestId},
};
use scheduling::appointments::By;

use super::store::{self, Offer};
use crate::{
    ladder::Climb,
    queue::plan_wake,
    requests::{self, ClaimError, Lapse, Request, Status, book_with, note_of, policy},
};

#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    #[error("this doctor was not asked that")]
    NotFound,
    /// Somebody was faster, the time is over, or nobody is needed any more.
    #[error("it is too late to answer")]
    Gone,
    #[error("this doctor has just taken another")]
    TakenAnother,
    #[error(transparent)]
    Book(#[from] ClaimError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for AnswerError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Gone => FaultKind::conflict("offer_gone"),
            Self::TakenAnother => FaultKind::conflict("offer_taken_another"),
            Self::Book(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// What the doctor has now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted {
    Visit(AppointmentId),
    /// A guest, who has ten minutes to say who they are.
    Guest(UrgentRequestId),
}

/// Say yes. In the system's context: the first one has it, all others are told. Saying it twice is fine.
pub async fn accept(tx: &mut Tx, actor: &Actor, id: UrgentOfferId) -> Result<Accepted, AnswerError> {
    let (offer, doctor) = own(tx, actor, id).await?;
    let mut held = requests::store::lock(tx, offer.request).await?.ok_or(AnswerError::NotFound)?;
    let offer = store::find_offer(tx, id, doctor).await?.ok_or(AnswerError::NotFound)?;
    if offer.status == "accepted" {
        return Ok(held.appointment.map_or(Accepted::Guest(held.id), Accepted::Visit));
    }
    if held.status != Status::Seeking || offer.status != "open" || offer.expires_at <= tx.now() {
        return Err(AnswerError::Gone);
    }
    store::lock_doctor(tx, doctor).await?;
    if store::is_engaged(tx, doctor).await? {
        return Err(AnswerError::TakenAnother);
    }
    store::set_answered(tx, id, "accepted").await?;
    call_off(tx, &held).await?;
    held.practitioner = Some(doctor);
    let accepted = if held.patient.is_some() {
        let (after, visit) = book_with(tx, &held, doctor, By::Doctor(actor.account)).await?;
        held = after;
        Accepted::Visit(visit.id)
    } else {
        wait_for_guest(tx, &mut held).await?;
        Accepted::Guest(held.id)
    };
    note_of(tx, &held, "accepted").await?;
    requests::show(tx, &held).await?;
    Ok(accepted)
}

async fn wait_for_guest(tx: &mut Tx, held: &mut Request) -> Result<(), db::Error> {
    let until = tx.now().plus_minutes(policy::GUEST_MINUTES);
    held.status = Status::Accepted;
    held.held_until = Some(until);
    held.is_override = held.acuity.overrides();
    requests::store::set(tx, held).await?;
    jobs::enqueue(tx, &Lapse { request: held.id }, When::At(until.plus_seconds(1))).await.map(|_| ())
}

/// Say no. When everybody who was asked has, the ladder goes on at once. In the system's context.
pub async fn decline(tx: &mut Tx, actor: &Actor, id: UrgentOfferId) -> Result<(), AnswerError> {
    let (offer, doctor) = own(tx, actor, id).await?;
    let mut held = requests::store::lock(tx, offer.request).await?.ok_or(AnswerError::NotFound)?;
    let offer = store::find_offer(tx, id, doctor).await?.ok_or(AnswerError::NotFound)?;
    match offer.status.as_str() {
        "declined" => return Ok(()),
        "open" if offer.expires_at > tx.now() => {}
        _ => return Err(AnswerError::Gone),
    }
    store::set_answered(tx, id, "declined").await?;
    if held.status == Status::Seeking && store::count_open(tx, held.id).await? == 0 {
        held.next_at = tx.now();
        requests::store::set(tx, &held).await?;
        jobs::enqueue(tx, &Climb { request: held.id, step: held.step }, When::Now).await?;
    }
    Ok(())
}

/// Nobody else is asked any more, and whoever was sees it.
pub(crate) async fn call_off(tx: &mut Tx, held: &Request) -> Result<(), db::Error> {
    let losers = store::set_lost(tx, held.id).await?;
    for loser in &losers {
        requests::to_doctor(tx, *loser, held.id).await?;
    }
    if losers.is_empty() { Ok(()) } else { plan_wake(tx, None).await }
}

/// An offer of this doctor's own.
async fn own(tx: &mut Tx, actor: &Actor, id: UrgentOfferId) -> Result<(Offer, PractitionerId), AnswerError> {
    let doctor = actor.practitioner.ok_or(AnswerError::NotFound)?;
    let offer = store::find_offer(tx, id, doctor).await?.ok_or(AnswerError::NotFound)?;
    Ok((offer, doctor))
}
