//! A node in another process, asked over HTTP.

use std::time::Duration;

use kernel::Secret;
use reqwest::Client;

use super::{
    NodesConfig,
    wire::{Ask, Told},
};

/// A node that needs longer is of no use to people who wait.
const PATIENCE: Duration = Duration::from_secs(1);

#[derive(Debug, Clone)]
pub struct Remote {
    url: String,
    secret: Secret<String>,
    client: Client,
}

impl Remote {
    pub(super) fn new(url: &str, config: &NodesConfig) -> Self {
        let client = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build();
        Self {
            url: format!("{}/v1/ask", url.trim_end_matches('/')),
            secret: config.secret.clone(),
            client: client.unwrap_or_default(),
        }
    }

    pub(super) async fn ask(&self, ask: &Ask) -> Option<Told> {
        let asked =
            self.client.post(&self.url).timeout(PATIENCE).bearer_auth(self.secret.expose()).json(ask).send().await;
        match asked.and_then(reqwest::Response::error_for_status) {
            Ok(answer) => answer.json().await.ok(),
            Err(error) => {
                tracing::debug!(error = %error.without_url(), "rtc.node_silent");
                None
            }
        }
    }
}
