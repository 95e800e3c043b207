//! What follows when the gateway has given money back, or will not.

use db::Tx;
use kernel::{
    Money,
    ids::{AppointmentId, ChargeId, PaymentId, RefundId},
};

use super::store;
use crate::{
    charges::{self, ChargeStatus},
    invoices, ledger,
    payments::{self, PaymentStatus},
};

/// Money has gone back to the patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RefundSettled {
    pub refund: RefundId,
    pub charge: ChargeId,
    pub payment: PaymentId,
    pub appointment: Option<AppointmentId>,
    pub money: Money,
}

impl jobs::Event for RefundSettled {
    const NAME: &'static str = "billing.refund_settled";
}

/// The gateway has given it back: states, reversing entry, credit note, news. Safe to run twice.
pub(super) async fn succeed(tx: &mut Tx, refund: RefundId, refund_ref: &str) -> Result<(), ledger::PostError> {
    let Some(found) = store::find(tx, refund).await? else { return Ok(()) };
    let Some(charge) = charges::store::lock(tx, found.charge).await? else { return Ok(()) };
    let Some(payment) = payments::store::lock(tx, found.payment).await? else { return Ok(()) };
    let before = store::sum_succeeded(tx, payment.id).await?;
    if !store::set_succeeded(tx, refund, refund_ref).await? {
        return Ok(());
    }
    let after = before + found.money.amount;
    let all = after >= payment.money.amount;
    let status = if all { PaymentStatus::Refunded } else { PaymentStatus::PartiallyRefunded };
    payments::store::set_status(tx, payment.id, status).await?;
    ledger::post_refund(tx, &payment, (refund, charge.id), found.money).await?;
    if invoices::store::has_invoice(tx, payment.id, charge.id).await? {
        let given_back = store::sum_succeeded_of(tx, payment.id, charge.id).await?;
        let all = given_back >= payments::store::amount_for(tx, payment.id, charge.id).await?;
        let status = if all { ChargeStatus::Refunded } else { ChargeStatus::PartiallyRefunded };
        charges::store::set_refunded(tx, charge.id, status).await?;
        let now = tx.now();
        invoices::issue_credit_note(tx, &charge, &found, now).await?;
    }
    let appointment = charge.subject.appointment();
    let settled = RefundSettled { refund, charge: charge.id, payment: payment.id, appointment, money: found.money };
    jobs::publish(tx, &settled).await?;
    crate::live::payment_changed(tx, &charge, status).await?;
    tracing::info!(%refund, payment = %payment.id, "billing.refund.succeeded");
    Ok(())
}

/// The gateway will not, for this reason: what was reserved is free again.
pub(super) async fn fail(tx: &mut Tx, refund: RefundId, why: &str) -> Result<(), db::Error> {
    let Some(found) = store::find(tx, refund).await? else { return Ok(()) };
    charges::store::lock(tx, found.charge).await?;
    if store::set_failed(tx, refund, why).await? {
        payments::store::release_from_refund(tx, found.payment, found.money.amount).await?;
    }
    Ok(())
}
