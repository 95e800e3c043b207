use db::Tx;

use super::store;
use crate::charges::Charge;

/// Whether the voucher that lowered this charge still counts for it. While the charge was void its use was free, and somebody else
/// may have taken it since. Holds the voucher's row, so that whoever takes it now waits.
pub(crate) async fn still_holds(tx: &mut Tx, charge: &Charge) -> Result<bool, db::Error> {
    let Some(voucher) = store::lock_of_charge(tx, charge.id).await? else { return Ok(true) };
    let uses = store::count_uses(tx, voucher.discount.id, charge.patient, charge.id).await?;
    let is_left = |most: Option<i32>, used: i64| most.is_none_or(|most| used < i64::from(most));
    Ok(is_left(voucher.most_uses, uses.all) && is_left(voucher.per_patient, uses.own))
}
