use db::{Context, Db, Tx};
use jobs::{Job, When};
use kernel::{Locale, Timestamp, ids::DeliveryId};
use serde::{Deserialize, Serialize};
use vault::Vault;

use crate::{
    SendError, Transports,
    leaving::{self, Leave, WayOut},
    letter::{Channel, Letter},
    store::{self, Waiting},
    suppression,
    suppression::Reason,
    tell::place_of,
    topic::{Topic, Way},
    wishes::wishes,
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
    #[error("another worker is sending this letter")]
    InHand,
    #[error(transparent)]
    Send(#[from] SendError),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// Longer than any way out takes to answer. Who has held a letter for longer than this is dead.
const IN_HAND_SECONDS: i64 = 300;

/// Send a waiting letter. Safe to repeat and to do twice at once: a settled one is left alone, one in another worker's hand is left to
/// it. A worker that dies with the letter in its hand leaves it unknown whether it was taken. A mail is then handed over again under
/// the same message id, so that it is one to its reader's program; a text message has no such id and is not repeated. An error means:
/// try again.
pub async fn deliver(db: &Db, vault: &Vault, transports: &Transports, job: Deliver) -> Result<(), DeliverError> {
    let id = job.delivery;
    let mut tx = db.begin(&context()).await?;
    let Some(waiting) = store::lock_waiting(&mut tx, id).await? else { return Ok(()) };
    let channel = Channel::of(&waiting.channel);
    let mut letter: Letter =
        vault.open_platform_json(&mut tx, place_of(id), &waiting.letter_sealed).await?.into_inner();
    match what_now(&mut tx, channel, &waiting, &letter).await? {
        Next::Settle(state, why) => {
            store::set_settled(&mut tx, id, state, why).await?;
            return Ok(tx.commit().await?);
        }
        Next::Wait(until) => {
            jobs::enqueue(&mut tx, &job, When::At(until)).await?;
            return Ok(tx.commit().await?);
        }
        Next::InHand => return Err(DeliverError::InHand),
        Next::Send => {
            let now = tx.now();
            store::set_handed(&mut tx, id, Some(now)).await?;
            tx.commit().await?;
        }
    }

    if let (Channel::Email, Some(account), Some(way_out), Some(leave)) =
        (channel, waiting.account, transports.way_out(), Leave::of(&waiting.kind))
    {
        let token = leaving::token(vault, account, leave);
        show_way_out(&mut letter, way_out, format!("{}/unsubscribe/{token}", way_out.base_url));
    }
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
        Err(error) => {
            store::set_handed(&mut tx, id, None).await?;
            tx.commit().await?;
            return Err(error.into());
        }
    }
    tx.commit().await?;
    tracing::info!(delivery = %id, channel = channel.word(), kind = waiting.kind, "notify.settled");
    Ok(())
}

/// At the foot of the letter, and where the reader's program looks for it.
fn show_way_out(letter: &mut Letter, way_out: &WayOut, url: String) {
    let locale = letter.locale.as_deref().and_then(|tag| tag.parse().ok()).unwrap_or(Locale::En);
    let words = (way_out.words)(locale);
    letter.text = format!("{}\n\n{words}: {url}\n", letter.text.trim_end());
    if let Some(html) = &mut letter.html {
        let line = format!(
            "<p style=\"text-align:center;font-size:13px;\"><a style=\"color:#5f6965;\" href=\"{url}\">{words}</a></p>"
        );
        let end = html.rfind("</body>").unwrap_or(html.len());
        html.insert_str(end, &line);
    }
    letter.leave = Some(url);
}

enum Next {
    Send,
    Wait(Timestamp),
    Settle(&'static str, Option<&'static str>),
    InHand,
}

async fn what_now(tx: &mut Tx, channel: Channel, waiting: &Waiting, letter: &Letter) -> Result<Next, db::Error> {
    let now = tx.now();
    if let Some(handed_at) = waiting.handed_at {
        if now.seconds_since(handed_at) < IN_HAND_SECONDS {
            return Ok(Next::InHand);
        }
        if channel == Channel::Sms {
            return Ok(Next::Settle("unclear", Some("the worker died before the provider's answer was known")));
        }
    }
    if let Some(until) = waiting.not_before.filter(|until| *until > now) {
        return Ok(Next::Wait(until));
    }
    if waiting.void_after.is_some_and(|end| end <= now) {
        return Ok(Next::Settle("void", None));
    }
    // What was switched off while it waited is not sent either.
    if let (Some(account), false) = (waiting.account, waiting.kind == leaving::DIGEST) {
        let way = if channel == Channel::Sms { Way::Sms } else { Way::Email };
        if wishes(tx, account).await?.is_switched_off(Topic::of(&waiting.kind), way) {
            return Ok(Next::Settle("void", None));
        }
    }
    if suppression::is_suppressed(tx, channel, &letter.to).await? {
        return Ok(Next::Settle("suppressed", None));
    }
    if now.minutes_since(waiting.not_before.unwrap_or(waiting.created_at)) > STALE_MINUTES {
        return Ok(Next::Settle("failed", Some("not delivered within a day")));
    }
    Ok(Next::Send)
}

fn context() -> Context {
    Context::system("notify.deliver")
}
