//! What billing tells of e-visits, and what is asked of it behind the doors.

use billing::{
    charges::{self, VoidError},
    refunds::{self, RefundReason},
};
use db::{Context, Tx};
use jobs::Job;
use kernel::ids::{ChargeId, EVisitId};
use serde::{Deserialize, Serialize};
use web::App;

use super::{model::Status, store};
use crate::{Config, letters, threads};

/// The charge of a price that was withdrawn is void; what was paid meanwhile goes back.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct VoidCharge {
    pub(crate) e_visit: EVisitId,
}

impl Job for VoidCharge {
    const NAME: &'static str = "correspondence.void_charge";
}

pub(crate) async fn void_charge(app: App, job: VoidCharge) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&Context::system("void the charge of an e-visit that was withdrawn")).await?;
    let Some(e_visit) = store::find(&mut tx, job.e_visit).await? else { return Ok(()) };
    if let Some(charge) = e_visit.charge {
        match charges::void(&mut tx, charge).await {
            Ok(()) | Err(VoidError::NotFound) => {}
            Err(VoidError::Settled) => give_back(&mut tx, charge, e_visit.status).await?,
            Err(VoidError::Db(error)) => return Err(error.into()),
        }
    }
    Ok(tx.commit().await?)
}

/// A charge is paid. Where it is an e-visit's that stands, the team owes an answer and is told; where it does not stand any more, or the
/// money came after its time, it goes back. Other charges are not ours.
pub(crate) async fn settled(app: App, charge: ChargeId, at: kernel::Timestamp) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&Context::system("an e-visit is paid")).await?;
    // The thread's row is held first, as everywhere.
    let Some(found) = store::find_by_charge(&mut tx, charge).await? else { return Ok(()) };
    let Some(mut thread) = threads::store::lock(&mut tx, found.thread).await? else { return Ok(()) };
    let Some(mut e_visit) = store::lock(&mut tx, thread.id, found.id).await? else { return Ok(()) };
    match e_visit.status {
        // Said again.
        Status::Accepted if e_visit.paid_at.is_some() => {}
        Status::Accepted if at >= e_visit.ends_at => {
            e_visit.status = Status::Expired;
            store::set_decided(&mut tx, &e_visit, None).await?;
            give_back(&mut tx, charge, e_visit.status).await?;
        }
        Status::Accepted => {
            let config = app.part::<Config>();
            // From the payment on, whatever the question was due by before.
            let due = threads::due_now(&mut tx, &config, &thread).await?;
            store::set_paid(&mut tx, e_visit.id, (at, due)).await?;
            let job = GiveBackUnanswered { e_visit: e_visit.id };
            jobs::enqueue(&mut tx, &job, jobs::When::At(due)).await?;
            threads::team_owes(&mut tx, &config, &mut thread).await?;
            threads::store::set(&mut tx, &thread).await?;
            for account in store::list_team_accounts(&mut tx, thread.id).await? {
                letters::paid(&mut tx, &app, account, &e_visit).await?;
            }
        }
        // Given back before.
        Status::Unanswered => {}
        Status::Proposed | Status::Declined | Status::Withdrawn | Status::Expired => {
            give_back(&mut tx, charge, e_visit.status).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// What was paid for an answer goes back where none came in time.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct GiveBackUnanswered {
    pub(crate) e_visit: EVisitId,
}

impl Job for GiveBackUnanswered {
    const NAME: &'static str = "correspondence.give_back_unanswered";
}

/// Once. An answer that comes at the same time holds the thread's row first, or finds that the money has gone back and is for nothing.
pub(crate) async fn give_back_unanswered(app: App, job: GiveBackUnanswered) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&Context::system("give back what nobody answered")).await?;
    let Some(found) = store::find(&mut tx, job.e_visit).await? else { return Ok(()) };
    let Some(thread) = threads::store::lock(&mut tx, found.thread).await? else { return Ok(()) };
    let Some(mut e_visit) = store::lock(&mut tx, thread.id, found.id).await? else { return Ok(()) };
    let is_late = e_visit.answer_due_at.is_some_and(|due| due <= tx.now());
    let Some(charge) = e_visit.charge.filter(|_| e_visit.awaits_answer() && is_late) else { return Ok(()) };
    e_visit.status = Status::Unanswered;
    store::set_decided(&mut tx, &e_visit, None).await?;
    give_back(&mut tx, charge, e_visit.status).await?;
    if let Some((_, payer)) = store::find_payer(&mut tx, e_visit.id).await? {
        letters::given_back(&mut tx, &app, payer, (&e_visit, threads::Side::Patient)).await?;
    }
    for account in store::list_team_accounts(&mut tx, thread.id).await? {
        letters::given_back(&mut tx, &app, account, (&e_visit, threads::Side::Team)).await?;
    }
    Ok(tx.commit().await?)
}

/// In one run of the sweep.
const MOST_LATE: i64 = 100;

/// What has no job of its own, or whose job was given up, goes back all the same: each in its own transaction.
pub(crate) async fn give_back_late(app: App) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&Context::system("look for what nobody answered")).await?;
    let late = store::list_late(&mut tx, MOST_LATE).await?;
    tx.commit().await?;
    for e_visit in late {
        if let Err(error) = give_back_unanswered(app.clone(), GiveBackUnanswered { e_visit }).await {
            tracing::error!(%e_visit, ?error, "correspondence.give_back_late");
        }
    }
    Ok(())
}

async fn give_back(tx: &mut Tx, charge: ChargeId, status: Status) -> Result<(), jobs::Failed> {
    let reason = match status {
        Status::Withdrawn | Status::Unanswered => RefundReason::CancelledByDoctor,
        Status::Proposed | Status::Accepted | Status::Declined | Status::Expired => RefundReason::CancelledByPlatform,
    };
    refunds::full(tx, charge, reason).await.map_err(|error| jobs::Failed::because(error.to_string()))?;
    Ok(())
}
