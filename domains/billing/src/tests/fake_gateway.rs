//! A gateway that answers whatever a test wants, signs as the real ones do, and can be away.

use std::{
    collections::HashMap,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use async_trait::async_trait;
use axum::http::HeaderMap;
use gateways::{
    PaymentGateway,
    payment::{
        About, Checkout, CheckoutRequest, GatewayError, Movement, MovementKind, RefundRequest, RefundState,
        RemotePayment, RemoteRefund, RemoteState, WebhookError, WebhookEvent, signature,
    },
};
use kernel::{Money, Secret, Timestamp, ids::RefundId};

#[derive(Debug)]
pub(super) struct FakeGateway {
    secret: Secret<String>,
    books: Mutex<HashMap<String, RemotePayment>>,
    refunds: Mutex<HashMap<RefundId, (RefundRequest, Timestamp)>>,
    /// When it thinks it is.
    clock: Mutex<Timestamp>,
    /// What it makes of its own books when asked for them.
    bookkeeper: Mutex<fn(Vec<Movement>) -> Vec<Movement>>,
    refund_answer: Mutex<RefundState>,
    away: AtomicBool,
    opened: AtomicU32,
}

impl FakeGateway {
    pub(super) fn new() -> Self {
        Self {
            secret: Secret::new("the fake gateway's secret".into()),
            books: Mutex::default(),
            refunds: Mutex::default(),
            clock: Mutex::new(Timestamp::from_unix_seconds(0)),
            bookkeeper: Mutex::new(|books| books),
            refund_answer: Mutex::new(RefundState::Succeeded),
            away: AtomicBool::new(false),
            opened: AtomicU32::new(0),
        }
    }

    pub(super) fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    pub(super) fn answer_refunds(&self, state: RefundState) {
        *self.refund_answer.lock().unwrap() = state;
    }

    /// Change what the gateway says of a payment.
    pub(super) fn change(&self, gateway_ref: &str, change: impl FnOnce(&mut RemotePayment)) {
        change(self.books.lock().unwrap().get_mut(gateway_ref).expect("a checkout"));
    }

    pub(super) fn state_of(&self, gateway_ref: &str) -> RemoteState {
        self.books.lock().unwrap()[gateway_ref].state
    }

    /// How many checkouts were opened.
    pub(super) fn opened(&self) -> u32 {
        self.opened.load(Ordering::SeqCst)
    }

    /// What was given back, in minor units.
    pub(super) fn given_back(&self) -> i64 {
        self.refunds.lock().unwrap().values().map(|(refund, _)| refund.money.amount).sum()
    }

    pub(super) fn set_clock(&self, now: Timestamp) {
        *self.clock.lock().unwrap() = now;
    }

    /// From now on the books it shows are these.
    pub(super) fn keep_books_by(&self, bookkeeper: fn(Vec<Movement>) -> Vec<Movement>) {
        *self.bookkeeper.lock().unwrap() = bookkeeper;
    }

    /// A signed report.
    pub(super) fn report(&self, event: &str, gateway_ref: &str, at: Timestamp) -> (HeaderMap, Vec<u8>) {
        let body = format!(r#"{{"id":"{event}","checkout":"{gateway_ref}"}}"#).into_bytes();
        let mut headers = HeaderMap::new();
        headers.insert("fake-signature", signature::sign(&self.secret, &body, at).parse().unwrap());
        (headers, body)
    }

    fn here(&self) -> Result<(), GatewayError> {
        if self.away.load(Ordering::SeqCst) { Err(GatewayError::Unreachable("away".into())) } else { Ok(()) }
    }
}

#[async_trait]
impl PaymentGateway for FakeGateway {
    fn name(&self) -> &'static str {
        "fake"
    }

    async fn create_checkout(&self, request: &CheckoutRequest) -> Result<Checkout, GatewayError> {
        self.here()?;
        let gateway_ref = format!("fake_{}", request.payment);
        let mut books = self.books.lock().unwrap();
        books.entry(gateway_ref.clone()).or_insert_with(|| {
            self.opened.fetch_add(1, Ordering::SeqCst);
            RemotePayment {
                gateway_ref: gateway_ref.clone(),
                payment: Some(request.payment),
                money: request.money,
                state: RemoteState::Open,
            }
        });
        Ok(Checkout { checkout_url: format!("https://fake.test/{gateway_ref}"), gateway_ref })
    }

    async fn fetch(&self, gateway_ref: &str) -> Result<RemotePayment, GatewayError> {
        self.here()?;
        self.books.lock().unwrap().get(gateway_ref).cloned().ok_or(GatewayError::Unknown)
    }

    async fn expire(&self, gateway_ref: &str) -> Result<(), GatewayError> {
        self.here()?;
        if let Some(payment) = self.books.lock().unwrap().get_mut(gateway_ref)
            && payment.state == RemoteState::Open
        {
            payment.state = RemoteState::Cancelled;
        }
        Ok(())
    }

    async fn refund(&self, request: &RefundRequest) -> Result<RemoteRefund, GatewayError> {
        self.here()?;
        let state = *self.refund_answer.lock().unwrap();
        if state == RefundState::Succeeded {
            self.refunds.lock().unwrap().insert(request.refund, (request.clone(), *self.clock.lock().unwrap()));
        }
        Ok(RemoteRefund { refund_ref: request.refund.to_string(), state })
    }

    async fn fetch_refund(&self, refund_ref: &str) -> Result<RemoteRefund, GatewayError> {
        self.here()?;
        Ok(RemoteRefund { refund_ref: refund_ref.into(), state: *self.refund_answer.lock().unwrap() })
    }

    async fn movements(&self, from: Timestamp, until: Timestamp) -> Result<Vec<Movement>, GatewayError> {
        self.here()?;
        let captured = self.books.lock().unwrap().values().filter_map(captured_line).collect::<Vec<_>>();
        let refunded = self.refunds.lock().unwrap().values().map(refunded_line).collect::<Vec<_>>();
        let mut books = [captured, refunded].concat();
        books.sort_by_key(|line| (line.at, line.id.clone()));
        let bookkeeper = *self.bookkeeper.lock().unwrap();
        let shown = bookkeeper(books).into_iter().filter(|line| from <= line.at && line.at < until);
        Ok(shown.collect())
    }

    fn verify_webhook(&self, headers: &HeaderMap, body: &[u8], now: Timestamp) -> Result<WebhookEvent, WebhookError> {
        let header = headers.get("fake-signature").and_then(|value| value.to_str().ok());
        signature::verify(header.ok_or(WebhookError::Unsigned)?, body, std::slice::from_ref(&self.secret), now)?;
        let event: serde_json::Value = serde_json::from_slice(body).map_err(|_| WebhookError::Unreadable)?;
        let text = |name: &str| event[name].as_str().unwrap_or_default().to_owned();
        let about = if text("checkout").is_empty() { About::Nothing } else { About::Checkout(text("checkout")) };
        Ok(WebhookEvent { id: text("id"), kind: "fake.event".into(), about })
    }
}

fn captured_line(payment: &RemotePayment) -> Option<Movement> {
    let RemoteState::Captured { at } = payment.state else { return None };
    Some(Movement {
        id: format!("line_{}", payment.gateway_ref),
        kind: MovementKind::Capture,
        reference: payment.gateway_ref.clone(),
        payment: payment.payment,
        refund: None,
        money: payment.money,
        at,
    })
}

fn refunded_line((refund, at): &(RefundRequest, Timestamp)) -> Movement {
    Movement {
        id: format!("line_{}", refund.refund),
        kind: MovementKind::Refund,
        reference: refund.refund.to_string(),
        payment: None,
        refund: Some(refund.refund),
        money: Money::new(-refund.money.amount, refund.money.currency),
        at: *at,
    }
}
