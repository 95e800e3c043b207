//! What the adapters make of a service that is away, slow-witted or says no.

use std::sync::{Arc, Mutex};

use crate::support::{Served, serve};
use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use gateways::{
    PaymentGateway,
    payment::{
        GatewayError,
        stripe::{Stripe, StripeConfig},
    },
};
use kernel::Secret;

/// Answers every request the same.
async fn always(status: u16, headers: &'static [(&'static str, &'static str)], body: &'static str) -> Served {
    let answer = move || async move {
        let mut response: Response = (StatusCode::from_u16(status).expect("a status"), body).into_response();
        for (name, value) in headers {
            response.headers_mut().insert(*name, value.parse().expect("a header"));
        }
        response
    };
    serve(Router::new().fallback(answer)).await
}

fn stripe(url: &str) -> Stripe {
    let config = StripeConfig {
        api_url: url.parse().expect("a url"),
        secret_key: Secret::new("sk_test_12345".into()),
        webhook_secrets: vec![],
    };
    Stripe::new(config).expect("an adapter")
}

async fn fetched(url: &str) -> GatewayError {
    stripe(url).fetch("cs_1").await.expect_err("an error")
}

#[tokio::test]
async fn an_outage_passes_and_a_refusal_does_not() {
    assert!(fetched("http://127.0.0.1:1").await.is_passing());
    for status in [409, 429, 500, 503] {
        let served = always(status, &[], "{}").await;
        assert!(fetched(&served.url).await.is_passing(), "{status}");
    }
    let served = always(402, &[], r#"{"error":{"code":"card_declined","message":"no"}}"#).await;
    let error = fetched(&served.url).await;
    assert!(matches!(&error, GatewayError::Refused { code, .. } if code == "card_declined"), "{error:?}");
    let served = always(404, &[], "{}").await;
    assert!(matches!(fetched(&served.url).await, GatewayError::Unknown));
    let served = always(200, &[], "not json").await;
    assert!(matches!(fetched(&served.url).await, GatewayError::Unexpected(_)));
}

#[tokio::test]
async fn a_redirect_is_not_followed_with_our_key() {
    let served = always(302, &[("location", "http://127.0.0.1:1/steal")], "").await;

    let error = fetched(&served.url).await;

    assert!(matches!(error, GatewayError::Unexpected(_)), "{error:?}");
}

#[tokio::test]
async fn an_id_from_elsewhere_cannot_leave_its_place_in_the_path() {
    let paths = Arc::new(Mutex::new(Vec::new()));
    let served = serve(Router::new().fallback(note_path).with_state(Arc::clone(&paths))).await;

    let _ = stripe(&served.url).fetch("../../accounts?x=1").await;

    assert_eq!(*paths.lock().expect("not poisoned"), ["/v1/checkout/sessions/..%2F..%2Faccounts%3Fx=1"]);
}

async fn note_path(State(paths): State<Arc<Mutex<Vec<String>>>>, uri: axum::http::Uri) -> StatusCode {
    paths.lock().expect("not poisoned").push(uri.to_string());
    StatusCode::NOT_FOUND
}
