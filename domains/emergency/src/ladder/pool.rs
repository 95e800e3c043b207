//! The second rung: doctors who are ready now are asked, a few at once; the first who says yes has it (`pool::accept`). Those before in the
//! queue ask first.

use db::Tx;

use super::{ClimbError, Outcome};
use crate::{
    pool::store,
    queue::{self, left_for},
    requests::{self, Request, Rung, policy},
};

pub(super) async fn ask_wave(tx: &mut Tx, held: &Request) -> Result<Outcome, ClimbError> {
    store::set_lapsed(tx, held.id).await?;
    let steps = super::store::count_steps(tx, held.id, Rung::Pool).await?;
    let before = if policy::gives_way(held, steps, tx.now()) {
        queue::store::count_waiting_before(tx, held.id).await?
    } else {
        0
    };
    let most = policy::WAVE.saturating_mul(before.saturating_add(1)).min(policy::MOST_LOOKED_AT);
    let (ready, is_kept) = left_for(&store::list_ready(tx, held, most).await?, before, policy::WAVE);
    // Whoever is before looks now, and not at their next time.
    if is_kept && ready.len() < usize::try_from(policy::WAVE).unwrap_or_default() {
        queue::plan_wake(tx, Some(held.id)).await?;
    }
    let expires_at = tx.now().plus_seconds(policy::WAVE_SECONDS);
    for doctor in &ready {
        store::insert_offer(tx, held, *doctor, expires_at).await?;
        requests::to_doctor(tx, *doctor, held.id).await?;
    }
    let asked = i32::try_from(ready.len()).unwrap_or(i32::MAX);
    Ok(match (asked, is_kept) {
        (0, true) => Outcome::Kept,
        (0, false) => Outcome::Nothing,
        _ => Outcome::Offered(asked),
    })
}
