//! From a charge to the gateway's page: what the pages and the JSON door both do when a patient wants to pay.

use db::{Context, Db};
use gateways::{
    Payments,
    payment::{CheckoutRequest, GatewayError},
};
use kernel::{
    Fault, FaultKind, Locale,
    ids::{AppointmentId, ChargeId},
};

use super::{CheckError, Payment, PaymentStatus, StartError, check, close, start, start::start_bill, store};
use crate::charges::{self, Charge};

#[derive(Debug, thiserror::Error)]
pub enum PayError {
    #[error(transparent)]
    Start(#[from] StartError),
    /// The hold stays; the patient may try again.
    #[error("the payment service does not answer: {0}")]
    GatewayDown(#[source] GatewayError),
    #[error("the payment service of this payment is not configured any more")]
    GatewayGone,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for PayError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Start(error) => error.kind(),
            Self::GatewayDown(_) | Self::GatewayGone => FaultKind::Unavailable,
            Self::Db(error) => error.kind(),
        }
    }
}

/// What the payer's page needs to be told.
#[derive(Debug, Clone, Copy)]
pub struct Payer<'a> {
    /// Who pays: decides which charges can be seen.
    pub context: &'a Context,
    pub locale: Locale,
    pub base_url: &'a str,
    /// The hospital's name, as it is shown on the gateway's page.
    pub brand: &'a str,
}

/// What somebody wants to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    Charge(ChargeId),
    /// All that is owed on the bill of a visit.
    Bill(AppointmentId),
}

impl From<ChargeId> for Due {
    fn from(charge: ChargeId) -> Self {
        Self::Charge(charge)
    }
}

/// Start (or continue) the payment of what is due and see to it that the gateway has a page for it. An open payment is first
/// looked up at the gateway: whoever has paid and presses again is told so instead of paying twice.
pub async fn open_checkout(
    db: &Db,
    gateways: &Payments,
    payer: Payer<'_>,
    due: impl Into<Due>,
) -> Result<Payment, PayError> {
    let due = due.into();
    let first = begin(db, gateways, payer, due).await?;
    if first.checkout_url.is_none() {
        return place(db, gateways, payer, first).await;
    }
    match check(db, gateways, first.charge).await {
        Ok(()) => {}
        Err(CheckError::Gateway(error)) => return Err(PayError::GatewayDown(error)),
        Err(CheckError::Db(error)) => return Err(error.into()),
    }
    let now = begin(db, gateways, payer, due).await?;
    if now.checkout_url.is_some() { Ok(now) } else { place(db, gateways, payer, now).await }
}

async fn begin(db: &Db, gateways: &Payments, payer: Payer<'_>, due: Due) -> Result<Payment, PayError> {
    let mut tx = db.begin(payer.context).await?;
    let gateway = gateways.primary().name();
    let payment = match due {
        Due::Charge(charge) => start(&mut tx, charge, gateway).await?,
        Due::Bill(visit) => start_bill(&mut tx, visit, gateway).await?,
    };
    tx.commit().await?;
    Ok(payment)
}

/// Have the gateway open its page. The payment's id is the key, so a lost answer can be asked for again.
async fn place(db: &Db, gateways: &Payments, payer: Payer<'_>, payment: Payment) -> Result<Payment, PayError> {
    let gateway = gateways.named(&payment.gateway).ok_or(PayError::GatewayGone)?;
    let mut tx = db.begin(payer.context).await?;
    let charge = charges::store::find(&mut tx, payment.charge).await?.ok_or(StartError::NotFound)?;
    tx.commit().await?;
    let checkout = gateway.create_checkout(&request(payer, &payment, &charge)).await.map_err(PayError::GatewayDown)?;
    let mut tx = db.begin(payer.context).await?;
    let status = store::set_checkout(&mut tx, payment.id, &checkout.gateway_ref, &checkout.checkout_url).await?;
    let status = status.unwrap_or(PaymentStatus::Cancelled);
    if status == PaymentStatus::Cancelled {
        // The charge was voided while the gateway was opening its page: close it again.
        close::enqueue(&mut tx, payment.id).await?;
        tx.commit().await?;
        return Err(StartError::Expired.into());
    }
    tx.commit().await?;
    Ok(Payment {
        gateway_ref: Some(checkout.gateway_ref),
        checkout_url: Some(checkout.checkout_url),
        status,
        ..payment
    })
}

/// The description names the hospital only: it is printed on card statements.
fn request(payer: Payer<'_>, payment: &Payment, charge: &Charge) -> CheckoutRequest {
    let base_url = payer.base_url.trim_end_matches('/');
    CheckoutRequest {
        payment: payment.id,
        money: payment.money,
        description: payer.brand.to_owned(),
        success_url: format!("{base_url}/payments/{}/return", payment.id),
        cancel_url: format!("{base_url}/payments/{}/return", payment.id),
        locale: payer.locale,
        expires_at: charge.payable_until,
    }
}
