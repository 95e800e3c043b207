//! What a payment gateway can do for us, whichever it is.
//!
//! ```text
//! create_checkout → the payer goes to checkout_url → (webhook) → fetch → refund
//! ```
//! Every call that moves money carries one of our ids as its idempotency key, the same on every attempt, so that a call
//! whose answer was lost can be repeated.

mod payouts;
mod registry;
pub mod sandbox;
pub mod signature;
pub mod stripe;

use async_trait::async_trait;
use http::HeaderMap;
use kernel::{
    Money, Timestamp,
    ids::{PaymentId, RefundId},
};

pub use payouts::{
    AccountRequest, AccountState, DisputeState, PayoutGateway, PayoutRequest, PayoutState, RemoteAccount,
    RemoteDispute, RemotePayout,
};
pub use registry::Payments;

/// A service that takes money for us on a page of its own.
#[async_trait]
pub trait PaymentGateway: Send + Sync + std::fmt::Debug {
    /// The name in our tables and in the webhook's path: `sandbox`, `stripe`.
    fn name(&self) -> &'static str;

    /// Open a page where `request.money` can be paid. The payment's id is the idempotency key.
    async fn create_checkout(&self, request: &CheckoutRequest) -> Result<Checkout, GatewayError>;

    /// What the gateway says about a payment now. The only source we believe.
    async fn fetch(&self, gateway_ref: &str) -> Result<RemotePayment, GatewayError>;

    /// Close the page, so that an old link can no longer take money. Fine to call on one that is closed.
    async fn expire(&self, gateway_ref: &str) -> Result<(), GatewayError>;

    /// Give money back. The refund's id is the idempotency key.
    async fn refund(&self, request: &RefundRequest) -> Result<RemoteRefund, GatewayError>;

    /// What the gateway says about a refund now.
    async fn fetch_refund(&self, refund_ref: &str) -> Result<RemoteRefund, GatewayError>;

    /// What moved from `from` until before `until` by the gateway's own books, oldest first: the daily reconciliation compares it
    /// with ours.
    async fn movements(&self, from: Timestamp, until: Timestamp) -> Result<Vec<Movement>, GatewayError>;

    /// Check the signature over the raw bytes and its age, and only then read them.
    fn verify_webhook(&self, headers: &HeaderMap, body: &[u8], now: Timestamp) -> Result<WebhookEvent, WebhookError>;

    /// Its other side, where it has one: it pays out, and tells of card holders who object.
    fn payouts(&self) -> Option<&dyn PayoutGateway> {
        None
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutRequest {
    pub payment: PaymentId,
    pub money: Money,
    /// Shown to the payer and printed on card statements: never says anything about health.
    pub description: String,
    pub success_url: String,
    pub cancel_url: String,
    pub locale: kernel::Locale,
    /// The page should close by itself then (gateways have a minimum of their own, so it may be later).
    pub expires_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkout {
    /// The gateway's name for this payment.
    pub gateway_ref: String,
    pub checkout_url: String,
}

/// Where a payment stands at the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemoteState {
    /// The payer has not finished.
    Open,
    /// The payer has finished and the money is on its way (bank debit and the like).
    Processing,
    Captured {
        at: Timestamp,
    },
    /// The payer was refused and the page is closed.
    Failed,
    /// The page was closed without a payment.
    Cancelled,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemotePayment {
    pub gateway_ref: String,
    /// Our payment, as the gateway kept it for us; `None` when it is not one of ours.
    pub payment: Option<PaymentId>,
    pub money: Money,
    pub state: RemoteState,
    /// What the gateway keeps of it for itself, where it says so, in the same currency.
    pub fee: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRequest {
    pub refund: RefundId,
    /// The payment that is given back, in the gateway's words.
    pub gateway_ref: String,
    pub money: Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundState {
    Pending,
    Succeeded,
    Failed,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteRefund {
    pub refund_ref: String,
    pub state: RefundState,
}

/// What a movement of money was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MovementKind {
    Capture,
    Refund,
    /// Fees, payouts to our bank and the like: not between a patient and us.
    Other,
}

/// One line of a gateway's own books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// The gateway's id of the line: unique in its books.
    pub id: String,
    pub kind: MovementKind,
    /// What it is about, in the gateway's words.
    pub reference: String,
    /// Our payment or refund, as the gateway kept it for us.
    pub payment: Option<PaymentId>,
    pub refund: Option<RefundId>,
    /// What came in, in the payer's currency; what went out is negative.
    pub money: Money,
    pub at: Timestamp,
}

/// A verified message of a gateway. It only says *that* something happened, and where to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookEvent {
    /// The gateway's own id of the event: the same when it is sent again.
    pub id: String,
    pub kind: String,
    pub about: About,
}

/// What a webhook is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A checkout, by the gateway's reference.
    Checkout(String),
    /// One of our payments, by our own id.
    Payment(PaymentId),
    /// A payee's account, by the gateway's reference.
    Account(String),
    /// A payout, by the gateway's reference.
    Payout(String),
    /// A card holder's objection, by the gateway's reference.
    Dispute(String),
    /// Something we do not act on: stored and acknowledged.
    Nothing,
}

/// Why a gateway did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// Nobody knows whether it happened: repeat with the same key.
    #[error("the payment gateway cannot be reached: {0}")]
    Unreachable(String),
    /// The gateway said no, and would say it again.
    #[error("the payment gateway refused ({code}): {message}")]
    Refused { code: String, message: String },
    #[error("the payment gateway knows nothing of this")]
    Unknown,
    /// The gateway answered something that we cannot read.
    #[error("the payment gateway answered something unexpected: {0}")]
    Unexpected(String),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl GatewayError {
    /// The same call may succeed later.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::Unexpected(_) | Self::Db(_))
    }
}

impl From<sqlx::Error> for GatewayError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

/// Why a webhook is not believed. All of them are answered 4xx and have no effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebhookError {
    #[error("the webhook carries no signature")]
    Unsigned,
    #[error("the webhook's signature is not the gateway's")]
    Forged,
    #[error("the webhook was signed too long ago, or in the future")]
    Stale,
    #[error("the webhook is signed but cannot be read")]
    Unreadable,
}

/// A client that never follows a redirect (a redirect could carry our key to somebody else) and never waits for ever.
pub(crate) fn http_client(timeout: std::time::Duration) -> Result<reqwest::Client, GatewayError> {
    reqwest::Client::builder()
        .timeout(timeout)
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("bedside/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| GatewayError::Unreachable(error.to_string()))
}
