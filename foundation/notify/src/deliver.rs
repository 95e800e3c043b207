use db::{Context, Db};
use jobs::Job;
use kernel::ids::DeliveryId;
use serde::{Deserialize, Serialize};
use vault::Vault;

use crate::{
    SendError, Transports,
    letter::{Channel, Letter},
    store, suppression,
    suppression::Reason,
    tell::place_of,
};

/// After this a letter is stale: nobody wants yesterday's "your doctor is waiting".
const STALE_MINUTES: i64 = 24 * 60;

/// The job that sends one letter.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Deliver {
    pub delivery: DeliveryId,
}

impl Job for Deliver {
    const NAME: &'static str = "notify.deliver";
}

#[derive(Debug, thiserror::Error)]
pub enum DeliverError {
    #[error(transparent)]
    Send(#[from] SendError),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// Send a waiting letter. Safe to repeat: a settled one is left alone, and the message carries the delivery's id, so that a mail
/// that was sent twice because of a crash is one to its reader's program. An error means: try again.
pub async fn deliver(db: &Db, vault: &Vault, transports: &Transports, job: Deliver) -> Result<(), DeliverError> {
    let id = job.delivery;
    let mut tx = db.begin(&context()).await?;
    let Some(waiting) = store::find_waiting(&mut tx, id).await? else { return Ok(()) };
    let channel = Channel::of(&waiting.channel);
    let letter: Letter = vault.open_platform_json(&mut tx, place_of(id), &waiting.letter_sealed).await?.into_inner();
    if suppression::is_suppressed(&mut tx, channel, &letter.to).await? {
        store::set_settled(&mut tx, id, "suppressed", None).await?;
        return Ok(tx.commit().await?);
    }
    if tx.now().minutes_since(waiting.created_at) > STALE_MINUTES {
        store::set_settled(&mut tx, id, "failed", Some("not delivered within a day")).await?;
        return Ok(tx.commit().await?);
    }
    tx.commit().await?;

    let sent = transports.send(db, vault, id, channel, &letter).await;
    let mut tx = db.begin(&context()).await?;
    match sent {
        Ok(provider_ref) => store::set_settled(&mut tx, id, "sent", Some(&provider_ref)).await?,
        Err(SendError::Refused { why, stop }) => {
            store::set_settled(&mut tx, id, "refused", Some(&why)).await?;
            if stop {
                suppression::suppress(&mut tx, channel, &letter.to, Reason::Bounced).await?;
            }
        }
        Err(error) => return Err(error.into()),
    }
    tx.commit().await?;
    tracing::info!(delivery = %id, channel = channel.word(), kind = waiting.kind, "notify.settled");
    Ok(())
}

fn context() -> Context {
    Context::system("notify.deliver")
}
