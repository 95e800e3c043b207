//! What was paid before this installation knew of it: for demonstration data and imports. Books everything as if it had
//! happened here, and tells nobody.

use db::Tx;
use kernel::{Timestamp, ids::ChargeId};

use crate::{
    charges::{self, NewCharge, RaiseError},
    invoices,
    ledger::{self, PostError},
    payments::{self, Payment, PaymentStatus},
};

#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    #[error(transparent)]
    Raise(#[from] RaiseError),
    #[error(transparent)]
    Post(#[from] PostError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// A charge that was paid at `paid_at` through `gateway`: charge, payment, entry, invoice. System context. Record the oldest
/// first, so that the numbers of invoices follow their dates.
pub async fn record_paid(
    tx: &mut Tx,
    new: NewCharge,
    gateway: &str,
    paid_at: Timestamp,
) -> Result<ChargeId, RecordError> {
    let charge = charges::raise(tx, new).await?;
    let Some(charge) = charges::store::find(tx, charge).await? else { return Ok(charge) };
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
        created_at: paid_at,
    };
    payments::store::insert(tx, &payment).await?;
    payments::store::set_gateway_ref(tx, payment.id, &format!("recorded_{}", payment.id)).await?;
    payments::store::set_captured(tx, payment.id, paid_at).await?;
    ledger::post_capture(tx, &payment, &[(charge.clone(), charge.price)], 0, paid_at).await?;
    charges::store::set_settled(tx, charge.id, paid_at).await?;
    invoices::issue(tx, &charge, payment.id, payment.money, paid_at).await?;
    Ok(charge.id)
}
