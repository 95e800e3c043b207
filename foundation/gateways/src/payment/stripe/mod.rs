//! Stripe Checkout and Connect through a thin client: sessions, payment intents, refunds, accounts, transfers, disputes, webhook
//! signatures.
//!
//! One card payment on Stripe's own page. The session's id is our `gateway_ref`; our payment's id travels as
//! `client_reference_id` and in the metadata, and is the idempotency key of the call that opens the session.
//! <https://docs.stripe.com/api/checkout/sessions>

mod adapter;
mod client;
mod connect;
mod wire;

use kernel::Secret;

pub use client::API_VERSION;

/// The name in our tables and in the webhook's path.
pub const NAME: &str = "stripe";
/// The header that carries the signature of a webhook.
pub const SIGNATURE_HEADER: &str = "stripe-signature";
/// Where Stripe listens.
pub const API_URL: &str = "https://api.stripe.com";

#[derive(Debug, Clone)]
pub struct StripeConfig {
    /// `https://api.stripe.com`, or a double in tests.
    pub api_url: url::Url,
    /// `sk_…` or a restricted key `rk_…`.
    pub secret_key: Secret<String>,
    /// `whsec_…`: several while one is rotated.
    pub webhook_secrets: Vec<Secret<String>>,
}

/// The Stripe adapter.
#[derive(Debug, Clone)]
pub struct Stripe {
    client: client::Client,
    webhook_secrets: Vec<Secret<String>>,
}

impl Stripe {
    pub fn new(config: StripeConfig) -> Result<Self, crate::payment::GatewayError> {
        Ok(Self {
            client: client::Client::new(config.api_url, config.secret_key)?,
            webhook_secrets: config.webhook_secrets,
        })
    }
}
