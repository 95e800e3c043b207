//! A link that must no longer take money.

use db::{Context, Db, Tx};
use gateways::Payments;
use kernel::ids::{ChargeId, PaymentId};

use super::{CheckError, PaymentStatus, check, gateways_of, store};

/// Close the page of a payment at its gateway.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
pub(crate) struct CloseCheckout {
    payment: PaymentId,
}

impl jobs::Job for CloseCheckout {
    const NAME: &'static str = "billing.close_checkout";
}

/// Cancel the open payment of a charge. One whose money is on its way stays: what arrives is applied, and then whoever
/// raised the charge decides.
pub(crate) async fn close_open(tx: &mut Tx, charge: ChargeId) -> Result<(), db::Error> {
    let Some(open) = store::find_open(tx, charge).await? else { return Ok(()) };
    if open.status == PaymentStatus::Processing {
        return Ok(());
    }
    cancel(tx, open.id).await
}

/// Here, and by a job at the gateway.
pub(super) async fn cancel(tx: &mut Tx, payment: PaymentId) -> Result<(), db::Error> {
    store::set_status(tx, payment, PaymentStatus::Cancelled).await?;
    enqueue(tx, payment).await
}

pub(super) async fn enqueue(tx: &mut Tx, payment: PaymentId) -> Result<(), db::Error> {
    jobs::enqueue(tx, &CloseCheckout { payment }, jobs::When::Now).await?;
    Ok(())
}

/// Close the page, and then ask what became of it: somebody may have paid in the last moment.
pub(crate) async fn close(db: &Db, gateways: &Payments, payment: PaymentId) -> Result<(), CheckError> {
    let mut tx = db.begin(&Context::system("close checkout")).await?;
    let payment = store::find(&mut tx, payment).await?;
    tx.commit().await?;
    let Some(payment) = payment else { return Ok(()) };
    let (Some(gateway), Some(gateway_ref)) = (gateways.named(&payment.gateway), &payment.gateway_ref) else {
        return Ok(());
    };
    gateway.expire(gateway_ref).await.map_err(CheckError::Gateway)?;
    check::check_payment(db, gateways, &payment).await
}

pub(super) fn jobs(jobs: web::Jobs) -> web::Jobs {
    jobs.on::<CloseCheckout, _, _>(|app: web::App, job: CloseCheckout| async move {
        Ok(close(app.db(), &gateways_of(&app), job.payment).await?)
    })
}
