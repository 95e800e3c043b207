use db::{Context, Tx};
use gateways::payment::sandbox::AnswerError;
use jobs::{Failed, When};
use kernel::ids::EventId;

use crate::payments::gateways_of;

/// Post the webhook of an event to ourselves, over HTTP, as any gateway would.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
struct DeliverWebhook {
    event: EventId,
}

impl jobs::Job for DeliverWebhook {
    const NAME: &'static str = "billing.sandbox_webhook";
}

/// The delayed money of a checkout arrives.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
struct SettleDelayed {
    token: String,
}

impl jobs::Job for SettleDelayed {
    const NAME: &'static str = "billing.sandbox_settle";
}

pub(super) async fn webhook(tx: &mut Tx, event: EventId) -> Result<(), db::Error> {
    jobs::enqueue(tx, &DeliverWebhook { event }, When::Now).await?;
    Ok(())
}

pub(super) async fn settle_later(tx: &mut Tx, token: &str, seconds: i64) -> Result<(), db::Error> {
    let at = tx.now().plus_seconds(seconds);
    jobs::enqueue(tx, &SettleDelayed { token: token.to_owned() }, When::At(at)).await?;
    Ok(())
}

async fn deliver(app: web::App, job: DeliverWebhook) -> Result<(), Failed> {
    let gateways = gateways_of(&app);
    let Some(sandbox) = gateways.sandbox() else { return Ok(()) };
    let mut tx = app.db().begin(&Context::system("sandbox gateway")).await?;
    let delivery = sandbox.delivery(&mut tx, job.event).await?;
    tx.commit().await?;
    match delivery {
        Some(delivery) => Ok(delivery.send().await?),
        None => Ok(()),
    }
}

async fn settle(app: web::App, job: SettleDelayed) -> Result<(), Failed> {
    let gateways = gateways_of(&app);
    let Some(sandbox) = gateways.sandbox() else { return Ok(()) };
    let mut tx = app.db().begin(&Context::system("sandbox gateway")).await?;
    match sandbox.settle(&mut tx, &job.token).await {
        Ok(event) => webhook(&mut tx, event).await?,
        Err(AnswerError::Closed | AnswerError::NotFound) => return Ok(()),
        Err(AnswerError::Db(error)) => return Err(error.into()),
    }
    Ok(tx.commit().await?)
}

/// Banks that send payouts back do so some time after they were paid.
async fn give_back(app: web::App) -> Result<(), Failed> {
    let gateways = gateways_of(&app);
    let Some(sandbox) = gateways.sandbox() else { return Ok(()) };
    let mut tx = app.db().begin(&Context::system("sandbox gateway")).await?;
    match sandbox.return_payouts(&mut tx).await {
        Ok(events) => {
            for event in events {
                webhook(&mut tx, event).await?;
            }
        }
        Err(AnswerError::Closed | AnswerError::NotFound) => return Ok(()),
        Err(AnswerError::Db(error)) => return Err(error.into()),
    }
    Ok(tx.commit().await?)
}

pub(super) fn jobs(jobs: web::Jobs) -> web::Jobs {
    jobs.on::<DeliverWebhook, _, _>(deliver).on::<SettleDelayed, _, _>(settle).every(
        "billing.sandbox_returns",
        2,
        give_back,
    )
}
