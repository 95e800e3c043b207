//! Ask the gateway, whether or not a webhook came.

use db::{Context, Db};
use gateways::{Payments, payment::GatewayError};
use kernel::ids::ChargeId;

use super::{Payment, apply, apply::ApplyError, gateways_of, store};

#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    #[error(transparent)]
    Gateway(GatewayError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// How many payments one round asks about.
const ROUND: i64 = 50;
/// A payment is asked about again after this long.
const AGAIN_AFTER_SECONDS: i64 = 60;

/// Ask the gateway about the open payment of a charge, now, and apply what it says. Called before a hold with a payment
/// under way expires, and when somebody presses "pay" again. Not inside a transaction.
pub async fn check(db: &Db, gateways: &Payments, charge: ChargeId) -> Result<(), CheckError> {
    let mut tx = db.begin(&Context::system("payment check")).await?;
    let open = store::find_open(&mut tx, charge).await?;
    tx.commit().await?;
    match open {
        Some(payment) => check_payment(db, gateways, &payment).await,
        None => Ok(()),
    }
}

/// The same, with the gateways of this installation.
pub async fn ask(app: &web::App, charge: ChargeId) -> Result<(), CheckError> {
    check(app.db(), &gateways_of(app), charge).await
}

/// Ask about one payment, and apply.
pub(super) async fn check_payment(db: &Db, gateways: &Payments, payment: &Payment) -> Result<(), CheckError> {
    let (Some(gateway), Some(gateway_ref)) = (gateways.named(&payment.gateway), &payment.gateway_ref) else {
        return Ok(());
    };
    let remote = gateway.fetch(gateway_ref).await.map_err(CheckError::Gateway)?;
    let mut tx = db.begin(&Context::system("payment check")).await?;
    match apply(&mut tx, &payment.gateway, &remote).await {
        Ok(_) => Ok(tx.commit().await?),
        Err(ApplyError::Db(error)) => Err(error.into()),
        Err(error) => {
            tracing::error!(payment = %payment.id, %error, "billing.payment.check_failed");
            Ok(())
        }
    }
}

/// Every minute: ask about payments whose webhook may be lost. One that cannot be asked about does not stop the others.
pub(crate) async fn round(db: &Db, gateways: &Payments) -> Result<(), CheckError> {
    let mut tx = db.begin(&Context::system("payment check")).await?;
    let before = tx.now().plus_seconds(-AGAIN_AFTER_SECONDS);
    let due = store::list_unsettled(&mut tx, before, ROUND).await?;
    tx.commit().await?;
    for payment in due {
        if let Err(error) = check_payment(db, gateways, &payment).await {
            tracing::warn!(payment = %payment.id, %error, "billing.payment.not_checked");
        }
        let mut tx = db.begin(&Context::system("payment check")).await?;
        store::set_checked(&mut tx, payment.id).await?;
        tx.commit().await?;
    }
    Ok(())
}

pub(super) fn jobs(jobs: web::Jobs) -> web::Jobs {
    jobs.every("billing.check_open_payments", 1, |app: web::App| async move {
        Ok(round(app.db(), &gateways_of(&app)).await?)
    })
}
