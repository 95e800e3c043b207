//! Money that was paid for one thing pays another.
//!
//! When a doctor calls a visit off and the patient takes another one of the same price, nothing is paid back and paid again: the payment
//! itself moves to the new charge. At the gateway nothing happens, so a later refund goes back the way the money came; in the ledger one
//! entry takes from the first doctor what was earned and gives it to the second, whose invoice replaces the first's.

use db::Tx;
use kernel::{
    Timestamp,
    ids::{ChargeId, PaymentId},
};

use super::{PaymentSettled, close_open, store};
use crate::{
    charges::{self, Charge, ChargeStatus},
    invoices, ledger,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// The payment is the other charge's now; `PaymentSettled` says so.
    Moved(PaymentId),
    /// The other charge is paid already: what was kept is still there to be given back.
    PaidAlready,
    /// There is nothing whole to carry: never paid, carried already, or given back by now; or the two do not match.
    Nothing,
}

#[derive(Debug, thiserror::Error)]
pub enum CarryError {
    #[error(transparent)]
    Ledger(#[from] ledger::PostError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// Let the payment of `from` pay `to`, as of `at`, the instant at which the patient chose. System context only. Safe to run twice.
pub async fn carry(tx: &mut Tx, from: ChargeId, to: ChargeId, at: Timestamp) -> Result<Carried, CarryError> {
    // Both rows in the order of their ids, so that two who carry never wait for each other in a circle.
    let (first, second) = if from < to { (from, to) } else { (to, from) };
    let (first, second) = (charges::store::lock(tx, first).await?, charges::store::lock(tx, second).await?);
    let (Some(first), Some(second)) = (first, second) else { return Ok(Carried::Nothing) };
    let (source, target) = if first.id == from { (first, second) } else { (second, first) };
    if target.status.is_paid() {
        let moved = source.status == ChargeStatus::Void;
        return Ok(if moved { Carried::Nothing } else { Carried::PaidAlready });
    }
    if source.status != ChargeStatus::Settled || source.patient != target.patient || source.price != target.price {
        return Ok(Carried::Nothing);
    }
    let paid = store::list_refundable(tx, source.id).await?;
    let [(payment, left)] = paid.as_slice() else { return Ok(Carried::Nothing) };
    let Some(payment) =
        store::lock(tx, *payment).await?.filter(|payment| payment.money == *left && *left == target.price)
    else {
        return Ok(Carried::Nothing);
    };
    move_money(tx, &source, &target, payment.id, at).await?;
    ledger::post_carry(tx, &target, &payment).await?;
    let now = tx.now();
    invoices::correct(tx, (&source, &target), payment.id, now).await?;
    Ok(Carried::Moved(payment.id))
}

async fn move_money(
    tx: &mut Tx,
    source: &Charge,
    target: &Charge,
    payment: PaymentId,
    at: Timestamp,
) -> Result<(), db::Error> {
    close_open(tx, target.id).await?;
    store::set_charge(tx, payment, target.id, target.practitioner).await?;
    charges::store::set_carried(tx, source.id).await?;
    charges::store::set_settled(tx, target.id, at).await?;
    let appointment = target.subject.appointment();
    jobs::publish(tx, &PaymentSettled { charge: target.id, payment, appointment, captured_at: at }).await?;
    tracing::info!(%payment, from = %source.id, to = %target.id, "billing.payment.carried");
    Ok(())
}
