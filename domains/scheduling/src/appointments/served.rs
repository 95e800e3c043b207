//! What a paid appointment has come to, for whoever shares the money: said once by the command that ends it (`change::step`), and caught
//! up here for appointments that ended before there was anybody to tell, or whose money came later than their end.

use db::Tx;

use super::store;

/// How many at once.
const ROUND: i64 = 500;

/// Tell `billing` of ended appointments whose money still waits for their end. How many. System context; safe to run twice.
pub async fn tell_of_ended(tx: &mut Tx) -> Result<usize, db::Error> {
    let ended = store::lists::list_ended_with_waiting_money(tx, ROUND).await?;
    for (charge, at) in &ended {
        billing::shares::complete(tx, *charge, *at).await?;
    }
    Ok(ended.len())
}
