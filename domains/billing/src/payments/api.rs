//! The JSON door of payments.

use axum::extract::Path;
use kernel::{
    Money, Timestamp,
    ids::{AppointmentId, ChargeId, InvoiceId, PaymentId, RefundId},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Payment, PaymentStatus, StartError, checkout::PayError, gateways_of, open_checkout, pages, store};
use crate::{
    charges::{self, ChargeStatus},
    invoices, prices,
    refunds::{self, Refund, RefundReason, RefundStatus},
};

/// Nothing is asked: the price is the charge's.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StartPayment {}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PaymentView {
    id: PaymentId,
    status: PaymentStatus,
    /// Send the payer here. Absent once there is nothing left to do.
    checkout_url: Option<String>,
    amount: Money,
    /// Given back, or promised back.
    refunded: Money,
    captured_at: Option<Timestamp>,
}

impl From<Payment> for PaymentView {
    fn from(payment: Payment) -> Self {
        Self {
            id: payment.id,
            status: payment.status,
            checkout_url: payment.checkout_url.filter(|_| payment.status == PaymentStatus::RequiresAction),
            amount: payment.money,
            refunded: Money::new(payment.refunded, payment.money.currency),
            captured_at: payment.captured_at,
        }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
struct RefundView {
    id: RefundId,
    amount: Money,
    reason: RefundReason,
    status: RefundStatus,
}

impl From<Refund> for RefundView {
    fn from(refund: Refund) -> Self {
        Self { id: refund.id, amount: refund.money, reason: refund.reason, status: refund.status }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
struct InvoiceView {
    id: InvoiceId,
    number: String,
    amount: Money,
    url: String,
}

/// What is owed for an appointment, and how far it is paid.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ChargeView {
    id: ChargeId,
    status: ChargeStatus,
    /// Over all attempts: the one that holds money, else the newest.
    payment_status: Option<PaymentStatus>,
    price: Money,
    /// What the price is made of.
    lines: Vec<prices::Line>,
    payable_until: Timestamp,
    payments: Vec<PaymentView>,
    refunds: Vec<RefundView>,
    invoices: Vec<InvoiceView>,
}

async fn start(
    me: web::Patient,
    Path(appointment): Path<AppointmentId>,
    _nothing: web::Json<StartPayment>,
) -> web::Result {
    let charge = pages::charge_of(&me, appointment).await?;
    let payer = pages::payer(&me);
    let payment = open_checkout(me.app().db(), &gateways_of(me.app()), payer.as_payer(), charge.id).await?;
    web::created(&PaymentView::from(payment))
}

async fn show(me: web::Patient, Path(appointment): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await.map_err(PayError::from)?;
    let found = charges::store::find_for_appointment(&mut tx, &me.actor().patients, appointment).await;
    let charge = found.map_err(PayError::from)?.ok_or(StartError::NotFound)?;
    let view = view(&mut tx, &charge).await.map_err(PayError::from)?;
    tx.commit().await.map_err(PayError::from)?;
    web::json(&view)
}

async fn view(tx: &mut db::Tx, charge: &charges::Charge) -> Result<ChargeView, db::Error> {
    let payments = store::list_of_charge(tx, charge.id).await?;
    let refunds = refunds::store::list_of_charge(tx, charge.id).await?;
    let invoices = invoices::store::list_of_charge(tx, charge.id).await?;
    let invoice_view = |invoice: invoices::Invoice| InvoiceView {
        url: format!("/invoices/{}.pdf", invoice.id),
        id: invoice.id,
        number: invoice.number,
        amount: invoice.money,
    };
    Ok(ChargeView {
        id: charge.id,
        status: charge.status,
        payment_status: store::status_of(tx, charge.id).await?,
        price: charge.price,
        lines: prices::lines_of(tx, charge.id).await?,
        payable_until: charge.payable_until,
        payments: payments.into_iter().map(Into::into).collect(),
        refunds: refunds.into_iter().map(Into::into).collect(),
        invoices: invoices.into_iter().map(invoice_view).collect(),
    })
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_post::<web::Patient, StartPayment, PaymentView, _, _>(
            "/api/v1/appointments/{appointment}/payments",
            "Start to pay, or continue: the same open payment is returned",
            start,
        )
        .api_get::<web::Patient, (), ChargeView, _, _>(
            "/api/v1/appointments/{appointment}/payments",
            "What is owed for an appointment and how far it is paid",
            show,
        )
}
