use db::Tx;
use kernel::{
    Fault, FaultKind, Money,
    ids::{AccountId, ChargeId, PaymentId, RefundId},
};

use super::{Approval, Refund, RefundReason, RefundStatus, store, submit};
use crate::{
    charges::{self, ChargeStatus},
    payments,
};

#[derive(Debug, thiserror::Error)]
pub enum RefundError {
    #[error("no such charge")]
    NotFound,
    /// More than is left of what was captured, or in another currency.
    #[error("more than was paid cannot be given back")]
    TooMuch,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for RefundError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::TooMuch => FaultKind::conflict("refund_exceeds_payment"),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Give back all that is left of what was paid for a charge. Nothing was paid, or all went back already: no refunds, no
/// error; so it may be called twice. What a voucher has paid whole moves no money, and gives the voucher back.
pub async fn full(tx: &mut Tx, charge: ChargeId, reason: RefundReason) -> Result<Vec<Refund>, RefundError> {
    let owed = charges::store::lock(tx, charge).await?.ok_or(RefundError::NotFound)?;
    if owed.price.is_zero() && owed.status == ChargeStatus::Settled {
        charges::store::set_refunded(tx, charge, ChargeStatus::Refunded).await?;
        return Ok(Vec::new());
    }
    let mut refunds = Vec::new();
    for (payment, left) in payments::store::list_refundable(tx, charge).await? {
        refunds.push(of_part(tx, (payment, charge), left, reason).await?);
    }
    Ok(refunds)
}

/// Give back a part of what was paid for a charge; nothing when nothing is left of it.
pub async fn partial(
    tx: &mut Tx,
    charge: ChargeId,
    money: Money,
    reason: RefundReason,
) -> Result<Vec<Refund>, RefundError> {
    charges::store::lock(tx, charge).await?.ok_or(RefundError::NotFound)?;
    if money.is_zero() {
        return Ok(Vec::new());
    }
    let refundable = payments::store::list_refundable(tx, charge).await?;
    if refundable.is_empty() {
        return Ok(Vec::new());
    }
    let left: i64 = refundable.iter().map(|(_, left)| left.amount).sum();
    if money.amount < 0 || money.amount > left || refundable.iter().any(|(_, left)| left.currency != money.currency) {
        return Err(RefundError::TooMuch);
    }
    let mut wanted = money.amount;
    let mut refunds = Vec::new();
    for (payment, left) in refundable {
        let part = Money::new(wanted.min(left.amount), money.currency);
        if part.amount > 0 {
            refunds.push(of_part(tx, (payment, charge), part, reason).await?);
            wanted -= part.amount;
        }
    }
    Ok(refunds)
}

/// Reserve the amount on what a payment paid for a charge (guarded: never more than was captured) and leave the rest to the job.
pub(crate) async fn of_part(
    tx: &mut Tx,
    part: (PaymentId, ChargeId),
    money: Money,
    reason: RefundReason,
) -> Result<Refund, RefundError> {
    reserve(tx, part, money, Asked::by_rule(reason)).await
}

/// Why, by whom, and who must agree.
pub(super) struct Asked {
    pub(super) reason: RefundReason,
    pub(super) by: Option<AccountId>,
    pub(super) note: String,
    pub(super) approval: Approval,
    pub(super) retry_of: Option<RefundId>,
}

impl Asked {
    const fn by_rule(reason: RefundReason) -> Self {
        Self { reason, by: None, note: String::new(), approval: Approval::Auto, retry_of: None }
    }
}

pub(super) async fn reserve(
    tx: &mut Tx,
    (payment, charge): (PaymentId, ChargeId),
    money: Money,
    asked: Asked,
) -> Result<Refund, RefundError> {
    let payment = payments::store::find(tx, payment).await?.ok_or(RefundError::NotFound)?;
    let charge = charges::store::find(tx, charge).await?.ok_or(RefundError::NotFound)?;
    if payment.money.currency != money.currency
        || money.amount > payments::store::left_for(tx, payment.id, charge.id).await?
        || !payments::store::take_for_refund(tx, payment.id, money.amount).await?
    {
        return Err(RefundError::TooMuch);
    }
    let refund = Refund {
        id: tx.id(),
        payment: payment.id,
        charge: charge.id,
        patient: payment.patient,
        practitioner: charge.practitioner,
        money,
        reason: asked.reason,
        status: RefundStatus::Requested,
        gateway_ref: None,
        asked_by: asked.by,
        note: asked.note,
        approval: asked.approval,
        retry_of: asked.retry_of,
    };
    store::insert(tx, &refund).await?;
    if refund.approval == Approval::Auto {
        submit::enqueue(tx, refund.id).await?;
    }
    tracing::info!(refund = %refund.id, payment = %payment.id, reason = refund.reason.as_str(), "billing.refund.requested");
    Ok(refund)
}
