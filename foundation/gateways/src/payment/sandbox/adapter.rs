//! The merchant's side of the sandbox: what our own code calls.

use async_trait::async_trait;
use db::{Context, Tx};
use http::HeaderMap;
use kernel::Timestamp;

use super::{NAME, SIGNATURE_HEADER, Sandbox, SandboxCheckout, SandboxState, store};
use crate::payment::{
    About, Checkout, CheckoutRequest, GatewayError, Movement, MovementKind, PaymentGateway, PayoutGateway,
    RefundRequest, RefundState, RemotePayment, RemoteRefund, RemoteState, WebhookError, WebhookEvent, signature,
};

#[derive(serde::Deserialize)]
struct EventBody {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    checkout: String,
    #[serde(default)]
    about: String,
}

#[async_trait]
impl PaymentGateway for Sandbox {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn create_checkout(&self, request: &CheckoutRequest) -> Result<Checkout, GatewayError> {
        let mut tx = self.begin().await?;
        let token = hex::encode(tx.random().token32());
        let merchant_ref = request.payment.to_string();
        let checkout = SandboxCheckout {
            token: token.clone(),
            merchant_ref: merchant_ref.clone(),
            money: request.money,
            description: request.description.clone(),
            success_url: request.success_url.clone(),
            cancel_url: request.cancel_url.clone(),
            state: SandboxState::Open,
            captured_at: None,
        };
        let token = if store::insert_checkout(&mut tx, &checkout).await? {
            token
        } else {
            let first = store::find_by_merchant_ref(&mut tx, &merchant_ref).await?.ok_or(GatewayError::Unknown)?;
            if first.money != request.money {
                return Err(refused("idempotency_mismatch", "this key was used for another amount"));
            }
            first.token
        };
        tx.commit().await?;
        let checkout_url = format!("{}/sandbox/pay/{token}", self.base_url);
        Ok(Checkout { gateway_ref: token, checkout_url })
    }

    async fn fetch(&self, gateway_ref: &str) -> Result<RemotePayment, GatewayError> {
        let mut tx = self.begin().await?;
        let checkout = store::find_checkout(&mut tx, gateway_ref).await?.ok_or(GatewayError::Unknown)?;
        let state = match (checkout.state, checkout.captured_at) {
            (SandboxState::Captured, Some(at)) => RemoteState::Captured { at },
            (SandboxState::Processing, _) => RemoteState::Processing,
            (SandboxState::Declined, _) => RemoteState::Failed,
            (SandboxState::Expired, _) => RemoteState::Cancelled,
            (SandboxState::Open | SandboxState::Captured, _) => RemoteState::Open,
        };
        Ok(RemotePayment {
            gateway_ref: checkout.token,
            payment: checkout.merchant_ref.parse().ok(),
            money: checkout.money,
            state,
            fee: 0,
        })
    }

    async fn expire(&self, gateway_ref: &str) -> Result<(), GatewayError> {
        let mut tx = self.begin().await?;
        store::set_state(&mut tx, gateway_ref, &["open"], SandboxState::Expired, None).await?;
        Ok(tx.commit().await?)
    }

    async fn refund(&self, request: &RefundRequest) -> Result<RemoteRefund, GatewayError> {
        let mut tx = self.begin().await?;
        let refund_ref = request.refund.to_string();
        if !store::has_refund(&mut tx, &refund_ref).await? {
            if !store::take_from_captured(&mut tx, &request.gateway_ref, request.money.amount).await? {
                return Err(refused("amount_too_large", "more than was captured, or nothing was"));
            }
            store::insert_refund(&mut tx, request.refund, &request.gateway_ref, request.money.amount).await?;
        }
        tx.commit().await?;
        Ok(RemoteRefund { refund_ref, state: RefundState::Succeeded })
    }

    async fn fetch_refund(&self, refund_ref: &str) -> Result<RemoteRefund, GatewayError> {
        let mut tx = self.begin().await?;
        if !store::has_refund(&mut tx, refund_ref).await? {
            return Err(GatewayError::Unknown);
        }
        Ok(RemoteRefund { refund_ref: refund_ref.to_owned(), state: RefundState::Succeeded })
    }

    async fn movements(&self, from: Timestamp, until: Timestamp) -> Result<Vec<Movement>, GatewayError> {
        let mut tx = self.begin().await?;
        let captured = store::list_captured(&mut tx, from, until).await?;
        let refunded = store::list_refunded(&mut tx, from, until).await?;
        let mut movements: Vec<Movement> = captured.into_iter().map(captured_line).collect();
        movements.extend(refunded.into_iter().map(refunded_line));
        movements.sort_by_key(|movement| movement.at);
        Ok(movements)
    }

    fn verify_webhook(&self, headers: &HeaderMap, body: &[u8], now: Timestamp) -> Result<WebhookEvent, WebhookError> {
        let header =
            headers.get(SIGNATURE_HEADER).and_then(|value| value.to_str().ok()).ok_or(WebhookError::Unsigned)?;
        signature::verify(header, body, &self.secrets, now)?;
        let event: EventBody = serde_json::from_slice(body).map_err(|_| WebhookError::Unreadable)?;
        let about = match event.kind.split('.').next() {
            Some("checkout") => About::Checkout(event.checkout),
            Some("account") => About::Account(event.about),
            Some("payout") => About::Payout(event.about),
            Some("dispute") => About::Dispute(event.about),
            _ => About::Nothing,
        };
        Ok(WebhookEvent { id: event.id, kind: event.kind, about })
    }

    fn payouts(&self) -> Option<&dyn PayoutGateway> {
        Some(self)
    }
}

fn captured_line(row: store::MovedRow) -> Movement {
    Movement {
        id: format!("capture_{}", row.token),
        kind: MovementKind::Capture,
        payment: row.merchant_ref.parse().ok(),
        refund: None,
        money: row.money,
        at: row.at,
        reference: row.token,
    }
}

fn refunded_line(row: store::MovedRow) -> Movement {
    Movement {
        id: format!("refund_{}", row.merchant_ref),
        kind: MovementKind::Refund,
        payment: None,
        refund: row.merchant_ref.parse().ok(),
        money: kernel::Money::new(-row.money.amount, row.money.currency),
        at: row.at,
        reference: row.merchant_ref,
    }
}

impl Sandbox {
    pub(super) async fn begin(&self) -> Result<Tx, db::Error> {
        self.db.begin(&Context::system("sandbox gateway")).await
    }
}

fn refused(code: &str, message: &str) -> GatewayError {
    GatewayError::Refused { code: code.to_owned(), message: message.to_owned() }
}
