//! The patient's yes or no to a price; and the answer that it pays for.

use access::Actor;
use billing::charges::{self, NewCharge, Subject};
use db::Tx;
use kernel::ids::{EVisitId, ThreadId};

use super::{
    model::{EVisit, Status},
    store,
};
use crate::{
    Config, MessageError,
    threads::{self, Side, Thread},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Accept,
    Decline,
}

/// The patient's side answers. Yes raises the charge; said twice, also at once, there is one.
pub async fn answer(
    tx: &mut Tx,
    actor: &Actor,
    config: &Config,
    (thread, id): (ThreadId, EVisitId),
    answer: Answer,
) -> Result<EVisit, MessageError> {
    let (_, reader) = threads::find(tx, actor, thread).await?;
    if reader.side() != Side::Patient {
        return Err(MessageError::NotFound);
    }
    let thread = threads::store::lock(tx, thread).await?.ok_or(MessageError::NotFound)?;
    let mut e_visit = store::lock(tx, thread.id, id).await?.ok_or(MessageError::NotFound)?;
    let now = tx.now();
    match (answer, e_visit.status_at(now)) {
        (Answer::Accept, Status::Accepted) | (Answer::Decline, Status::Declined) => return Ok(e_visit),
        (_, Status::Proposed) => {}
        (_, Status::Accepted | Status::Declined | Status::Withdrawn | Status::Expired | Status::Unanswered) => {
            return Err(MessageError::PriceGone);
        }
    }
    let action = match answer {
        Answer::Decline => {
            e_visit.status = Status::Declined;
            "declined"
        }
        Answer::Accept => {
            e_visit.status = Status::Accepted;
            e_visit.ends_at = now.plus_days(config.offer_days);
            let new = NewCharge {
                patient: e_visit.patient,
                practitioner: e_visit.practitioner,
                subject: Subject::Order { id: e_visit.id.uuid(), visit: e_visit.appointment },
                service: None,
                price: e_visit.price,
                payable_until: e_visit.ends_at,
            };
            e_visit.charge = Some(charges::raise(tx, new).await?);
            "accepted"
        }
    };
    store::set_decided(tx, &e_visit, Some(actor.account)).await?;
    super::record(tx, (&thread, id), action, threads::purpose(reader)).await?;
    Ok(e_visit)
}

/// The team is about to answer in this thread: held while a price that was accepted is not paid, unless it is
/// urgent; with what was paid for, the service is
/// done and the doctor's share runs. Whoever asks holds the thread's row.
pub(crate) async fn answering(tx: &mut Tx, thread: &Thread) -> Result<(), MessageError> {
    let now = tx.now();
    for e_visit in store::list(tx, thread.id).await? {
        if e_visit.holds_answer(now) && !thread.urgent {
            return Err(MessageError::WaitsForPayment);
        }
        if let Some(charge) = e_visit.charge.filter(|_| e_visit.awaits_answer()) {
            store::set_answered(tx, e_visit.id).await?;
            billing::shares::when_done(tx, charge, now).await?;
        }
    }
    Ok(())
}
