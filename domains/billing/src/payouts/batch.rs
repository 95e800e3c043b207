use std::collections::HashMap;

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
    let accounts: HashMap<_, _> = payees.into_iter().map(|payee| (payee.practitioner, payee.account_ref)).collect();
    let ids: Vec<_> = accounts.keys().copied().collect();
    let mut made = Vec::new();
    for (payee, money) in ledger::payable_to(tx, &ids).await? {
        let Some(account_ref) = accounts.get(&payee).cloned() else { continue };
        let (id, gateway, status) = (tx.id(), gateway.to_owned(), PayoutStatus::Created);
        made.push(Payout { id, payee, gateway, account_ref, money, status, payout_ref: None });
    }
    let batch = tx.id::<PayoutBatchId>();
    if !made.is_empty() {
        store::insert_batch(tx, batch, actor.account).await?;
        store::insert_all(tx, &made, batch).await?;
        ledger::post_payouts(tx, &made).await?;
    }
    for payout in &made {
        submit::enqueue(tx, payout.id).await?;
    }
    tracing::info!(%batch, payouts = made.len(), "billing.payout.batch");
    Ok(made)
}
