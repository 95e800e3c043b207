//! The gateway's own books, page by page.

use crate::support::serve;
use axum::{Json, Router, extract::Query};
use gateways::{
    PaymentGateway,
    payment::{
        MovementKind,
        stripe::{Stripe, StripeConfig},
    },
};
use kernel::{
    Currency, Money, Secret, Timestamp,
    ids::{PaymentId, RefundId},
};
use serde_json::{Value, json};
use std::collections::HashMap;

const PAYMENT: &str = "01a043fe-c53c-7009-9144-81d38a757255";
const REFUND: &str = "01a043fe-c53c-7009-9144-81d38a757256";

/// Newest first, two to a page, as Stripe answers.
async fn list(Query(query): Query<HashMap<String, String>>) -> Json<Value> {
    assert_eq!((query["created[gte]"].as_str(), query["created[lt]"].as_str()), ("1000", "2000"));
    assert_eq!(query["expand[]"], "data.source");
    let all = [
        json!({"id": "txn_4", "type": "payout", "amount": -900, "currency": "eur", "created": 1900, "source": "po_1"}),
        json!({"id": "txn_3", "type": "refund", "amount": -920, "currency": "eur", "created": 1800,
               "source": {"id": "re_1", "amount": 1000, "currency": "usd", "metadata": {"bedside_refund": REFUND}}}),
        json!({"id": "txn_2", "type": "stripe_fee", "amount": -30, "currency": "eur", "created": 1200, "source": null}),
        json!({"id": "txn_1", "type": "charge", "amount": 2200, "currency": "eur", "created": 1100,
               "source": {"id": "ch_1", "amount": 2400, "currency": "usd", "metadata": {"bedside_payment": PAYMENT}}}),
    ];
    let start = match query.get("starting_after") {
        Some(after) => all.iter().position(|line| line["id"] == after.as_str()).map_or(0, |at| at + 1),
        None => 0,
    };
    let page: Vec<_> = all[start..].iter().take(2).cloned().collect();
    let has_more = start + page.len() < all.len();
    Json(json!({"object": "list", "data": page, "has_more": has_more}))
}

#[tokio::test]
async fn all_pages_are_read_and_amounts_are_the_payers() {
    let served = serve(Router::new().fallback(list)).await;
    let config = StripeConfig {
        api_url: served.url.parse().expect("a url"),
        secret_key: Secret::new("sk_test_12345".into()),
        webhook_secrets: vec![],
    };
    let stripe = Stripe::new(config).expect("an adapter");

    let lines = stripe
        .movements(Timestamp::from_unix_seconds(1000), Timestamp::from_unix_seconds(2000))
        .await
        .expect("the books");

    let short: Vec<_> = lines.iter().map(|line| (line.id.as_str(), line.kind, line.money.amount)).collect();
    let expected = [
        ("txn_1", MovementKind::Capture, 2400),
        ("txn_2", MovementKind::Other, -30),
        ("txn_3", MovementKind::Refund, -1000),
        ("txn_4", MovementKind::Other, -900),
    ];
    assert_eq!(short, expected);
    assert_eq!(lines[0].payment, PAYMENT.parse::<PaymentId>().ok());
    assert_eq!((lines[2].refund, lines[2].payment), (REFUND.parse::<RefundId>().ok(), None));
    assert_eq!(lines[2].money, Money::new(-1000, Currency::USD));
    assert_eq!((lines[0].reference.as_str(), lines[1].reference.as_str()), ("ch_1", "txn_2"));
}
