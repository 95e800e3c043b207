//! The gateway that is built in, for demonstration and tests: it behaves like another company's service that happens to
//! keep its books in our database.
//!
//! ```text
//! open → captured | declined | expired        open → processing → captured
//! ```
//! Its page is served by the billing room at `/sandbox/pay/{token}`; the outcome reaches us as a signed webhook over HTTP.

mod adapter;
mod payer;
mod payouts;
mod store;

use kernel::{Money, Secret, Timestamp, ids::EventId};

pub use payer::{Answer, AnswerError, Delivery};
pub use payouts::{Bank, SandboxAccount, SandboxDispute};

/// The name in our tables and in the webhook's path.
pub const NAME: &str = "sandbox";
/// The header that carries the signature of a sandbox webhook.
pub const SIGNATURE_HEADER: &str = "sandbox-signature";

/// The sandbox gateway: both the adapter and the service behind it.
#[derive(Debug, Clone)]
pub struct Sandbox {
    db: db::Db,
    base_url: String,
    /// The first signs, all verify.
    secrets: Vec<Secret<String>>,
}

impl Sandbox {
    /// With the secrets given, newest first. `base_url` is ours: its page and its webhook address begin with it.
    pub fn with_secrets(db: db::Db, base_url: impl Into<String>, secrets: Vec<Secret<String>>) -> Self {
        Self { db, base_url: base_url.into().trim_end_matches('/').to_owned(), secrets }
    }

    /// With the secret kept in the database, which is made the first time: every process of one installation has the same.
    pub async fn open(db: db::Db, base_url: impl Into<String>) -> Result<Self, db::Error> {
        let mut tx = db.begin(&db::Context::system("sandbox gateway")).await?;
        let fresh = hex::encode(tx.random().token32());
        let id = tx.id::<EventId>();
        store::insert_secret_if_none(&mut tx, id, &fresh).await?;
        let secrets = store::list_secrets(&mut tx).await?;
        tx.commit().await?;
        Ok(Self::with_secrets(db, base_url, secrets))
    }
}

/// What the payer sees on the sandbox's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxCheckout {
    pub token: String,
    pub merchant_ref: String,
    pub money: Money,
    pub description: String,
    pub success_url: String,
    pub cancel_url: String,
    pub state: SandboxState,
    pub captured_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SandboxState {
    Open,
    Processing,
    Captured,
    Declined,
    Expired,
}

impl SandboxState {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Processing => "processing",
            Self::Captured => "captured",
            Self::Declined => "declined",
            Self::Expired => "expired",
        }
    }

    /// The webhook that tells the merchant of this state.
    pub(crate) const fn event_kind(self) -> &'static str {
        match self {
            Self::Open => "checkout.created",
            Self::Processing => "checkout.processing",
            Self::Captured => "checkout.captured",
            Self::Declined => "checkout.declined",
            Self::Expired => "checkout.expired",
        }
    }

    pub(crate) fn read(text: &str) -> Self {
        match text {
            "processing" => Self::Processing,
            "captured" => Self::Captured,
            "declined" => Self::Declined,
            "expired" => Self::Expired,
            _ => Self::Open,
        }
    }
}
