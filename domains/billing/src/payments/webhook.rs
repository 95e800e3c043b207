//! Where gateways report. A report is believed only so far: its signature is checked over the raw bytes, and then the
//! payment is fetched from the gateway, and that answer is applied.

use axum::{
    body::Bytes,
    extract::Path,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use db::{Context, Db, Tx};
use gateways::{
    PaymentGateway,
    payment::{About, GatewayError, RemotePayment, WebhookError, WebhookEvent},
};
use kernel::{Fault, FaultKind};

use super::{Applied, apply, apply::ApplyError, gateways_of, other_news, store};

#[derive(Debug, thiserror::Error)]
pub(crate) enum ReceiveError {
    #[error("no such gateway")]
    NoSuchGateway,
    /// Unsigned, forged, stale or unreadable: no effect, and nothing stored.
    #[error(transparent)]
    NotBelieved(#[from] WebhookError),
    /// Signed, and yet not the payment that we know: stored for the administrator, no effect.
    #[error("the payment at the gateway is not the one that we know")]
    Mismatch,
    #[error(transparent)]
    Gateway(GatewayError),
    #[error(transparent)]
    Apply(#[from] ApplyError),
    #[error(transparent)]
    Ledger(#[from] crate::ledger::PostError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ReceiveError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NoSuchGateway => FaultKind::NotFound,
            Self::NotBelieved(_) => FaultKind::forbidden("webhook_signature", "the payment gateway"),
            Self::Mismatch => FaultKind::conflict("payment_mismatch"),
            Self::Apply(error) => error.kind(),
            Self::Ledger(_) => FaultKind::Internal,
            // The gateway sends it again.
            Self::Gateway(_) | Self::Db(_) => FaultKind::Unavailable,
        }
    }
}

/// 2xx only once everything is committed; a repeated event is 2xx without effect.
async fn receive(me: web::Visitor, Path(name): Path<String>, headers: HeaderMap, body: Bytes) -> web::Result {
    let gateways = gateways_of(me.app());
    let gateway = gateways.named(&name).ok_or(ReceiveError::NoSuchGateway)?;
    handle(me.app().db(), gateway.as_ref(), &headers, &body).await?;
    Ok(no_content())
}

fn no_content() -> Response {
    axum::http::StatusCode::NO_CONTENT.into_response()
}

/// Everything but HTTP.
pub(crate) async fn handle(
    db: &Db,
    gateway: &dyn PaymentGateway,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(), ReceiveError> {
    let mut tx = db.begin(&Context::system("payment webhook")).await?;
    let event = gateway.verify_webhook(headers, body, tx.now()).inspect_err(|error| {
        tracing::warn!(gateway = gateway.name(), %error, "billing.webhook.refused");
    })?;
    if store::is_known_event(&mut tx, gateway.name(), &event.id).await? {
        return Ok(());
    }
    let gateway_ref = reference(&mut tx, &event).await?;
    tx.commit().await?;
    if let Some(fetched) = other_news::fetch(gateway, &event).await.map_err(ReceiveError::Gateway)? {
        return other_news::record(db, gateway.name(), &event, &fetched).await;
    }
    let remote = match gateway_ref {
        Some(gateway_ref) => match gateway.fetch(&gateway_ref).await {
            Ok(remote) => Some(remote),
            Err(GatewayError::Unknown) => None,
            Err(error) => return Err(ReceiveError::Gateway(error)),
        },
        None => None,
    };
    record(db, gateway.name(), &event, remote.as_ref()).await
}

/// Where to ask: the reference in the event, or the one of the payment it names.
async fn reference(tx: &mut Tx, event: &WebhookEvent) -> Result<Option<String>, db::Error> {
    match &event.about {
        About::Checkout(gateway_ref) => Ok(Some(gateway_ref.clone())),
        About::Payment(payment) => Ok(store::find(tx, *payment).await?.and_then(|payment| payment.gateway_ref)),
        About::Account(_) | About::Payout(_) | About::Dispute(_) | About::Nothing => Ok(None),
    }
}

/// Store the event and apply the payment, in one transaction. A second delivery at the same moment waits on the event's
/// key, finds it, and has no effect.
async fn record(
    db: &Db,
    gateway: &str,
    event: &WebhookEvent,
    remote: Option<&RemotePayment>,
) -> Result<(), ReceiveError> {
    let mut tx = db.begin(&Context::system("payment webhook")).await?;
    if !store::insert_webhook_event(&mut tx, gateway, &event.id, &event.kind).await? {
        return Ok(());
    }
    let outcome = match remote {
        Some(remote) => Some(apply(&mut tx, gateway, remote).await?),
        None => None,
    };
    let word = match (outcome, &event.about) {
        (Some(Applied::Advanced(_)), _) => "applied",
        (Some(Applied::Unchanged), _) => "unchanged",
        (Some(Applied::Mismatch), _) => "mismatch",
        (Some(Applied::Unmatched), _) | (None, About::Checkout(_) | About::Payment(_)) => "unmatched",
        (None, About::Account(_) | About::Payout(_) | About::Dispute(_) | About::Nothing) => "ignored",
    };
    store::set_webhook_outcome(&mut tx, gateway, &event.id, word).await?;
    tx.commit().await?;
    tracing::info!(gateway, event = event.id, kind = event.kind, outcome = word, "billing.webhook.received");
    if outcome == Some(Applied::Mismatch) { Err(ReceiveError::Mismatch) } else { Ok(()) }
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new().public_post(
        "/webhooks/payments/{gateway}",
        "a payment gateway reports here; its signature is its credential",
        receive,
    )
}
