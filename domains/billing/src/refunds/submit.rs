//! The job that has the gateway give money back.

use db::{Context, Db, Tx};
use gateways::{
    Payments,
    payment::{GatewayError, RefundRequest, RefundState, RemoteRefund},
};
use kernel::ids::RefundId;

use super::{Approval, Refund, RefundStatus, settle, store};
use crate::{
    ledger,
    payments::{self, Payment, gateways_of},
};

#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
struct SubmitRefund {
    refund: RefundId,
}

impl jobs::Job for SubmitRefund {
    const NAME: &'static str = "billing.submit_refund";
    /// Some days: a gateway may be away for long, and this is somebody's money.
    const MAX_ATTEMPTS: i32 = 60;
}

/// A gateway that has accepted a refund is asked again after this long whether it arrived.
const LOOK_AGAIN_MINUTES: i64 = 30;

pub(super) async fn enqueue(tx: &mut Tx, refund: RefundId) -> Result<(), db::Error> {
    jobs::enqueue(tx, &SubmitRefund { refund }, jobs::When::Now).await?;
    Ok(())
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum SubmitError {
    /// Nobody knows whether it happened: repeat.
    #[error(transparent)]
    Gateway(GatewayError),
    #[error(transparent)]
    Ledger(#[from] ledger::PostError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// Have the gateway give the money back, or look whether it has. Safe to run twice, also at the same time.
pub(crate) async fn submit(db: &Db, gateways: &Payments, refund: RefundId) -> Result<(), SubmitError> {
    let mut tx = db.begin(&Context::system("refund")).await?;
    let Some(mut refund) = store::find(&mut tx, refund).await? else { return Ok(()) };
    let Some(payment) = payments::store::find(&mut tx, refund.payment).await? else { return Ok(()) };
    if refund.status == RefundStatus::Requested
        && refund.approval == Approval::Auto
        && store::set_approved_by_rule(&mut tx, refund.id).await?
    {
        refund.status = RefundStatus::Approved;
    }
    tx.commit().await?;
    if !refund.status.is_under_way() {
        return Ok(());
    }
    let answer = ask(gateways, &refund, &payment).await;
    let mut tx = db.begin(&Context::system("refund")).await?;
    match answer {
        Ok(RemoteRefund { refund_ref, state: RefundState::Succeeded }) => {
            settle::succeed(&mut tx, refund.id, &refund_ref).await?;
        }
        Ok(RemoteRefund { refund_ref, state: RefundState::Pending }) => {
            store::set_submitted(&mut tx, refund.id, &refund_ref).await?;
            let later = jobs::When::At(tx.now().plus_minutes(LOOK_AGAIN_MINUTES));
            jobs::enqueue(&mut tx, &SubmitRefund { refund: refund.id }, later).await?;
        }
        Ok(RemoteRefund { state: RefundState::Failed, .. }) => fails(&mut tx, &refund, "").await?,
        Err(error @ (GatewayError::Refused { .. } | GatewayError::Unknown)) => {
            fails(&mut tx, &refund, &error.to_string()).await?;
        }
        Err(error) => return Err(SubmitError::Gateway(error)),
    }
    Ok(tx.commit().await?)
}

async fn fails(tx: &mut Tx, refund: &Refund, why: &str) -> Result<(), db::Error> {
    tracing::error!(refund = %refund.id, payment = %refund.payment, "billing.refund.failed");
    let why: String = why.chars().take(300).collect();
    settle::fail(tx, refund.id, &why).await
}

/// A refund that nothing has happened to for so long is asked about anew: its job may have used up its attempts.
const FORGOTTEN_AFTER_HOURS: i64 = 6;
const SWEPT_AT_ONCE: i64 = 100;

/// Nobody's money is forgotten, however long a gateway was away.
pub(crate) async fn sweep(db: &Db) -> Result<(), db::Error> {
    let mut tx = db.begin(&Context::system("refund sweep")).await?;
    let before = tx.now().plus_minutes(-FORGOTTEN_AFTER_HOURS * 60);
    let day = tx.now().unix_seconds().div_euclid(FORGOTTEN_AFTER_HOURS * 3600);
    for refund in store::list_forgotten(&mut tx, before, SWEPT_AT_ONCE).await? {
        let key = format!("swept.{refund}.{day}");
        jobs::enqueue_once(&mut tx, &SubmitRefund { refund }, &key, jobs::When::Now).await?;
    }
    tx.commit().await
}

async fn ask(gateways: &Payments, refund: &Refund, payment: &Payment) -> Result<RemoteRefund, GatewayError> {
    let unknown = || GatewayError::Unreachable(format!("no gateway {} is configured", payment.gateway));
    let gateway = gateways.named(&payment.gateway).ok_or_else(unknown)?;
    if let (RefundStatus::Submitted, Some(refund_ref)) = (refund.status, &refund.gateway_ref) {
        return gateway.fetch_refund(refund_ref).await;
    }
    let gateway_ref = payment.gateway_ref.clone().ok_or(GatewayError::Unknown)?;
    gateway.refund(&RefundRequest { refund: refund.id, gateway_ref, money: refund.money }).await
}

pub(super) fn jobs(jobs: web::Jobs) -> web::Jobs {
    jobs.on::<SubmitRefund, _, _>(|app: web::App, job: SubmitRefund| async move {
        Ok(submit(app.db(), &gateways_of(&app), job.refund).await?)
    })
    .every("billing.sweep_refunds", 60, |app: web::App| async move { Ok(sweep(app.db()).await?) })
}
