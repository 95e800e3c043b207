use access::Actor;
use db::Tx;
use kernel::{Fault, FaultKind, ids::PayoutBatchId};

use super::{Payout, PayoutStatus, store, submit};
use crate::{ledger, shares};

#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    #[error("the gateway of this installation does not pay out")]
    NoPayouts,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for BatchError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NoPayouts => FaultKind::conflict("no_payouts"),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Pay every verified payee what is available, in each currency. What is due is released first; of two batches at once, the second finds
/// the balances taken. Those who owe us, and those whose last payout is still under way, are left for another time. System context.
pub async fn make_batch(tx: &mut Tx, actor: &Actor, gateway: &str) -> Result<Vec<Payout>, BatchError> {
    while shares::release_due(tx, None).await? > 0 {}
    let payees = store::lock_verified(tx, gateway).await?;
    let mut made = Vec::new();
    let batch = tx.id::<PayoutBatchId>();
    for payee in payees {
        for money in ledger::payable_to(tx, payee.practitioner).await? {
            if money.amount <= 0 || store::has_open(tx, payee.practitioner, money.currency).await? {
                continue;
            }
            if made.is_empty() {
                store::insert_batch(tx, batch, actor.account).await?;
            }
            let payout = Payout {
                id: tx.id(),
                payee: payee.practitioner,
                gateway: gateway.to_owned(),
                account_ref: payee.account_ref.clone(),
                money,
                status: PayoutStatus::Created,
                payout_ref: None,
            };
            store::insert(tx, &payout, batch).await?;
            ledger::post_payout(tx, &payout).await?;
            submit::enqueue(tx, payout.id).await?;
            made.push(payout);
        }
    }
    tracing::info!(%batch, payouts = made.len(), "billing.payout.batch");
    Ok(made)
}
