//! What a gateway can do for those whom we owe money, and what it says of card holders who want theirs back.
//!
//! ```text
//! open_account → onboarding_link → the payee goes there → (webhook) → fetch_account: may be paid
//! pay → (webhook) → fetch_payout: paid | failed | returned             a card holder objects → (webhook) → fetch_dispute
//! ```

use async_trait::async_trait;
use kernel::{
    Money, Timestamp,
    ids::{PaymentId, PayoutId, PractitionerId},
};

use super::GatewayError;

/// The side of a gateway that pays out.
#[async_trait]
pub trait PayoutGateway: Send + Sync + std::fmt::Debug {
    /// Open an account for a payee. The payee's id is the idempotency key. Returns the gateway's name for it.
    async fn open_account(&self, request: &AccountRequest) -> Result<String, GatewayError>;

    /// A page of the gateway where the payee proves who they are and where their money goes. Good for one visit.
    async fn onboarding_link(&self, account_ref: &str, return_url: &str) -> Result<String, GatewayError>;

    /// What the gateway says of an account now.
    async fn fetch_account(&self, account_ref: &str) -> Result<RemoteAccount, GatewayError>;

    /// Send money to an account. The payout's id is the idempotency key: repeated, it gives the first answer.
    async fn pay(&self, request: &PayoutRequest) -> Result<RemotePayout, GatewayError>;

    /// What the gateway says of a payout now.
    async fn fetch_payout(&self, payout_ref: &str) -> Result<RemotePayout, GatewayError>;

    /// Take a payout back, as a whole. Refused where the account does not hold the money any more.
    async fn reverse_payout(&self, payout: PayoutId, payout_ref: &str) -> Result<RemotePayout, GatewayError>;

    /// What the gateway says of a card holder's objection now.
    async fn fetch_dispute(&self, dispute_ref: &str) -> Result<RemoteDispute, GatewayError>;
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRequest {
    pub payee: PractitionerId,
    pub email: String,
    /// ISO 3166, where it is known.
    pub country: Option<String>,
}

/// An account that money can be sent to, once it is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteAccount {
    pub account_ref: String,
    pub state: AccountState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountState {
    /// The payee has not said all yet, or it is being looked at.
    Pending,
    /// Identity and bank are checked: it may be paid.
    Verified,
    /// The gateway will not pay it, for now or for good.
    Restricted,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayoutRequest {
    pub payout: PayoutId,
    pub account_ref: String,
    pub money: Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayoutState {
    /// On its way.
    Pending,
    Paid,
    /// It never left.
    Failed,
    /// It left, and came back.
    Returned,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemotePayout {
    pub payout_ref: String,
    /// Our payout, as the gateway kept it for us; `None` when it is not one of ours.
    pub payout: Option<PayoutId>,
    pub money: Money,
    pub state: PayoutState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisputeState {
    /// Evidence is wanted.
    Open,
    /// The bank decides.
    UnderReview,
    Won,
    Lost,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteDispute {
    pub dispute_ref: String,
    /// Our payment; `None` when it is not one of ours.
    pub payment: Option<PaymentId>,
    pub money: Money,
    /// What the gateway takes for the trouble.
    pub fee: i64,
    /// The card network's word, such as `product_not_received`.
    pub reason: String,
    pub evidence_due_at: Option<Timestamp>,
    pub state: DisputeState,
}
