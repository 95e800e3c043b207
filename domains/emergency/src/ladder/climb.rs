use db::Tx;
use jobs::{Job, When};
use kernel::ids::UrgentRequestId;
use scheduling::appointments::{BookError, CancelError};
use serde::{Deserialize, Serialize};

use super::{Outcome, displace, escalate, insert, pool, reserved, store};
use crate::requests::{
    self, Request, Rung, Status, booked_as, note_of,
    policy::{self, Facts},
};

/// One step of the ladder.
#[derive(Clone, Copy, Serialize, Deserialize, Debug)]
pub struct Climb {
    pub request: UrgentRequestId,
    /// The step that is to be taken; one that was taken is not taken again.
    pub step: i32,
}

impl Job for Climb {
    const NAME: &'static str = "emergency.climb";
}

#[derive(Debug, thiserror::Error)]
pub enum ClimbError {
    #[error(transparent)]
    Book(#[from] BookError),
    #[error(transparent)]
    Displace(#[from] CancelError),
    #[error(transparent)]
    Tell(#[from] notify::TellError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// Take one step, in the system's context.
pub async fn climb(tx: &mut Tx, job: Climb) -> Result<(), ClimbError> {
    let Some(held) = requests::store::lock(tx, job.request).await? else { return Ok(()) };
    if held.status != Status::Seeking || held.step != job.step {
        return Ok(());
    }
    if tx.now() < held.next_at {
        jobs::enqueue(tx, &job, When::At(held.next_at)).await?;
        return Ok(());
    }
    let outcome = match held.rung {
        Rung::Reserved => reserved::take(tx, &held).await?,
        Rung::Pool => pool::ask_wave(tx, &held).await?,
        Rung::Insert => insert::squeeze_in(tx, &held).await?,
        Rung::Displace => displace::displace_one(tx, &held).await?,
        Rung::Escalate => Outcome::HandedOver,
    };
    store::insert_step(tx, &held, &outcome).await?;
    let after = match &outcome {
        Outcome::Taken { appointment, .. } => Request { step: held.step + 1, ..booked_as(&held, appointment) },
        Outcome::HandedOver => escalate::hand_over(tx, &held).await?,
        Outcome::Offered(_) | Outcome::Nothing | Outcome::Kept | Outcome::NotForGuests => {
            on(tx, &held, &outcome).await?
        }
    };
    requests::store::set(tx, &after).await?;
    if after.status == Status::Booked {
        note_of(tx, &after, "booked").await?;
    }
    requests::show(tx, &after).await?;
    tracing::info!(request = %held.id, step = held.step, rung = held.rung.code(), outcome = outcome.code(), "emergency.step");
    Ok(())
}

/// The next rung, and its job.
async fn on(tx: &mut Tx, held: &Request, outcome: &Outcome) -> Result<Request, db::Error> {
    let waves = if held.rung == Rung::Pool { store::count_steps(tx, held.id, Rung::Pool).await? } else { 1 };
    let (asked, kept) = (matches!(outcome, Outcome::Offered(_)), matches!(outcome, Outcome::Kept));
    let facts = Facts { now: tx.now(), waves, asked, kept };
    let (rung, next_at) = policy::after(held, facts);
    let step = held.step + 1;
    jobs::enqueue(tx, &Climb { request: held.id, step }, When::At(next_at)).await?;
    Ok(Request { rung, step, next_at, ..held.clone() })
}
