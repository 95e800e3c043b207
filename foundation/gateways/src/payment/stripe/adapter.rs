use async_trait::async_trait;
use http::HeaderMap;
use kernel::Timestamp;

use super::{
    NAME, SIGNATURE_HEADER, Stripe,
    wire::{BalanceTransaction, Event, Expandable, Intent, List, Refund, Session},
};
use crate::payment::{
    About, Checkout, CheckoutRequest, GatewayError, Movement, PaymentGateway, PayoutGateway, RefundRequest,
    RemotePayment, RemoteRefund, WebhookError, WebhookEvent, signature,
};

/// Stripe closes a session no earlier than half an hour after it was opened.
const SHORTEST_SESSION_MINUTES: i64 = 31;
/// And no later than a day; what is payable for longer gets another session then.
const LONGEST_SESSION_MINUTES: i64 = 24 * 60 - 5;
/// Where our payment's id travels in the metadata of session, intent and refund.
pub(super) const PAYMENT_KEY: &str = "bedside_payment";

#[async_trait]
impl PaymentGateway for Stripe {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn create_checkout(&self, request: &CheckoutRequest) -> Result<Checkout, GatewayError> {
        let form = session_form(request);
        let session: Session =
            self.client.post(&["checkout", "sessions"], &form, Some(request.payment.to_string())).await?;
        let checkout_url = session.url.ok_or_else(|| GatewayError::Unexpected("the session has no page".into()))?;
        Ok(Checkout { gateway_ref: session.id, checkout_url })
    }

    async fn fetch(&self, gateway_ref: &str) -> Result<RemotePayment, GatewayError> {
        let session: Session = self.client.get(&["checkout", "sessions", gateway_ref], &[]).await?;
        let intent = self.intent(&session).await?;
        Ok(RemotePayment {
            payment: session.client_reference_id.as_deref().and_then(|id| id.parse().ok()),
            money: session.money()?,
            state: session.state(intent.as_ref()),
            fee: session.fee(intent.as_ref()),
            gateway_ref: session.id,
        })
    }

    async fn expire(&self, gateway_ref: &str) -> Result<(), GatewayError> {
        let answer: Result<Session, GatewayError> =
            self.client.post(&["checkout", "sessions", gateway_ref, "expire"], &[], None).await;
        match answer {
            // Refused: it is complete or expired already, and fetching it will say which.
            Ok(_) | Err(GatewayError::Refused { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn refund(&self, request: &RefundRequest) -> Result<RemoteRefund, GatewayError> {
        let session: Session = self.client.get(&["checkout", "sessions", &request.gateway_ref], &[]).await?;
        let intent = intent_id(&session).ok_or_else(|| GatewayError::Refused {
            code: "nothing_captured".into(),
            message: "the session has no payment".into(),
        })?;
        if let Some(made) = self.refund_made(&intent, request).await? {
            return Ok(made.into());
        }
        let form = [
            ("payment_intent", intent),
            ("amount", request.money.amount.to_string()),
            ("metadata[bedside_refund]", request.refund.to_string()),
        ];
        let refund: Refund = self.client.post(&["refunds"], &form, Some(request.refund.to_string())).await?;
        Ok(refund.into())
    }

    async fn fetch_refund(&self, refund_ref: &str) -> Result<RemoteRefund, GatewayError> {
        let refund: Refund = self.client.get(&["refunds", refund_ref], &[]).await?;
        Ok(refund.into())
    }

    async fn movements(&self, from: Timestamp, until: Timestamp) -> Result<Vec<Movement>, GatewayError> {
        let (from, until) = (from.unix_seconds().to_string(), until.unix_seconds().to_string());
        let mut movements = Vec::new();
        let mut after = None::<String>;
        loop {
            let mut query = vec![
                ("created[gte]", from.as_str()),
                ("created[lt]", until.as_str()),
                ("limit", "100"),
                ("expand[]", "data.source"),
            ];
            if let Some(after) = &after {
                query.push(("starting_after", after));
            }
            let page: List<BalanceTransaction> = self.client.get(&["balance_transactions"], &query).await?;
            after = page.data.last().map(|last| last.id.clone());
            for transaction in page.data {
                movements.push(transaction.movement()?);
            }
            if !page.has_more || after.is_none() {
                break;
            }
        }
        // Stripe lists the newest first.
        movements.reverse();
        Ok(movements)
    }

    fn verify_webhook(&self, headers: &HeaderMap, body: &[u8], now: Timestamp) -> Result<WebhookEvent, WebhookError> {
        let header =
            headers.get(SIGNATURE_HEADER).and_then(|value| value.to_str().ok()).ok_or(WebhookError::Unsigned)?;
        signature::verify(header, body, &self.webhook_secrets, now)?;
        let event: Event = serde_json::from_slice(body).map_err(|_| WebhookError::Unreadable)?;
        Ok(WebhookEvent { about: about(&event), id: event.id, kind: event.kind })
    }

    fn payouts(&self) -> Option<&dyn PayoutGateway> {
        Some(self)
    }
}

impl Stripe {
    /// A refund of this id that Stripe has made already. It forgets idempotency keys after a day, and an answer may be lost for
    /// longer than that.
    async fn refund_made(&self, intent: &str, request: &RefundRequest) -> Result<Option<Refund>, GatewayError> {
        let ours = request.refund.to_string();
        let query = [("payment_intent", intent), ("limit", "100")];
        let known: List<Refund> = self.client.get(&["refunds"], &query).await?;
        Ok(known.data.into_iter().find(|refund| refund.names(&ours)))
    }

    async fn intent(&self, session: &Session) -> Result<Option<Intent>, GatewayError> {
        let Some(id) = intent_id(session) else { return Ok(None) };
        let intent =
            self.client.get(&["payment_intents", &id], &[("expand[]", "latest_charge.balance_transaction")]).await?;
        Ok(Some(intent))
    }
}

fn intent_id(session: &Session) -> Option<String> {
    match session.payment_intent.as_ref()? {
        Expandable::Id(id) => Some(id.clone()),
        Expandable::Object(intent) => Some(intent.id.clone()),
    }
}

/// Session events by the session; intent events by our payment's id in the metadata. Neither is believed beyond that.
fn about(event: &Event) -> About {
    let object = &event.data.object;
    if event.kind.starts_with("checkout.session.") {
        return object.id.clone().map_or(About::Nothing, About::Checkout);
    }
    let named = |about: fn(String) -> About| object.id.clone().map_or(About::Nothing, about);
    if event.kind == "account.updated" {
        return named(About::Account);
    }
    if event.kind.starts_with("transfer.") {
        return named(About::Payout);
    }
    if event.kind.starts_with("charge.dispute.") {
        return named(About::Dispute);
    }
    if event.kind.starts_with("payment_intent.") {
        let ours =
            object.metadata.as_ref().and_then(|metadata| metadata.get(PAYMENT_KEY)).and_then(|id| id.parse().ok());
        return ours.map_or(About::Nothing, About::Payment);
    }
    About::Nothing
}

fn session_form(request: &CheckoutRequest) -> Vec<(&'static str, String)> {
    let payment = request.payment.to_string();
    // UUIDv7 carries the millisecond it was made in, so the same payment always asks for the same end: with the same
    // idempotency key Stripe refuses a form that differs.
    let made_at = made_at(request);
    let shortest = made_at.map_or(request.expires_at, |at| at.plus_minutes(SHORTEST_SESSION_MINUTES));
    let longest = made_at.map_or(request.expires_at, |at| at.plus_minutes(LONGEST_SESSION_MINUTES));
    vec![
        ("mode", "payment".into()),
        ("client_reference_id", payment.clone()),
        ("success_url", request.success_url.clone()),
        ("cancel_url", request.cancel_url.clone()),
        ("locale", request.locale.tag().into()),
        ("expires_at", request.expires_at.min(longest).max(shortest).unix_seconds().to_string()),
        ("payment_method_types[0]", "card".into()),
        ("line_items[0][quantity]", "1".into()),
        ("line_items[0][price_data][currency]", request.money.currency.code().to_lowercase()),
        ("line_items[0][price_data][unit_amount]", request.money.amount.to_string()),
        ("line_items[0][price_data][product_data][name]", request.description.clone()),
        ("metadata[bedside_payment]", payment.clone()),
        ("payment_intent_data[metadata][bedside_payment]", payment),
    ]
}

fn made_at(request: &CheckoutRequest) -> Option<Timestamp> {
    let (seconds, _) = request.payment.uuid().get_timestamp()?.to_unix();
    i64::try_from(seconds).ok().map(Timestamp::from_unix_seconds)
}

#[cfg(test)]
mod tests {
    use kernel::{Currency, Locale, Money, Random, ids::PaymentId};

    use super::*;

    fn request(expires_in_minutes: i64) -> CheckoutRequest {
        let now = Timestamp::from_unix_seconds(1_790_000_000);
        CheckoutRequest {
            payment: Random::seeded(1).id::<PaymentId>(now),
            money: Money::new(2400, Currency::USD),
            description: "Bedside".into(),
            success_url: "https://x/ok".into(),
            cancel_url: "https://x/no".into(),
            locale: Locale::En,
            expires_at: now.plus_minutes(expires_in_minutes),
        }
    }

    fn closes_at(request: &CheckoutRequest) -> String {
        session_form(request).into_iter().find(|(name, _)| *name == "expires_at").expect("it closes").1
    }

    #[test]
    fn a_session_is_open_no_shorter_than_stripe_allows() {
        assert_eq!(closes_at(&request(5)), (1_790_000_000 + 31 * 60).to_string());
        assert_eq!(closes_at(&request(60)), (1_790_000_000 + 60 * 60).to_string());
        let day = 24 * 60;
        assert_eq!(closes_at(&request(14 * day)), (1_790_000_000 + (day - 5) * 60).to_string(), "nor longer");
    }

    #[test]
    fn an_event_about_anything_else_is_about_nothing() {
        let event = |kind: &str| Event {
            id: "evt_1".into(),
            kind: kind.into(),
            data: super::super::wire::EventData {
                object: super::super::wire::EventObject { id: Some("cs_1".into()), metadata: None },
            },
        };
        assert_eq!(about(&event("checkout.session.completed")), About::Checkout("cs_1".into()));
        assert_eq!(about(&event("payment_intent.succeeded")), About::Nothing);
        assert_eq!(about(&event("customer.created")), About::Nothing);
        assert_eq!(about(&event("account.updated")), About::Account("cs_1".into()));
        assert_eq!(about(&event("transfer.reversed")), About::Payout("cs_1".into()));
        assert_eq!(about(&event("charge.dispute.created")), About::Dispute("cs_1".into()));
    }
}
