//! The job that has the gateway pay, and the round that asks again.

use db::{Context, Db, Tx};
use gateways::{
    Payments,
    payment::{GatewayError, PayoutRequest},
};
use kernel::ids::PayoutId;

use super::{
    Payout,
    apply::{apply, give_back},
    store,
};
use crate::payments::gateways_of;

#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
struct SubmitPayout {
    payout: PayoutId,
}

impl jobs::Job for SubmitPayout {
    const NAME: &'static str = "billing.submit_payout";
    /// Some days: a gateway may be away for long, and this is somebody's money.
    const MAX_ATTEMPTS: i32 = 60;
}

/// A payout under way is asked about again after so long.
const AGAIN_AFTER_SECONDS: i64 = 600;
const ROUND: i64 = 50;

pub(super) async fn enqueue(tx: &mut Tx, payout: PayoutId) -> Result<(), db::Error> {
    jobs::enqueue(tx, &SubmitPayout { payout }, jobs::When::Now).await?;
    Ok(())
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum SubmitError {
    /// Nobody knows whether it happened: repeat.
    #[error(transparent)]
    Gateway(GatewayError),
    #[error("no gateway {0} that pays out is configured")]
    NoGateway(String),
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// Have the gateway pay, or look whether it has. Safe to run twice, also at the same time.
pub(crate) async fn submit(db: &Db, gateways: &Payments, payout: PayoutId) -> Result<(), SubmitError> {
    let mut tx = db.begin(&Context::system("payout")).await?;
    let found = store::find(&mut tx, payout).await?;
    tx.commit().await?;
    let Some(payout) = found.filter(|payout| payout.status.is_open()) else { return Ok(()) };
    let answer = ask(gateways, &payout).await?;
    let mut tx = db.begin(&Context::system("payout")).await?;
    match answer {
        Ok(remote) => {
            apply(&mut tx, &payout.gateway, &remote).await?;
        }
        Err(GatewayError::Refused { code, message }) => {
            give_back(&mut tx, payout.id, &format!("{code}: {message}")).await?;
        }
        Err(error) => return Err(SubmitError::Gateway(error)),
    }
    Ok(tx.commit().await?)
}

async fn ask(
    gateways: &Payments,
    payout: &Payout,
) -> Result<Result<gateways::payment::RemotePayout, GatewayError>, SubmitError> {
    let gateway = gateways.named(&payout.gateway).and_then(|gateway| gateway.payouts());
    let gateway = gateway.ok_or_else(|| SubmitError::NoGateway(payout.gateway.clone()))?;
    if let Some(payout_ref) = &payout.payout_ref {
        return Ok(gateway.fetch_payout(payout_ref).await);
    }
    let (account_ref, money) = (payout.account_ref.clone(), payout.money);
    Ok(gateway.pay(&PayoutRequest { payout: payout.id, account_ref, money }).await)
}

/// Ask about payouts whose news may be lost. One that cannot be asked about does not stop the others.
pub(crate) async fn look_again(db: &Db, gateways: &Payments) -> Result<(), SubmitError> {
    let mut tx = db.begin(&Context::system("payout check")).await?;
    let before = tx.now().plus_seconds(-AGAIN_AFTER_SECONDS);
    let due = store::list_under_way(&mut tx, before, ROUND).await?;
    tx.commit().await?;
    for payout in due {
        if let Err(error) = submit(db, gateways, payout).await {
            tracing::warn!(%payout, %error, "billing.payout.not_checked");
        }
        let mut tx = db.begin(&Context::system("payout check")).await?;
        store::set_checked(&mut tx, payout).await?;
        tx.commit().await?;
    }
    Ok(())
}

pub(super) fn jobs(jobs: web::Jobs) -> web::Jobs {
    jobs.on::<SubmitPayout, _, _>(|app: web::App, job: SubmitPayout| async move {
        Ok(submit(app.db(), &gateways_of(&app), job.payout).await?)
    })
    .every("billing.check_payouts", 10, |app: web::App| async move {
        Ok(look_again(app.db(), &gateways_of(&app)).await?)
    })
}
