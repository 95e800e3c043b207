//! The second rung: doctors who are ready now are asked, a few at once; the first who says yes has it (`pool::accept`). Those before in the
//! queue ask first.

use db::Tx;
use jobs::When;

use super::{ClimbError, Outcome};
use crate::{
    pool::store,
    queue::{self, Wake, left_for},
    requests::{self, Request, policy},
};

pub(super) async fn ask_wave(tx: &mut Tx, held: &Request) -> Result<Outcome, ClimbError> {
    store::set_lapsed(tx, held.id).await?;
    let before = queue::store::count_waiting_before(tx, held.id).await?;
    let most = policy::WAVE.saturating_mul(before.saturating_add(1)).min(policy::MOST_LOOKED_AT);
    let (ready, is_kept) = left_for(&store::list_ready(tx, held, most).await?, before, policy::WAVE);
    if is_kept {
        jobs::enqueue(tx, &Wake { before: Some(held.id) }, When::Now).await?;
    }
    let expires_at = tx.now().plus_seconds(policy::WAVE_SECONDS);
    for doctor in &ready {
        store::insert_offer(tx, held, *doctor, expires_at).await?;
        requests::to_doctor(tx, *doctor, held.id).await?;
    }
    let asked = i32::try_from(ready.len()).unwrap_or(i32::MAX);
    Ok(if asked > 0 { Outcome::Offered(asked) } else { Outcome::Nothing })
}
