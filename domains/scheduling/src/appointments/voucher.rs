use access::Actor;
use db::Tx;
use kernel::{Fault, FaultKind, ids::AppointmentId};

use super::{
    change::{ChangeError, hold},
    confirm::{ConfirmError, confirm_free},
    model::{Appointment, By, Status},
    store,
};

#[derive(Debug, thiserror::Error)]
pub enum VoucherError {
    #[error("no such appointment of this patient's")]
    NotFound,
    #[error("the time is not held any more")]
    NotHeld,
    #[error(transparent)]
    Redeem(#[from] billing::vouchers::RedeemError),
    #[error(transparent)]
    Change(#[from] ChangeError),
    #[error(transparent)]
    Confirm(#[from] ConfirmError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for VoucherError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::NotHeld => FaultKind::conflict("hold_expired"),
            Self::Redeem(error) => error.kind(),
            Self::Change(error) => error.kind(),
            Self::Confirm(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Pay with a voucher as far as it goes. Where it goes all the way, the time is confirmed at once and no gateway is asked. System
/// context, for the price of a charge is the payment machine's; the actor is who asks.
pub async fn use_voucher(
    tx: &mut Tx,
    actor: &Actor,
    id: AppointmentId,
    code: &str,
) -> Result<Appointment, VoucherError> {
    let held = held(tx, actor, id).await?;
    let charge = held.charge.ok_or(VoucherError::NotHeld)?;
    let price = billing::vouchers::redeem(tx, charge, code).await?;
    store::set_price(tx, id, price).await?;
    let priced = Appointment { price, ..held };
    if price.is_zero() {
        return Ok(confirm_free(tx, &priced, By::Patient(actor.account)).await?);
    }
    Ok(priced)
}

/// The price without a voucher again.
pub async fn drop_voucher(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<Appointment, VoucherError> {
    let held = held(tx, actor, id).await?;
    let charge = held.charge.ok_or(VoucherError::NotHeld)?;
    let price = billing::vouchers::remove(tx, charge).await?;
    store::set_price(tx, id, price).await?;
    Ok(Appointment { price, ..held })
}

async fn held(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<Appointment, VoucherError> {
    let seen = store::find(tx, id).await?.filter(|seen| actor.patients.contains(&seen.patient));
    let held = hold(tx, &seen.ok_or(VoucherError::NotFound)?).await?;
    if held.status_at(tx.now()) == Status::Held { Ok(held) } else { Err(VoucherError::NotHeld) }
}
