//! What the gateway says becomes what we say: the one place where a payment changes state.

use db::Tx;
use gateways::payment::{RemotePayment, RemoteState};
use kernel::{Fault, FaultKind, Money, Timestamp};

use super::{Payment, PaymentFailed, PaymentSettled, PaymentStatus, PaymentUnderWay, store};
use crate::{
    charges::{self, Charge, ChargeStatus},
    invoices, ledger,
    refunds::{self, RefundReason},
    vouchers,
};

/// Money cannot have been captured before the payment was begun; clocks may differ by this much.
const CLOCKS_DIFFER_SECONDS: i64 = 300;

/// What became of the news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    Advanced(PaymentStatus),
    /// Known already, or older than what is known.
    Unchanged,
    /// No payment of ours.
    Unmatched,
    /// Ours by name, but the amount, the currency, the id or the time are not: no effect.
    Mismatch,
}

#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    #[error(transparent)]
    Ledger(#[from] ledger::PostError),
    #[error(transparent)]
    Refund(#[from] refunds::RefundError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ApplyError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Db(error) if error.is_retryable() || error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) | Self::Ledger(_) | Self::Refund(_) => FaultKind::Internal,
        }
    }
}

/// Apply what `gateway` says of a payment. System context only (the tables refuse any other). Takes the charge's lock,
/// then the payment's: so does every other change of money.
pub async fn apply(tx: &mut Tx, gateway: &str, remote: &RemotePayment) -> Result<Applied, ApplyError> {
    let Some(found) = store::find_for_gateway(tx, gateway, &remote.gateway_ref, remote.payment).await? else {
        return Ok(Applied::Unmatched);
    };
    let Some(charge) = charges::store::lock(tx, found.charge).await? else { return Ok(Applied::Unmatched) };
    let others = charges::store::lock_parts(tx, found.id).await?;
    let Some(payment) = store::lock(tx, found.id).await? else { return Ok(Applied::Unmatched) };
    if !is_the_same(&payment, remote) {
        tracing::error!(payment = %payment.id, gateway, "billing.payment.mismatch");
        return Ok(Applied::Mismatch);
    }
    if payment.gateway_ref.is_none() {
        store::set_gateway_ref(tx, payment.id, &remote.gateway_ref).await?;
    }
    store::set_checked(tx, payment.id).await?;
    let Some(next) = payment.status.advance(remote.state.into()) else { return Ok(Applied::Unchanged) };
    let own = payment.money.amount - others.iter().map(|(_, money)| money.amount).sum::<i64>();
    let mut covered = vec![(charge.clone(), Money::new(own, payment.money.currency))];
    covered.extend(others);
    match remote.state {
        RemoteState::Captured { at } => capture(tx, &payment, &covered, remote.fee, at).await?,
        RemoteState::Failed | RemoteState::Cancelled => {
            store::set_status(tx, payment.id, next).await?;
            for (charge, _) in &covered {
                let (charge, appointment) = (charge.id, charge.subject.appointment());
                jobs::publish(tx, &PaymentFailed { charge, payment: payment.id, appointment }).await?;
            }
        }
        RemoteState::Processing => {
            store::set_status(tx, payment.id, next).await?;
            for (charge, _) in &covered {
                let (charge, appointment) = (charge.id, charge.subject.appointment());
                jobs::publish(tx, &PaymentUnderWay { charge, payment: payment.id, appointment }).await?;
            }
        }
        RemoteState::Open => store::set_status(tx, payment.id, next).await?,
    }
    for (charge, _) in &covered {
        crate::live::payment_changed(tx, charge, next).await?;
    }
    Ok(Applied::Advanced(next))
}

fn is_the_same(payment: &Payment, remote: &RemotePayment) -> bool {
    let captured_in_time = match remote.state {
        RemoteState::Captured { at } => at >= payment.created_at.plus_seconds(-CLOCKS_DIFFER_SECONDS),
        _ => true,
    };
    remote.payment == Some(payment.id)
        && remote.money == payment.money
        && payment.gateway_ref.as_ref().is_none_or(|known| *known == remote.gateway_ref)
        && captured_in_time
}

/// Money has arrived: into the ledger always, and then to each of the charges that it pays.
async fn capture(
    tx: &mut Tx,
    payment: &Payment,
    covered: &[(Charge, Money)],
    fee: i64,
    at: Timestamp,
) -> Result<(), ApplyError> {
    store::set_captured(tx, payment.id, at).await?;
    let now = tx.now();
    ledger::post_capture(tx, payment, covered, fee, now).await?;
    for (charge, money) in covered {
        settle(tx, charge, payment, *money, at).await?;
    }
    Ok(())
}

/// Either `money` settles the charge or goes back: another payment has settled it, or its voucher was given to somebody else while it was
/// void.
async fn settle(
    tx: &mut Tx,
    charge: &Charge,
    payment: &Payment,
    money: Money,
    at: Timestamp,
) -> Result<(), ApplyError> {
    let part = (payment.id, charge.id);
    if charge.status.is_paid() {
        tracing::warn!(payment = %payment.id, charge = %charge.id, "billing.payment.double");
        refunds::of_part(tx, part, money, RefundReason::DoublePayment).await?;
        return Ok(());
    }
    let is_price_gone = charge.status == ChargeStatus::Void && !vouchers::still_holds(tx, charge).await?;
    charges::store::set_settled(tx, charge.id, at).await?;
    let now = tx.now();
    invoices::issue(tx, charge, payment.id, money, now).await?;
    if is_price_gone {
        tracing::warn!(payment = %payment.id, charge = %charge.id, "billing.payment.voucher_gone");
        refunds::of_part(tx, part, money, RefundReason::VoucherGone).await?;
        return Ok(());
    }
    let too_much = Money::new(money.amount - charge.price.amount, money.currency);
    if too_much.amount > 0 {
        refunds::of_part(tx, part, too_much, RefundReason::PriceLowered).await?;
    }
    let settled = PaymentSettled {
        charge: charge.id,
        payment: payment.id,
        appointment: charge.subject.appointment(),
        captured_at: at,
    };
    jobs::publish(tx, &settled).await?;
    tracing::info!(payment = %payment.id, charge = %charge.id, "billing.payment.captured");
    Ok(())
}
