//! Which gateways an installation uses. The only file of this crate that reads the environment.

use std::sync::Arc;

use kernel::Secret;
use url::Url;

use crate::payment::{
    Payments,
    sandbox::Sandbox,
    stripe::{self, Stripe, StripeConfig},
};

/// A setting that is missing or wrong, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{name} is missing: set it, because {because}")]
    Missing { name: &'static str, because: &'static str },
    #[error("{name} is not usable: {why}")]
    Wrong { name: &'static str, why: String },
    #[error(transparent)]
    Gateway(#[from] crate::payment::GatewayError),
    #[error("the sandbox gateway needs the database: {0}")]
    Db(#[from] db::Error),
}

/// Payments: Stripe where it is configured, else the sandbox in demonstration mode, else nothing (and the program says so).
#[derive(Debug, Clone)]
pub struct PaymentsConfig {
    pub demo_mode: bool,
    pub stripe: Option<StripeConfig>,
}

impl PaymentsConfig {
    /// `BEDSIDE_STRIPE_SECRET_KEY`, `BEDSIDE_STRIPE_WEBHOOK_SECRETS` (comma-separated), `BEDSIDE_STRIPE_URL`.
    pub fn from_env(demo_mode: bool) -> Result<Self, ConfigError> {
        let stripe = read("BEDSIDE_STRIPE_SECRET_KEY").map(stripe_from_env).transpose()?;
        if stripe.is_none() && !demo_mode {
            return Err(ConfigError::Missing {
                name: "BEDSIDE_STRIPE_SECRET_KEY",
                because: "outside demonstration mode patients pay through Stripe",
            });
        }
        Ok(Self { demo_mode, stripe })
    }

    /// The adapters. The sandbox exists in demonstration mode only.
    pub async fn open(self, db: &db::Db, base_url: &str) -> Result<Payments, ConfigError> {
        let stripe = self.stripe.map(Stripe::new).transpose()?.map(Arc::new);
        match (stripe, self.demo_mode) {
            (Some(stripe), _) => Ok(Payments::new(stripe)),
            (None, true) => Ok(Payments::sandbox_only(Arc::new(Sandbox::open(db.clone(), base_url).await?))),
            (None, false) => Err(ConfigError::Missing {
                name: "BEDSIDE_STRIPE_SECRET_KEY",
                because: "the sandbox gateway exists in demonstration mode only",
            }),
        }
    }
}

fn stripe_from_env(secret_key: String) -> Result<StripeConfig, ConfigError> {
    let secrets = read("BEDSIDE_STRIPE_WEBHOOK_SECRETS").unwrap_or_default();
    let webhook_secrets: Vec<Secret<String>> =
        secrets.split(',').map(str::trim).filter(|s| !s.is_empty()).map(|s| Secret::new(s.to_owned())).collect();
    if webhook_secrets.is_empty() {
        return Err(ConfigError::Missing {
            name: "BEDSIDE_STRIPE_WEBHOOK_SECRETS",
            because: "without it no payment could be confirmed",
        });
    }
    Ok(StripeConfig {
        api_url: address("BEDSIDE_STRIPE_URL", stripe::API_URL)?,
        secret_key: Secret::new(secret_key),
        webhook_secrets,
    })
}

fn address(name: &'static str, default: &str) -> Result<Url, ConfigError> {
    let text = read(name).unwrap_or_else(|| default.to_owned());
    let url: Url = text.parse().map_err(|error| ConfigError::Wrong { name, why: format!("{error}") })?;
    let local = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    if url.scheme() == "https" || (url.scheme() == "http" && local) {
        return Ok(url);
    }
    Err(ConfigError::Wrong { name, why: "it must begin with https://".into() })
}

#[expect(clippy::disallowed_methods, reason = "the configuration of this crate is read here")]
fn read(name: &str) -> Option<String> {
    std::env::var(name).ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_key_is_never_sent_in_clear_over_a_network() {
        // The variable is not set, so the default is what is judged.
        assert!(address("BEDSIDE_TEST_UNSET", "https://api.stripe.com").is_ok());
        assert!(address("BEDSIDE_TEST_UNSET", "http://127.0.0.1:8420").is_ok());
        assert!(address("BEDSIDE_TEST_UNSET", "http://api.stripe.com").is_err());
    }
}
