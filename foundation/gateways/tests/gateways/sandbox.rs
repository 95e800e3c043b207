//! The sandbox: what the payer presses, what the merchant sees, what the webhook says.

#[path = "../../../vault/tests/support/mod.rs"]
#[expect(dead_code, reason = "shared with tests that play the intruder")]
pub(crate) mod support;

use axum::http::{HeaderMap, HeaderValue};
use db::{Context, Tx};
use gateways::{
    PaymentGateway,
    payment::{
        About, CheckoutRequest, GatewayError, MovementKind, RefundRequest, RemoteState, WebhookError,
        sandbox::{Answer, AnswerError, Delivery, SIGNATURE_HEADER, Sandbox},
    },
};
use kernel::{
    Currency, Locale, Money, Random, Secret,
    ids::{PaymentId, RefundId},
};
use support::TestDb;
use tokio::task::JoinSet;

pub(crate) async fn sandbox() -> (TestDb, Sandbox) {
    let test = TestDb::new().await;
    let sandbox = Sandbox::open(test.db.clone(), "http://bedside.test/").await.unwrap();
    (test, sandbox)
}

pub(crate) async fn begin(test: &TestDb) -> Tx {
    test.db.begin(&Context::system("test")).await.unwrap()
}

pub(crate) async fn request(test: &TestDb) -> CheckoutRequest {
    let mut tx = begin(test).await;
    CheckoutRequest {
        payment: tx.id::<PaymentId>(),
        money: Money::new(1000, Currency::USD),
        description: "Bedside".into(),
        success_url: "http://bedside.test/back".into(),
        cancel_url: "http://bedside.test/back".into(),
        locale: Locale::En,
        expires_at: tx.now().plus_minutes(30),
    }
}

/// What the payer presses, and the webhook that follows.
pub(crate) async fn press(
    test: &TestDb,
    sandbox: &Sandbox,
    token: &str,
    answer: Answer,
) -> Result<Delivery, AnswerError> {
    let mut tx = begin(test).await;
    let event = sandbox.answer(&mut tx, token, answer).await?;
    let delivery = sandbox.delivery(&mut tx, event).await?.expect("the event is known");
    tx.commit().await?;
    Ok(delivery)
}

pub(crate) fn headers(delivery: &Delivery) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(SIGNATURE_HEADER, HeaderValue::from_str(&delivery.signature).unwrap());
    headers
}

#[tokio::test]
async fn a_checkout_is_opened_once_and_not_for_another_amount() {
    let (test, sandbox) = sandbox().await;
    let request = request(&test).await;

    let first = sandbox.create_checkout(&request).await.unwrap();
    let again = sandbox.create_checkout(&request).await.unwrap();
    let dearer = CheckoutRequest { money: Money::new(2000, Currency::USD), ..request };
    let error = sandbox.create_checkout(&dearer).await.unwrap_err();

    assert_eq!(first, again);
    assert_eq!(first.checkout_url, format!("http://bedside.test/sandbox/pay/{}", first.gateway_ref));
    assert!(matches!(error, GatewayError::Refused { .. }), "{error:?}");
}

#[tokio::test]
async fn approving_captures_once_and_is_reported_with_a_signature() {
    let (test, sandbox) = sandbox().await;
    let request = request(&test).await;
    let token = sandbox.create_checkout(&request).await.unwrap().gateway_ref;

    let delivery = press(&test, &sandbox, &token, Answer::Approve).await.unwrap();

    let remote = sandbox.fetch(&token).await.unwrap();
    assert!(matches!(remote.state, RemoteState::Captured { .. }));
    assert_eq!((remote.payment, remote.money), (Some(request.payment), request.money));
    let now = begin(&test).await.now();
    let event = sandbox.verify_webhook(&headers(&delivery), &delivery.body, now).unwrap();
    assert_eq!((event.kind.as_str(), event.about), ("checkout.captured", About::Checkout(token.clone())));
    let altered = String::from_utf8(delivery.body.clone()).unwrap().replace("captured", "declined");
    let refused = sandbox.verify_webhook(&headers(&delivery), altered.as_bytes(), now).unwrap_err();
    assert_eq!(refused, WebhookError::Forged);
    let late = sandbox.verify_webhook(&headers(&delivery), &delivery.body, now.plus_seconds(302)).unwrap_err();
    assert_eq!(late, WebhookError::Stale);
    assert!(matches!(press(&test, &sandbox, &token, Answer::Decline).await, Err(AnswerError::Closed)));
}

#[tokio::test]
async fn a_delay_is_processing_until_the_money_arrives() {
    let (test, sandbox) = sandbox().await;
    let token = sandbox.create_checkout(&request(&test).await).await.unwrap().gateway_ref;

    press(&test, &sandbox, &token, Answer::Delay).await.unwrap();
    assert_eq!(sandbox.fetch(&token).await.unwrap().state, RemoteState::Processing);
    sandbox.expire(&token).await.unwrap();
    assert_eq!(sandbox.fetch(&token).await.unwrap().state, RemoteState::Processing, "money under way is not stopped");
    let mut tx = begin(&test).await;
    sandbox.settle(&mut tx, &token).await.unwrap();
    tx.commit().await.unwrap();

    assert!(matches!(sandbox.fetch(&token).await.unwrap().state, RemoteState::Captured { .. }));
}

#[tokio::test]
async fn a_closed_page_takes_no_money() {
    let (test, sandbox) = sandbox().await;
    let token = sandbox.create_checkout(&request(&test).await).await.unwrap().gateway_ref;

    sandbox.expire(&token).await.unwrap();

    assert!(matches!(press(&test, &sandbox, &token, Answer::Approve).await, Err(AnswerError::Closed)));
    assert_eq!(sandbox.fetch(&token).await.unwrap().state, RemoteState::Cancelled);
    assert!(matches!(press(&test, &sandbox, "nonsense", Answer::Approve).await, Err(AnswerError::NotFound)));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_is_given_back_than_was_captured_and_a_key_counts_once() {
    let (test, sandbox) = sandbox().await;
    let token = sandbox.create_checkout(&request(&test).await).await.unwrap().gateway_ref;
    press(&test, &sandbox, &token, Answer::Approve).await.unwrap();
    let now = begin(&test).await.now();
    let refund = |amount: i64| RefundRequest {
        refund: Random::os().id::<RefundId>(now),
        gateway_ref: token.clone(),
        money: Money::new(amount, Currency::USD),
    };

    let once = refund(100);
    assert_eq!(sandbox.refund(&once).await.unwrap(), sandbox.refund(&once).await.unwrap());
    let mut storm = JoinSet::new();
    for _ in 0..40 {
        let (sandbox, refund) = (sandbox.clone(), refund(100));
        storm.spawn(async move { sandbox.refund(&refund).await.is_ok() });
    }
    let made = storm.join_all().await.into_iter().filter(|made| *made).count();

    assert_eq!(made, 9);
}

#[tokio::test]
async fn its_books_say_what_moved_and_when() {
    let (test, sandbox) = sandbox().await;
    let paid = request(&test).await;
    let token = sandbox.create_checkout(&paid).await.unwrap().gateway_ref;
    sandbox.create_checkout(&request(&test).await).await.unwrap();
    press(&test, &sandbox, &token, Answer::Approve).await.unwrap();
    let before = begin(&test).await.now();
    test.db.clock().shift_seconds(3 * 86_400);
    let refund = begin(&test).await.id::<RefundId>();
    let back = RefundRequest { refund, gateway_ref: token.clone(), money: Money::new(400, Currency::USD) };
    sandbox.refund(&back).await.unwrap();

    let now = begin(&test).await.now();
    let all = sandbox.movements(before.plus_days(-1), now.plus_seconds(1)).await.unwrap();
    let late = sandbox.movements(before.plus_days(1), now.plus_seconds(1)).await.unwrap();

    let short: Vec<_> = all.iter().map(|line| (line.kind, line.money.amount, line.payment, line.refund)).collect();
    let capture = (MovementKind::Capture, 1000, Some(paid.payment), None);
    let returned = (MovementKind::Refund, -400, None, Some(refund));
    assert_eq!(short, [capture, returned]);
    assert_eq!(late, all[1..], "dated by the database's clock");
}

#[tokio::test]
async fn every_process_of_an_installation_signs_with_the_same_secret() {
    let (test, first) = sandbox().await;
    let second = Sandbox::open(test.db.clone(), "http://bedside.test").await.unwrap();
    let other = Sandbox::with_secrets(test.db.clone(), "http://bedside.test", vec![Secret::new("another".into())]);
    let token = first.create_checkout(&request(&test).await).await.unwrap().gateway_ref;

    let delivery = press(&test, &first, &token, Answer::Approve).await.unwrap();

    let now = begin(&test).await.now();
    assert!(second.verify_webhook(&headers(&delivery), &delivery.body, now).is_ok());
    assert!(other.verify_webhook(&headers(&delivery), &delivery.body, now).is_err());
}
