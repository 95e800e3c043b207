//! Entries of payouts and disputes.

use db::Tx;
use kernel::{Money, ids::JournalId, ids::PractitionerId};

use super::{Account, post, store};
use crate::{
    disputes::{Dispute, DisputeStatus},
    ledger::PostError,
    payments::Payment,
    payouts::{Payout, PayoutStatus},
    shares,
};

/// What lies on the available balance of payees whom nothing is being paid in that currency; nobody's who owes us.
pub(crate) async fn payable_to(
    tx: &mut Tx,
    payees: &[PractitionerId],
) -> Result<Vec<(PractitionerId, Money)>, db::Error> {
    store::list_payable(tx, payees).await
}

/// The balances are taken before anybody is asked to pay them.
pub(crate) async fn post_payouts(tx: &mut Tx, payouts: &[Payout]) -> Result<(), db::Error> {
    store::account_id(tx, Account::PayoutsInTransit).await?;
    let at = tx.now();
    store::insert_of_payouts(tx, payouts, at).await
}

/// What the next state of a payout means for the books: paid by the gateway, or the payee's again.
pub(crate) async fn post_payout_step(tx: &mut Tx, payout: &Payout, next: PayoutStatus) -> Result<(), db::Error> {
    let payee = Account::DoctorPayable(payout.payee);
    match (payout.status, next) {
        (_, PayoutStatus::Created | PayoutStatus::Submitted) => Ok(()),
        (_, PayoutStatus::Paid) => {
            write_payout(tx, payout, "payout_paid", Account::PayoutsInTransit, Account::GatewayClearing).await
        }
        (PayoutStatus::Paid, PayoutStatus::Failed | PayoutStatus::Returned) => {
            write_payout(tx, payout, "payout_returned", Account::GatewayClearing, payee).await
        }
        (_, PayoutStatus::Failed | PayoutStatus::Returned) => {
            write_payout(tx, payout, "payout_failed", Account::PayoutsInTransit, payee).await
        }
    }
}

/// The whole of a payout from one account to another.
async fn write_payout(
    tx: &mut Tx,
    payout: &Payout,
    kind: &'static str,
    debit: Account,
    credit: Account,
) -> Result<(), db::Error> {
    let (entry, at) = (tx.id::<JournalId>(), tx.now());
    store::insert_of_payout(tx, entry, kind, payout.id, at).await?;
    let lines = [(debit, payout.money.amount), (credit, -payout.money.amount)];
    store::insert_lines(tx, entry, &lines, payout.money.currency).await
}

/// The gateway has taken the money and its fee, until the bank has decided.
pub(crate) async fn post_dispute_opened(tx: &mut Tx, dispute: &Dispute) -> Result<(), db::Error> {
    let taken = dispute.money.amount + dispute.fee;
    let lines = [
        (Account::Disputes, dispute.money.amount),
        (Account::DisputeCosts, dispute.fee),
        (Account::GatewayClearing, -taken),
    ];
    write_dispute(tx, dispute, "dispute_opened", &lines).await
}

/// Won, the money is back. Lost, those who shared it lose it in proportion to what is left to them, and the fee is borne as the rule of the charge says.
pub(crate) async fn post_dispute_closed(
    tx: &mut Tx,
    dispute: &Dispute,
    payment: &Payment,
    outcome: DisputeStatus,
) -> Result<(), PostError> {
    let amount = dispute.money.amount;
    if outcome != DisputeStatus::Lost {
        let lines = [(Account::GatewayClearing, amount), (Account::Disputes, -amount)];
        return Ok(write_dispute(tx, dispute, "dispute_won", &lines).await?);
    }
    let left = shares::store::list_left(tx, payment.id).await?;
    let weights: Vec<i64> = left.iter().map(|(_, left)| *left).collect();
    let mut lines = vec![
        (Account::Disputes, -amount),
        (Account::DisputeCosts, amount - dispute.held - dispute.fee_of_payee),
        (Account::DoctorPayable(payment.practitioner), dispute.fee_of_payee),
    ];
    for ((charge, _), amount) in left.iter().zip(post::in_proportion(dispute.held, &weights)) {
        let (share, reversed) = post::take_back(tx, (payment.id, *charge), amount).await?;
        lines.extend(post::debits(&share, &reversed));
    }
    Ok(write_dispute(tx, dispute, "dispute_lost", &lines).await?)
}

async fn write_dispute(
    tx: &mut Tx,
    dispute: &Dispute,
    kind: &'static str,
    lines: &[(Account, i64)],
) -> Result<(), db::Error> {
    let (entry, at) = (tx.id::<JournalId>(), tx.now());
    store::insert_of_dispute(tx, entry, kind, (dispute.id, dispute.payment), at).await?;
    let lines = post::summed(lines.iter().copied());
    store::insert_lines(tx, entry, &lines, dispute.money.currency).await
}
