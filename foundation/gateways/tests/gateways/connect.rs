//! The side of the Stripe adapter that pays out, against a double: localstripe has neither accounts nor transfers nor disputes.

use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use gateways::{
    PaymentGateway,
    payment::{
        AccountRequest, AccountState, DisputeState, GatewayError, PayoutGateway, PayoutRequest, PayoutState,
        stripe::{Stripe, StripeConfig},
    },
};
use kernel::{
    Currency, Money, Random, Secret,
    ids::{PaymentId, PayoutId, PractitionerId},
};
use serde_json::{Value, json};

use crate::support::{Served, serve, stripe_double::Form, wall_clock};

#[derive(Default)]
struct Books {
    accounts: Vec<(String, Value)>,
    transfers: Vec<Value>,
    /// Keys that are remembered, with the transfer that each has made.
    keys: Vec<(String, usize)>,
    dispute: Value,
}

type Shared = Arc<Mutex<Books>>;

#[expect(clippy::disallowed_methods, reason = "a double of another company's service declares no audience")]
async fn double() -> (Shared, Served, Stripe) {
    let books = Shared::default();
    let router = Router::new()
        .route("/v1/accounts", post(open_account))
        .route("/v1/accounts/{id}", get(account))
        .route("/v1/account_links", post(link))
        .route("/v1/transfers", get(list).post(transfer))
        .route("/v1/transfers/{id}", get(find))
        .route("/v1/transfers/{id}/reversals", post(reverse))
        .route("/v1/disputes/{id}", get(dispute))
        .with_state(Arc::clone(&books));
    let served = serve(router).await;
    let config = StripeConfig {
        api_url: served.url.parse().expect("a url"),
        secret_key: Secret::new("sk_test".into()),
        webhook_secrets: vec![Secret::new("whsec_test".into())],
    };
    (books, served, Stripe::new(config).expect("an adapter"))
}

fn form(body: &Bytes) -> Form {
    serde_urlencoded::from_bytes(body).unwrap_or_default()
}

fn key(headers: &HeaderMap) -> String {
    headers["idempotency-key"].to_str().expect("a key").to_owned()
}

async fn open_account(State(books): State<Shared>, headers: HeaderMap, body: Bytes) -> Json<Value> {
    let (key, form, mut books) = (key(&headers), form(&body), books.lock().unwrap());
    assert_eq!((form["type"].as_str(), form["capabilities[transfers][requested]"].as_str()), ("express", "true"));
    let known = books.accounts.iter().find(|(known, _)| *known == key).map(|(_, account)| account.clone());
    let account = known.unwrap_or_else(|| {
        let account = json!({"id": format!("acct_{}", books.accounts.len()), "payouts_enabled": false});
        books.accounts.push((key, account.clone()));
        account
    });
    Json(account)
}

async fn account(State(books): State<Shared>, Path(id): Path<String>) -> Response {
    let books = books.lock().unwrap();
    let found = books.accounts.iter().find(|(_, account)| account["id"] == id.as_str());
    found.map_or_else(|| StatusCode::NOT_FOUND.into_response(), |(_, account)| Json(account.clone()).into_response())
}

async fn link(body: Bytes) -> Json<Value> {
    let form = form(&body);
    Json(json!({"url": format!("https://connect.stripe.test/{}?back={}", form["account"], form["return_url"])}))
}

async fn list(State(books): State<Shared>, Query(query): Query<Form>) -> Json<Value> {
    let books = books.lock().unwrap();
    let of_group =
        books.transfers.iter().filter(|transfer| transfer["transfer_group"] == query["transfer_group"].as_str());
    Json(json!({"data": of_group.collect::<Vec<_>>()}))
}

async fn transfer(State(books): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let (key, form, mut books) = (key(&headers), form(&body), books.lock().unwrap());
    if form["destination"] == "acct_empty" {
        let error = json!({"error": {"code": "balance_insufficient", "message": "Insufficient funds"}});
        return (StatusCode::BAD_REQUEST, Json(error)).into_response();
    }
    if let Some((_, place)) = books.keys.iter().find(|(known, _)| *known == key) {
        return Json(books.transfers[*place].clone()).into_response();
    }
    let transfer = json!({
        "id": format!("tr_{}", books.transfers.len()), "amount": form["amount"].parse::<i64>().unwrap(), "amount_reversed": 0,
        "currency": form["currency"], "transfer_group": form["transfer_group"],
    });
    let place = books.transfers.len();
    books.keys.push((key, place));
    books.transfers.push(transfer.clone());
    Json(transfer).into_response()
}

async fn find(State(books): State<Shared>, Path(id): Path<String>) -> Response {
    let books = books.lock().unwrap();
    let found = books.transfers.iter().find(|transfer| transfer["id"] == id.as_str());
    found.map_or_else(|| StatusCode::NOT_FOUND.into_response(), |transfer| Json(transfer.clone()).into_response())
}

async fn reverse(State(books): State<Shared>, Path(id): Path<String>) -> Json<Value> {
    let mut books = books.lock().unwrap();
    let found = books.transfers.iter_mut().find(|transfer| transfer["id"] == id.as_str()).expect("a transfer");
    found["amount_reversed"] = found["amount"].clone();
    Json(json!({"id": "trr_1"}))
}

async fn dispute(State(books): State<Shared>) -> Json<Value> {
    Json(books.lock().unwrap().dispute.clone())
}

fn payout(account_ref: &str) -> PayoutRequest {
    PayoutRequest {
        payout: Random::os().id::<PayoutId>(wall_clock()),
        account_ref: account_ref.into(),
        money: Money::new(2040, Currency::USD),
    }
}

#[tokio::test]
async fn an_account_is_opened_once_and_verified_when_stripe_says_so() {
    let (books, _served, stripe) = double().await;
    let payee = Random::os().id::<PractitionerId>(wall_clock());
    let request = AccountRequest { payee, email: "d@x.test".into(), country: Some("KE".into()) };
    let first = stripe.open_account(&request).await.expect("an account");
    assert_eq!(stripe.open_account(&request).await.expect("the same"), first);
    let link = stripe.onboarding_link(&first, "https://bedside.test/earnings/account").await.expect("a link");
    assert!(link.contains(&first) && link.ends_with("/earnings/account"));

    for (says, state) in [
        (json!({"payouts_enabled": false}), AccountState::Pending),
        (json!({"payouts_enabled": true, "details_submitted": false}), AccountState::Pending),
        (json!({"payouts_enabled": true, "details_submitted": true}), AccountState::Verified),
        (json!({"requirements": {"disabled_reason": "requirements.past_due"}}), AccountState::Pending),
        (json!({"requirements": {"disabled_reason": "rejected.fraud"}}), AccountState::Restricted),
    ] {
        let mut account = says.clone();
        account["id"] = first.as_str().into();
        books.lock().unwrap().accounts[0].1 = account;
        assert_eq!(stripe.fetch_account(&first).await.expect("it is known").state, state, "{says}");
    }
    assert!(matches!(stripe.fetch_account("acct_of_nobody").await, Err(GatewayError::Unknown)));
}

#[tokio::test]
async fn a_transfer_is_made_once_even_after_stripe_has_forgotten_the_key() {
    let (books, _served, stripe) = double().await;
    let request = payout("acct_0");
    let first = stripe.pay(&request).await.expect("a transfer");
    assert_eq!(stripe.pay(&request).await.expect("the same"), first);
    books.lock().unwrap().keys.clear();
    assert_eq!(stripe.pay(&request).await.expect("the same, by its group"), first);

    assert_eq!(books.lock().unwrap().transfers.len(), 1);
    assert_eq!((first.payout, first.money, first.state), (Some(request.payout), request.money, PayoutState::Paid));
    stripe.pay(&payout("acct_0")).await.expect("another payout is another transfer");
    assert_eq!(books.lock().unwrap().transfers.len(), 2);
}

#[tokio::test]
async fn a_reversed_transfer_has_come_back_and_a_refused_one_says_why() {
    let (_books, _served, stripe) = double().await;
    let request = payout("acct_0");
    let paid = stripe.pay(&request).await.expect("a transfer");
    let back = stripe.reverse_payout(request.payout, &paid.payout_ref).await.expect("it is reversed");
    assert_eq!((back.state, back.money), (PayoutState::Returned, request.money));

    let refused = stripe.pay(&payout("acct_empty")).await.expect_err("the platform has no balance");
    assert!(matches!(&refused, GatewayError::Refused { code, .. } if code == "balance_insufficient"), "{refused:?}");
}

#[tokio::test]
async fn a_dispute_names_our_payment_its_fee_and_its_deadline() {
    let (books, _served, stripe) = double().await;
    let payment = Random::os().id::<PaymentId>(wall_clock());
    for (status, state) in [
        ("needs_response", DisputeState::Open),
        ("under_review", DisputeState::UnderReview),
        ("won", DisputeState::Won),
        ("lost", DisputeState::Lost),
    ] {
        books.lock().unwrap().dispute = json!({
            "id": "dp_1", "amount": 2400, "currency": "usd", "reason": "fraudulent", "status": status,
            "payment_intent": {"id": "pi_1", "status": "succeeded", "metadata": {"bedside_payment": payment.to_string()}},
            "evidence_details": {"due_by": 1_790_000_000},
            "balance_transactions": [{"fee": 1500, "currency": "usd"}],
        });
        let remote = stripe.payouts().expect("it pays out").fetch_dispute("dp_1").await.expect("it is known");
        assert_eq!((remote.payment, remote.state, remote.fee), (Some(payment), state, 1500));
        assert_eq!(remote.money, Money::new(2400, Currency::USD));
        assert_eq!(remote.evidence_due_at.map(kernel::Timestamp::unix_seconds), Some(1_790_000_000));
    }
}
