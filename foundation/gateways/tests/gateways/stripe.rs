//! The Stripe adapter against localstripe (intents, refunds, signed webhooks) with our own double of what it lacks
//! (Checkout sessions, idempotency keys) in front.

use std::time::Duration;

use crate::support::{localstripe, serve, stripe_double::StripeDouble, wall_clock};
use axum::{Router, body::Bytes, extract::State, http::HeaderMap};
use gateways::{
    PaymentGateway,
    payment::{
        About, CheckoutRequest, GatewayError, RefundRequest, RefundState, RemoteState,
        stripe::{API_VERSION, Stripe, StripeConfig},
    },
};
use kernel::{
    Currency, Locale, Money, Random, Secret,
    ids::{PaymentId, RefundId},
};
use tokio::sync::mpsc;

const GOOD_CARD: &str = "4242424242424242";
const DECLINED_CARD: &str = "4000000000000341";
const SECRET: &str = "whsec_test";

fn adapter(url: &str) -> Stripe {
    let config = StripeConfig {
        api_url: url.parse().expect("a url"),
        secret_key: Secret::new("sk_test_12345".into()),
        webhook_secrets: vec![Secret::new("whsec_new".into()), Secret::new(SECRET.into())],
    };
    Stripe::new(config).expect("an adapter")
}

fn request() -> CheckoutRequest {
    let now = wall_clock();
    CheckoutRequest {
        payment: Random::os().id::<PaymentId>(now),
        money: Money::new(2400, Currency::USD),
        description: "Bedside".into(),
        success_url: "https://bedside.test/back".into(),
        cancel_url: "https://bedside.test/back".into(),
        locale: Locale::Ar,
        expires_at: now.plus_minutes(30),
    }
}

fn refund_of(gateway_ref: &str, amount: i64) -> RefundRequest {
    RefundRequest {
        refund: Random::os().id::<RefundId>(wall_clock()),
        gateway_ref: gateway_ref.into(),
        money: Money::new(amount, Currency::USD),
    }
}

#[tokio::test]
async fn a_checkout_is_opened_once_however_often_it_is_asked_for() {
    let (double, served) = StripeDouble::start("http://127.0.0.1:1").await;
    let stripe = adapter(&served.url);
    let request = request();

    let first = stripe.create_checkout(&request).await.expect("a checkout");
    let again = stripe.create_checkout(&request).await.expect("the same checkout");

    assert_eq!(first, again);
    assert_eq!(double.sessions(), 1);
    let asked = double.asked().remove(0);
    assert_eq!(asked.headers["stripe-version"], API_VERSION);
    assert_eq!(asked.headers["authorization"], "Bearer sk_test_12345");
    assert_eq!(asked.headers["idempotency-key"], request.payment.to_string());
    assert_eq!(asked.form["client_reference_id"], request.payment.to_string());
    assert_eq!(asked.form["line_items[0][price_data][unit_amount]"], "2400");
    assert_eq!(asked.form["line_items[0][price_data][currency]"], "usd");
    assert_eq!(asked.form["locale"], "ar");
}

#[tokio::test]
async fn an_open_checkout_can_be_closed_and_a_closed_one_stays_closed() {
    let (_double, served) = StripeDouble::start("http://127.0.0.1:1").await;
    let stripe = adapter(&served.url);
    let checkout = stripe.create_checkout(&request()).await.expect("a checkout");
    assert_eq!(stripe.fetch(&checkout.gateway_ref).await.expect("it is known").state, RemoteState::Open);

    stripe.expire(&checkout.gateway_ref).await.expect("it closes");
    stripe.expire(&checkout.gateway_ref).await.expect("closing twice is fine");

    assert_eq!(stripe.fetch(&checkout.gateway_ref).await.expect("it is known").state, RemoteState::Cancelled);
}

#[tokio::test]
async fn a_card_that_is_accepted_is_a_capture_of_the_amount_asked_for() {
    let Some(local) = localstripe::start().await else { return };
    let (double, served) = StripeDouble::start(&local.url).await;
    let stripe = adapter(&served.url);
    let request = request();
    let checkout = stripe.create_checkout(&request).await.expect("a checkout");

    assert!(double.pay(&checkout.gateway_ref, GOOD_CARD).await);

    let remote = stripe.fetch(&checkout.gateway_ref).await.expect("it is known");
    assert_eq!(remote.payment, Some(request.payment));
    assert_eq!(remote.money, request.money);
    let RemoteState::Captured { at } = remote.state else { panic!("it is captured, not {:?}", remote.state) };
    assert!(at.seconds_since(wall_clock()).abs() < 60);
}

#[tokio::test]
async fn a_card_that_is_declined_leaves_the_checkout_open() {
    let Some(local) = localstripe::start().await else { return };
    let (double, served) = StripeDouble::start(&local.url).await;
    let stripe = adapter(&served.url);
    let checkout = stripe.create_checkout(&request()).await.expect("a checkout");

    assert!(!double.pay(&checkout.gateway_ref, DECLINED_CARD).await);

    assert_eq!(stripe.fetch(&checkout.gateway_ref).await.expect("it is known").state, RemoteState::Open);
}

#[tokio::test]
async fn a_refund_is_made_once_however_often_it_is_asked_for() {
    let Some(local) = localstripe::start().await else { return };
    let (double, served) = StripeDouble::start(&local.url).await;
    let stripe = adapter(&served.url);
    let checkout = stripe.create_checkout(&request()).await.expect("a checkout");
    assert!(double.pay(&checkout.gateway_ref, GOOD_CARD).await);
    let refund = refund_of(&checkout.gateway_ref, 1000);

    let first = stripe.refund(&refund).await.expect("a refund");
    let again = stripe.refund(&refund).await.expect("the same refund");

    assert_eq!(first, again);
    assert_eq!(first.state, RefundState::Succeeded);
    assert_eq!(double.refunds_at_localstripe(&checkout.gateway_ref).await, 1);
    assert_eq!(stripe.fetch_refund(&first.refund_ref).await.expect("it is known"), first);
}

#[tokio::test]
async fn a_refund_whose_answer_was_lost_for_longer_than_keys_are_kept_is_still_made_once() {
    let Some(local) = localstripe::start().await else { return };
    let (double, served) = StripeDouble::start(&local.url).await;
    let stripe = adapter(&served.url);
    let checkout = stripe.create_checkout(&request()).await.expect("a checkout");
    assert!(double.pay(&checkout.gateway_ref, GOOD_CARD).await);
    let refund = refund_of(&checkout.gateway_ref, 1000);

    let first = stripe.refund(&refund).await.expect("a refund");
    double.forget_keys();
    let again = stripe.refund(&refund).await.expect("the same refund");
    let other = stripe.refund(&refund_of(&checkout.gateway_ref, 1000)).await.expect("another one");

    assert_eq!(first.refund_ref, again.refund_ref);
    assert_ne!(first.refund_ref, other.refund_ref);
    assert_eq!(double.refunds_at_localstripe(&checkout.gateway_ref).await, 2);
}

#[tokio::test]
async fn a_refund_of_what_was_not_paid_is_refused_for_good() {
    let (_double, served) = StripeDouble::start("http://127.0.0.1:1").await;
    let stripe = adapter(&served.url);
    let checkout = stripe.create_checkout(&request()).await.expect("a checkout");

    let error = stripe.refund(&refund_of(&checkout.gateway_ref, 1000)).await.expect_err("nothing was paid");

    assert!(matches!(error, GatewayError::Refused { .. }), "{error:?}");
}

type Inbox = mpsc::UnboundedSender<(HeaderMap, Bytes)>;

#[tokio::test]
async fn a_webhook_signed_by_localstripe_is_believed_and_an_altered_one_is_not() {
    let Some(local) = localstripe::start().await else { return };
    let (send, mut inbox) = mpsc::unbounded_channel();
    let ours = serve(Router::new().fallback(take).with_state(send)).await;
    let (double, served) = StripeDouble::start(&local.url).await;
    register_webhook(&local.url, &ours.url).await;
    let stripe = adapter(&served.url);
    let request = request();
    let checkout = stripe.create_checkout(&request).await.expect("a checkout");

    assert!(double.pay(&checkout.gateway_ref, GOOD_CARD).await);

    let news = tokio::time::timeout(Duration::from_secs(20), inbox.recv()).await.expect("in time");
    let (headers, body) = news.expect("a webhook");
    let event = stripe.verify_webhook(&headers, &body, wall_clock()).expect("it is genuine");
    assert_eq!(event.kind, "payment_intent.succeeded");
    assert_eq!(event.about, About::Payment(request.payment));
    let altered = String::from_utf8_lossy(&body).replace("2400", "2401");
    assert!(stripe.verify_webhook(&headers, altered.as_bytes(), wall_clock()).is_err());
    assert!(stripe.verify_webhook(&headers, &body, wall_clock().plus_seconds(301)).is_err());
    assert!(stripe.verify_webhook(&HeaderMap::new(), &body, wall_clock()).is_err());
}

async fn take(State(inbox): State<Inbox>, headers: HeaderMap, body: Bytes) {
    let _ = inbox.send((headers, body));
}

async fn register_webhook(localstripe: &str, url: &str) {
    let http = reqwest::Client::builder().build().expect("a client");
    let form = [("url", url), ("secret", SECRET), ("events[]", "payment_intent.succeeded")];
    let answer =
        http.post(format!("{localstripe}/_config/webhooks/test")).form(&form).send().await.expect("it answers");
    assert!(answer.status().is_success());
}
