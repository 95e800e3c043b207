use access::{Actor, Role};
use db::Tx;
use kernel::{
    Fault, FaultKind, FieldError, Money,
    ids::{ChargeId, PaymentId},
};

use super::{
    Approval, Refund, RefundError, RefundReason,
    request::{Asked, reserve},
    store,
};
use crate::{charges, config::Config, payments};

/// A person wants to give something back that no rule gives.
#[derive(Debug, Clone)]
pub struct AskRefund {
    pub payment: PaymentId,
    /// Of which of the charges that it paid; none: of the payment's own.
    pub charge: Option<ChargeId>,
    pub money: Money,
    /// Why; for colleagues, without health content.
    pub note: String,
}

const LONGEST_NOTE: usize = 500;

#[derive(Debug, thiserror::Error)]
pub enum AskError {
    #[error("no such payment")]
    NotFound,
    #[error("it must be said why, in at most 500 characters")]
    NoReason,
    #[error("at most what is left of the payment can be given back")]
    TooMuch,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<RefundError> for AskError {
    fn from(error: RefundError) -> Self {
        match error {
            RefundError::NotFound => Self::NotFound,
            RefundError::TooMuch => Self::TooMuch,
            RefundError::Db(error) => Self::Db(error),
        }
    }
}

impl Fault for AskError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::NoReason => FaultKind::Invalid(vec![FieldError::new("note", "refunds-error-note")]),
            Self::TooMuch => FaultKind::Invalid(vec![FieldError::new("amount", "refunds-error-amount")]),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Ask for a part of a payment. Up to the house's bound it is approved at once; above, another administrator decides.
pub async fn ask(tx: &mut Tx, actor: &Actor, config: &Config, command: AskRefund) -> Result<Refund, AskError> {
    if !actor.is(Role::Administrator) {
        return Err(AskError::NotFound);
    }
    let note = command.note.trim().to_owned();
    if note.is_empty() || note.chars().count() > LONGEST_NOTE {
        return Err(AskError::NoReason);
    }
    let payment = payments::store::find(tx, command.payment).await?.ok_or(AskError::NotFound)?;
    charges::store::lock(tx, payment.charge).await?.ok_or(AskError::NotFound)?;
    let charge = command.charge.unwrap_or(payment.charge);
    charges::store::lock(tx, charge).await?.ok_or(AskError::NotFound)?;
    let before = store::sum_asked(tx, payment.id).await?;
    let approval = Approval::needed(config.alone_in(payment.money.currency), before, command.money);
    let reason = RefundReason::Goodwill;
    let asked = Asked { reason, by: Some(actor.account), note, approval, retry_of: None };
    let refund = reserve(tx, (payment.id, charge), command.money, asked).await?;
    let action = "refund_asked";
    let entry =
        audit::Entry { action, object: "refund", object_id: refund.id.uuid(), patient: None, purpose: "operations" };
    audit::record(tx, entry).await?;
    Ok(refund)
}
