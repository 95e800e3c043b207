//! The wire: form-encoded requests, pinned version, idempotency keys, errors sorted by what they mean for a retry.

use std::time::Duration;

use kernel::Secret;
use reqwest::{RequestBuilder, StatusCode, Url};
use serde::de::DeserializeOwned;

use super::wire::ErrorBody;
use crate::payment::{GatewayError, http_client};

/// The version of Stripe's interface that `wire.rs` was written for, sent with every request so that an upgrade of the
/// account does not change what we read.
pub const API_VERSION: &str = "2024-06-20";

#[derive(Debug, Clone)]
pub(super) struct Client {
    http: reqwest::Client,
    api_url: Url,
    secret_key: Secret<String>,
}

impl Client {
    pub(super) fn new(api_url: Url, secret_key: Secret<String>) -> Result<Self, GatewayError> {
        Ok(Self { http: http_client(Duration::from_secs(20))?, api_url, secret_key })
    }

    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<T, GatewayError> {
        let mut url = self.url(path)?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        self.send(self.http.get(url)).await
    }

    /// `key` makes the call safe to repeat.
    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        path: &[&str],
        form: &[(&str, String)],
        key: Option<String>,
    ) -> Result<T, GatewayError> {
        let mut request = self.http.post(self.url(path)?).form(form);
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        self.send(request).await
    }

    /// Path segments are escaped: an id from elsewhere cannot leave its place.
    fn url(&self, path: &[&str]) -> Result<Url, GatewayError> {
        let mut url = self.api_url.clone();
        url.path_segments_mut()
            .map_err(|()| GatewayError::Unexpected("the address of the gateway cannot have a path".into()))?
            .pop_if_empty()
            .push("v1")
            .extend(path);
        Ok(url)
    }

    async fn send<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, GatewayError> {
        let answer = request
            .bearer_auth(self.secret_key.expose())
            .header("stripe-version", API_VERSION)
            .send()
            .await
            .map_err(unreachable)?;
        let status = answer.status();
        let body = answer.bytes().await.map_err(unreachable)?;
        if status.is_success() {
            return serde_json::from_slice(&body).map_err(|error| GatewayError::Unexpected(error.to_string()));
        }
        Err(refusal(status, &body))
    }
}

fn unreachable(error: reqwest::Error) -> GatewayError {
    GatewayError::Unreachable(error.without_url().to_string())
}

/// 409 (another request with this key is under way), 429 and 5xx pass; 404 is unknown; the rest is final.
fn refusal(status: StatusCode, body: &[u8]) -> GatewayError {
    let error = serde_json::from_slice::<ErrorBody>(body).unwrap_or_default().error;
    let message = error.message.unwrap_or_else(|| status.to_string());
    match status {
        StatusCode::NOT_FOUND => GatewayError::Unknown,
        StatusCode::CONFLICT | StatusCode::TOO_MANY_REQUESTS => GatewayError::Unreachable(message),
        status if status.is_server_error() => GatewayError::Unreachable(message),
        status if status.is_redirection() => GatewayError::Unexpected(format!("it answered {status}")),
        _ => GatewayError::Refused {
            code: error.code.or(error.kind).unwrap_or_else(|| status.as_u16().to_string()),
            message,
        },
    }
}
