use db::Tx;
use kernel::{Fault, FaultKind, FieldError, Money, ids::ChargeId};

use super::store;
use crate::{
    charges::{self, Charge, ChargeStatus},
    payments,
    prices::{self, model::Discount},
};

#[derive(Debug, thiserror::Error)]
pub enum RedeemError {
    #[error("no such charge, or nothing is owed for it any more")]
    NotOpen,
    #[error("no voucher has this code")]
    Unknown,
    #[error("the voucher is not valid at this time")]
    NotNow,
    #[error("the voucher is for another doctor")]
    AnotherDoctor,
    #[error("the voucher is used up")]
    UsedUp,
    #[error("this patient has used the voucher as often as it may be used")]
    UsedByPatient,
    #[error("the voucher takes nothing off this price")]
    NothingOff,
    /// A payment of the old price is on its way; there is nothing left to take off.
    #[error("a payment is under way")]
    PaymentUnderWay,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for RedeemError {
    fn kind(&self) -> FaultKind {
        let field = |key| FaultKind::Invalid(vec![FieldError::new("voucher", key)]);
        match self {
            Self::NotOpen => FaultKind::conflict("charge_not_open"),
            Self::PaymentUnderWay => FaultKind::conflict("payment_under_way"),
            Self::Unknown => field("prices-voucher-unknown"),
            Self::NotNow => field("prices-voucher-not-now"),
            Self::AnotherDoctor => field("prices-voucher-other-doctor"),
            Self::UsedUp => field("prices-voucher-used-up"),
            Self::UsedByPatient => field("prices-voucher-used-by-you"),
            Self::NothingOff => field("prices-voucher-nothing-off"),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Take a voucher off an open charge, instead of any other. The new total; a total of nothing settles the charge at once, without
/// a gateway. System context: a charge's amount is the payment machine's. Whoever calls has checked whose charge it is.
pub async fn redeem(tx: &mut Tx, charge: ChargeId, code: &str) -> Result<Money, RedeemError> {
    let charge = open(tx, charge).await?;
    let voucher = store::lock(tx, code.trim()).await?.ok_or(RedeemError::Unknown)?;
    let now = tx.now();
    if now < voucher.valid_from || voucher.valid_until.is_some_and(|until| now >= until) {
        return Err(RedeemError::NotNow);
    }
    if voucher.practitioner.is_some_and(|doctor| doctor != charge.practitioner) {
        return Err(RedeemError::AnotherDoctor);
    }
    let uses = store::count_uses(tx, voucher.discount.id, charge.patient, charge.id).await?;
    if voucher.most_uses.is_some_and(|most| uses.all >= i64::from(most)) {
        return Err(RedeemError::UsedUp);
    }
    if voucher.per_patient.is_some_and(|most| uses.own >= i64::from(most)) {
        return Err(RedeemError::UsedByPatient);
    }
    store::insert_use(tx, charge.id, voucher.discount.id, charge.patient).await?;
    reprice(tx, &charge, Some(voucher.discount)).await
}

/// Take the voucher off again. Without one, nothing happens.
pub async fn remove(tx: &mut Tx, charge: ChargeId) -> Result<Money, RedeemError> {
    let charge = open(tx, charge).await?;
    if store::delete_use(tx, charge.id).await? { reprice(tx, &charge, None).await } else { Ok(charge.price) }
}

async fn open(tx: &mut Tx, charge: ChargeId) -> Result<Charge, RedeemError> {
    let charge = charges::store::lock(tx, charge).await?.ok_or(RedeemError::NotOpen)?;
    if charge.status != ChargeStatus::Open || tx.now() >= charge.payable_until {
        return Err(RedeemError::NotOpen);
    }
    if payments::is_processing(tx, charge.id).await? {
        return Err(RedeemError::PaymentUnderWay);
    }
    Ok(charge)
}

/// The gateway's page at the old price is closed; what may have been paid there in the last moment is given back as far as it is
/// too much (`payments::apply`).
async fn reprice(tx: &mut Tx, charge: &Charge, voucher: Option<Discount>) -> Result<Money, RedeemError> {
    let mut lines = prices::store::list_lines(tx, charge.id).await?;
    if lines.is_empty() {
        // Raised before bills had lines: its price is the only one.
        lines.push(prices::Line::item(charge.price));
    }
    let is_one = voucher.is_some();
    let quote = prices::with_voucher(&lines, voucher).ok_or(RedeemError::NothingOff)?;
    if is_one && !quote.lines.iter().any(|line| line.kind == prices::LineKind::Voucher) {
        return Err(RedeemError::NothingOff);
    }
    let whose = prices::store::Whose {
        subject: charge.subject,
        charge: Some(charge.id),
        patient: charge.patient,
        practitioner: charge.practitioner,
    };
    prices::store::delete_lines(tx, charge.id).await?;
    prices::store::insert_lines(tx, whose, &quote.lines).await?;
    charges::store::set_amount(tx, charge.id, quote.total.amount).await?;
    payments::close_open(tx, charge.id).await?;
    if quote.total.is_zero() {
        let now = tx.now();
        charges::store::set_settled(tx, charge.id, now).await?;
    }
    Ok(quote.total)
}
