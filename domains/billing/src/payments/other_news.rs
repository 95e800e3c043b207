//! Reports of gateways about anything but payments: accounts of payees, payouts, disputes. Believed as little: what they name is fetched,
//! and the answer applied once.

use db::{Context, Db};
use gateways::{
    PaymentGateway,
    payment::{About, GatewayError, RemoteAccount, RemoteDispute, RemotePayout, WebhookEvent},
};

use super::{store, webhook::ReceiveError};
use crate::{
    disputes,
    payouts::{self, Heard},
};

/// What the gateway says of the thing that an event names.
pub(super) enum Fetched {
    Account(RemoteAccount),
    Payout(RemotePayout),
    Dispute(RemoteDispute),
    /// It knows nothing of it, or has no such side.
    Nothing,
}

/// `None`: the event is about a payment, or about nothing.
pub(super) async fn fetch(gateway: &dyn PaymentGateway, event: &WebhookEvent) -> Result<Option<Fetched>, GatewayError> {
    let named = matches!(event.about, About::Account(_) | About::Payout(_) | About::Dispute(_));
    let Some(side) = gateway.payouts() else { return Ok(named.then_some(Fetched::Nothing)) };
    let answer = match &event.about {
        About::Account(account) => side.fetch_account(account).await.map(Fetched::Account),
        About::Payout(payout) => side.fetch_payout(payout).await.map(Fetched::Payout),
        About::Dispute(dispute) => side.fetch_dispute(dispute).await.map(Fetched::Dispute),
        About::Checkout(_) | About::Payment(_) | About::Nothing => return Ok(None),
    };
    match answer {
        Ok(fetched) => Ok(Some(fetched)),
        Err(GatewayError::Unknown) => Ok(Some(Fetched::Nothing)),
        Err(error) => Err(error),
    }
}

/// Store the event and apply what was fetched, in one transaction. A second delivery at the same moment waits on the event's key, finds it,
/// and has no effect.
pub(super) async fn record(
    db: &Db,
    gateway: &str,
    event: &WebhookEvent,
    fetched: &Fetched,
) -> Result<(), ReceiveError> {
    let mut tx = db.begin(&Context::system("payment webhook")).await?;
    if !store::insert_webhook_event(&mut tx, gateway, &event.id, &event.kind).await? {
        return Ok(());
    }
    let heard = match fetched {
        Fetched::Account(account) => {
            if payouts::hear(&mut tx, gateway, account).await? {
                Heard::Changed
            } else {
                Heard::Unmatched
            }
        }
        Fetched::Payout(payout) => payouts::apply(&mut tx, gateway, payout).await?,
        Fetched::Dispute(dispute) => disputes::apply(&mut tx, gateway, dispute).await?,
        Fetched::Nothing => Heard::Unmatched,
    };
    store::set_webhook_outcome(&mut tx, gateway, &event.id, heard.word()).await?;
    tx.commit().await?;
    tracing::info!(gateway, event = event.id, kind = event.kind, outcome = heard.word(), "billing.webhook.received");
    if heard == Heard::Mismatch { Err(ReceiveError::Mismatch) } else { Ok(()) }
}
