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
        About, AccountRequest, AccountState, Checkout, CheckoutRequest, GatewayError, Movement, MovementKind,
        PayoutGateway, PayoutRequest, PayoutState, RefundRequest, RefundState, RemoteAccount, RemoteDispute,
        RemotePayment, RemotePayout, RemoteRefund, RemoteState, WebhookError, WebhookEvent, signature,
    },
};
use kernel::{
    Money, Secret, Timestamp,
    ids::{PayoutId, RefundId},
};

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
    accounts: Mutex<HashMap<String, AccountState>>,
    payouts: Mutex<HashMap<String, RemotePayout>>,
    disputes: Mutex<HashMap<String, RemoteDispute>>,
    payout_answer: Mutex<PayoutState>,
    /// What is asked for is done, and the answer does not arrive.
    loses_answers: AtomicBool,
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
            accounts: Mutex::default(),
            payouts: Mutex::default(),
            disputes: Mutex::default(),
            payout_answer: Mutex::new(PayoutState::Paid),
            loses_answers: AtomicBool::new(false),
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

    pub(super) fn lose_answers(&self, lose: bool) {
        self.loses_answers.store(lose, Ordering::SeqCst);
    }

    pub(super) fn answer_payouts(&self, state: PayoutState) {
        *self.payout_answer.lock().unwrap() = state;
    }

    /// What it says of an account from now on.
    pub(super) fn judge(&self, account: &str, state: AccountState) {
        self.accounts.lock().unwrap().insert(account.to_owned(), state);
    }

    /// Change what it says of a payout.
    pub(super) fn change_payout(&self, payout: PayoutId, state: PayoutState) {
        self.payouts.lock().unwrap().get_mut(&format!("out_{payout}")).expect("a payout").state = state;
    }

    /// What was paid out, in minor units, each payout once.
    pub(super) fn paid_out(&self) -> Vec<i64> {
        self.payouts.lock().unwrap().values().map(|payout| payout.money.amount).collect()
    }

    /// What it says of a dispute from now on.
    pub(super) fn dispute(&self, dispute: RemoteDispute) {
        self.disputes.lock().unwrap().insert(dispute.dispute_ref.clone(), dispute);
    }

    /// A signed report about something else than a payment: `account`, `payout`, `dispute`.
    pub(super) fn report_of(&self, event: &str, kind: &str, about: &str, at: Timestamp) -> (HeaderMap, Vec<u8>) {
        let body = format!(r#"{{"id":"{event}","{kind}":"{about}"}}"#).into_bytes();
        let mut headers = HeaderMap::new();
        headers.insert("fake-signature", signature::sign(&self.secret, &body, at).parse().unwrap());
        (headers, body)
    }

    /// A signed report.
    pub(super) fn report(&self, event: &str, gateway_ref: &str, at: Timestamp) -> (HeaderMap, Vec<u8>) {
        let body = format!(r#"{{"id":"{event}","checkout":"{gateway_ref}"}}"#).into_bytes();
        let mut headers = HeaderMap::new();
        headers.insert("fake-signature", signature::sign(&self.secret, &body, at).parse().unwrap());
        (headers, body)
    }

    fn answered<T>(&self, answer: T) -> Result<T, GatewayError> {
        let lost = self.loses_answers.load(Ordering::SeqCst);
        if lost { Err(GatewayError::Unreachable("the answer was lost".into())) } else { Ok(answer) }
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
                fee: 0,
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
        let named = ["checkout", "account", "payout", "dispute"].into_iter().find(|name| !text(name).is_empty());
        let about = match named {
            Some("checkout") => About::Checkout(text("checkout")),
            Some("account") => About::Account(text("account")),
            Some("payout") => About::Payout(text("payout")),
            Some(_) => About::Dispute(text("dispute")),
            None => About::Nothing,
        };
        Ok(WebhookEvent { id: text("id"), kind: "fake.event".into(), about })
    }

    fn payouts(&self) -> Option<&dyn PayoutGateway> {
        Some(self)
    }
}

#[async_trait]
impl PayoutGateway for FakeGateway {
    async fn open_account(&self, request: &AccountRequest) -> Result<String, GatewayError> {
        self.here()?;
        let account = format!("acct_{}", request.payee);
        self.accounts.lock().unwrap().entry(account.clone()).or_insert(AccountState::Pending);
        self.answered(account)
    }

    async fn onboarding_link(&self, account_ref: &str, _: &str) -> Result<String, GatewayError> {
        self.here()?;
        Ok(format!("https://fake.test/accounts/{account_ref}"))
    }

    async fn fetch_account(&self, account_ref: &str) -> Result<RemoteAccount, GatewayError> {
        self.here()?;
        let state = self.accounts.lock().unwrap().get(account_ref).copied().ok_or(GatewayError::Unknown)?;
        Ok(RemoteAccount { account_ref: account_ref.to_owned(), state })
    }

    async fn pay(&self, request: &PayoutRequest) -> Result<RemotePayout, GatewayError> {
        self.here()?;
        if self.accounts.lock().unwrap().get(&request.account_ref) != Some(&AccountState::Verified) {
            return Err(GatewayError::Refused { code: "account_not_verified".into(), message: "no".into() });
        }
        let state = *self.payout_answer.lock().unwrap();
        let payout_ref = format!("out_{}", request.payout);
        let mut payouts = self.payouts.lock().unwrap();
        let payout = payouts.entry(payout_ref.clone()).or_insert(RemotePayout {
            payout_ref,
            payout: Some(request.payout),
            money: request.money,
            state,
        });
        self.answered(payout.clone())
    }

    async fn fetch_payout(&self, payout_ref: &str) -> Result<RemotePayout, GatewayError> {
        self.here()?;
        self.payouts.lock().unwrap().get(payout_ref).cloned().ok_or(GatewayError::Unknown)
    }

    async fn reverse_payout(&self, payout: PayoutId, payout_ref: &str) -> Result<RemotePayout, GatewayError> {
        self.here()?;
        self.change_payout(payout, PayoutState::Returned);
        self.fetch_payout(payout_ref).await
    }

    async fn fetch_dispute(&self, dispute_ref: &str) -> Result<RemoteDispute, GatewayError> {
        self.here()?;
        self.disputes.lock().unwrap().get(dispute_ref).cloned().ok_or(GatewayError::Unknown)
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
