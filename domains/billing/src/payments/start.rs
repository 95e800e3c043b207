use db::Tx;
use kernel::{
    Fault, FaultKind, Money,
    ids::{AppointmentId, ChargeId},
};

use super::{Payment, PaymentStatus, close, store};
use crate::charges::{self, Charge, ChargeStatus};

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("no such charge")]
    NotFound,
    #[error("this is paid already")]
    AlreadyPaid,
    #[error("the time to pay is over")]
    Expired,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for StartError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::AlreadyPaid => FaultKind::conflict("already_paid"),
            Self::Expired => FaultKind::conflict("hold_expired"),
            Self::Db(error) => error.kind(),
        }
    }
}

/// Begin to pay a charge through `gateway`. The same open payment is returned however often this is called (two tabs, a
/// double click); an attempt that failed or was closed is followed by a new one. Whoever abandons a booking and books
/// again has another charge, and pays that one.
pub async fn start(tx: &mut Tx, charge: ChargeId, gateway: &str) -> Result<Payment, StartError> {
    let charge = charges::store::lock(tx, charge).await?.ok_or(StartError::NotFound)?;
    if !tx.context().is_system() && !tx.context().patients.contains(&charge.patient) {
        return Err(StartError::NotFound);
    }
    if charge.status.is_paid() {
        return Err(StartError::AlreadyPaid);
    }
    if charge.status == ChargeStatus::Void || tx.now() >= charge.payable_until {
        return Err(StartError::Expired);
    }
    begin(tx, &[charge], gateway).await
}

/// Begin to pay all that is owed on the bill of a visit, in the currency of the oldest charge: one payment, whoever the suppliers are.
pub async fn start_bill(tx: &mut Tx, visit: AppointmentId, gateway: &str) -> Result<Payment, StartError> {
    let patients = tx.context().patients.clone();
    let bill = charges::store::lock_bill(tx, &patients, visit).await?;
    if bill.is_empty() {
        return Err(StartError::NotFound);
    }
    let now = tx.now();
    let mut owed: Vec<Charge> = bill.iter().filter(|charge| charge.is_payable(now)).cloned().collect();
    let Some(first) = owed.first() else {
        let is_paid = bill.iter().all(|charge| charge.status != ChargeStatus::Open);
        return Err(if is_paid { StartError::AlreadyPaid } else { StartError::Expired });
    };
    let (currency, patient) = (first.price.currency, first.patient);
    owed.retain(|charge| charge.price.currency == currency && charge.patient == patient);
    begin(tx, &owed, gateway).await
}

/// The open payment of exactly these charges, or a new one: another that pays some of them is closed. The first is the payment's own.
async fn begin(tx: &mut Tx, owed: &[Charge], gateway: &str) -> Result<Payment, StartError> {
    let Some((first, others)) = owed.split_first() else { return Err(StartError::NotFound) };
    let ids: Vec<ChargeId> = owed.iter().map(|charge| charge.id).collect();
    for open in store::list_open(tx, &ids).await? {
        let pays_the_same = open.charge == first.id && store::list_parts(tx, open.id).await? == ids[1..];
        if pays_the_same || open.status == PaymentStatus::Processing {
            return Ok(open);
        }
        close::cancel(tx, open.id).await?;
    }
    let payment = Payment {
        id: tx.id(),
        charge: first.id,
        patient: first.patient,
        practitioner: first.practitioner,
        gateway: gateway.to_owned(),
        gateway_ref: None,
        checkout_url: None,
        status: PaymentStatus::Created,
        money: Money::new(owed.iter().map(|charge| charge.price.amount).sum(), first.price.currency),
        refunded: 0,
        captured_at: None,
        created_at: tx.now(),
    };
    store::insert(tx, &payment).await?;
    store::insert_parts(tx, &payment, others).await?;
    Ok(payment)
}
