use db::Tx;
use kernel::{Fault, FaultKind, ids::ChargeId};

use super::{Payment, PaymentStatus, store};
use crate::charges::{self, ChargeStatus};

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
    if let Some(open) = store::find_open(tx, charge.id).await? {
        return Ok(open);
    }
    let payment = Payment {
        id: tx.id(),
        charge: charge.id,
        patient: charge.patient,
        practitioner: charge.practitioner,
        gateway: gateway.to_owned(),
        gateway_ref: None,
        checkout_url: None,
        status: PaymentStatus::Created,
        money: charge.price,
        refunded: 0,
        captured_at: None,
        created_at: tx.now(),
    };
    store::insert(tx, &payment).await?;
    Ok(payment)
}
