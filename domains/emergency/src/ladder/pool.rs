//! The second rung: doctors who are ready now are asked, a few at once; the first who says yes has it (`pool::accept`).

use db::Tx;

use super::{ClimbError, Outcome};
use crate::{
    pool::store,
    requests::{self, Request, policy},
};

pub(super) async fn ask_wave(tx: &mut Tx, held: &Request) -> Result<Outcome, ClimbError> {
    store::set_lapsed(tx, held.id).await?;
    let ready = store::list_ready(tx, held, policy::WAVE).await?;
    let expires_at = tx.now().plus_seconds(policy::WAVE_SECONDS);
    for doctor in &ready {
        store::insert_offer(tx, held, *doctor, expires_at).await?;
        requests::to_doctor(tx, *doctor, held.id).await?;
    }
    let asked = i32::try_from(ready.len()).unwrap_or(i32::MAX);
    Ok(if asked > 0 { Outcome::Offered(asked) } else { Outcome::Nothing })
}
