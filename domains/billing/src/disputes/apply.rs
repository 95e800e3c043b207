//! What the gateway says of a dispute becomes what we say.

use db::Tx;
use gateways::payment::{DisputeState, RemoteDispute};

use super::{Dispute, DisputeStatus, store};
use crate::{
    charges::{self, Charge},
    ledger::{self, PostError},
    payments::{self, Payment},
    payouts::Heard,
    shares,
    splits::{self, FeeBearer},
};

impl From<DisputeState> for DisputeStatus {
    fn from(remote: DisputeState) -> Self {
        match remote {
            DisputeState::Open => Self::Open,
            DisputeState::UnderReview => Self::UnderReview,
            DisputeState::Won => Self::Won,
            DisputeState::Lost => Self::Lost,
        }
    }
}

/// Apply what `gateway` says of a dispute. System context; safe to run twice, and news may come in any order: one that is heard of when it
/// is decided already is opened and decided. Takes the locks of charge, payment and share, in this order.
pub(crate) async fn apply(tx: &mut Tx, gateway: &str, remote: &RemoteDispute) -> Result<Heard, PostError> {
    let Some(named) = remote.payment else { return Ok(Heard::Unmatched) };
    let Some(found) = payments::store::find(tx, named).await?.filter(|found| found.gateway == gateway) else {
        return Ok(Heard::Unmatched);
    };
    let Some(charge) = charges::store::lock(tx, found.charge).await? else { return Ok(Heard::Unmatched) };
    let Some(payment) = payments::store::lock(tx, found.id).await? else { return Ok(Heard::Unmatched) };
    let fits = remote.money.currency == payment.money.currency
        && (1..=payment.money.amount).contains(&remote.money.amount)
        && payment.captured_at.is_some();
    if !fits {
        tracing::error!(payment = %payment.id, gateway, "billing.dispute.mismatch");
        return Ok(Heard::Mismatch);
    }
    let (dispute, is_new) = match store::lock(tx, gateway, &remote.dispute_ref).await? {
        Some(known) if known.payment == payment.id => (known, false),
        Some(_) => return Ok(Heard::Mismatch),
        None => (open(tx, gateway, remote, &charge, &payment).await?, true),
    };
    let Some(next) = dispute.status.advance(remote.state.into()) else {
        return Ok(if is_new { Heard::Changed } else { Heard::Unchanged });
    };
    store::set_status(tx, dispute.id, next).await?;
    if next.is_over() {
        close(tx, &dispute, &payment, next).await?;
    }
    tracing::info!(dispute = %dispute.id, status = next.as_str(), "billing.dispute.changed");
    Ok(Heard::Changed)
}

async fn open(
    tx: &mut Tx,
    gateway: &str,
    remote: &RemoteDispute,
    charge: &Charge,
    payment: &Payment,
) -> Result<Dispute, PostError> {
    let terms = splits::terms_of(tx, charge).await?;
    let held = remote.money.amount.min(payments::store::left_of(tx, payment.id).await?);
    let fee = remote.fee.max(0);
    let dispute = Dispute {
        id: tx.id(),
        gateway: gateway.to_owned(),
        dispute_ref: remote.dispute_ref.clone(),
        payment: payment.id,
        money: remote.money,
        held,
        fee,
        fee_of_payee: if terms.fee_bearer == FeeBearer::Payee { fee } else { 0 },
        reason: remote.reason.chars().take(100).collect(),
        status: DisputeStatus::Open,
        evidence_due_at: remote.evidence_due_at,
    };
    store::insert(tx, &dispute, charge).await?;
    payments::store::add_disputed(tx, payment.id, held).await?;
    shares::store::set_frozen(tx, payment.id, true).await?;
    ledger::post_dispute_opened(tx, &dispute).await?;
    tracing::warn!(dispute = %dispute.id, payment = %payment.id, "billing.dispute.opened");
    Ok(dispute)
}

async fn close(tx: &mut Tx, dispute: &Dispute, payment: &Payment, outcome: DisputeStatus) -> Result<(), PostError> {
    if outcome == DisputeStatus::Won {
        payments::store::add_disputed(tx, payment.id, -dispute.held).await?;
    }
    ledger::post_dispute_closed(tx, dispute, payment, outcome).await?;
    if !store::has_open(tx, payment.id).await? {
        shares::store::set_frozen(tx, payment.id, false).await?;
    }
    Ok(())
}
