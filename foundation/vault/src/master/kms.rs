//! A key service opens the master keys when the program starts; after that they are used in memory, so that no request waits
//! for it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use async_trait::async_trait;
use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::{Secret, Timestamp};
use serde_json::{Value, json};

use super::sigv4;

/// A service that holds a key which never leaves it.
#[async_trait]
pub trait Kms: Send + Sync {
    async fn encrypt(&self, master: &Secret<[u8; 32]>) -> Result<Vec<u8>, KmsError>;
    async fn decrypt(&self, blob: &[u8]) -> Result<Secret<Vec<u8>>, KmsError>;
}

#[derive(Debug, thiserror::Error)]
pub enum KmsError {
    #[error("it cannot be reached: {0}")]
    Unreachable(#[from] reqwest::Error),
    #[error("it answered {status} {kind}")]
    Refused { status: u16, kind: String },
    #[error("its answer has no usable {0}")]
    Answer(&'static str),
    #[error("its address {0} is not a URL")]
    Address(String),
}

#[derive(Clone, Debug)]
pub struct AwsKmsConfig {
    /// Key id or ARN.
    pub key: String,
    pub endpoint: String,
    pub region: String,
    pub access_key_id: String,
    pub secret_access_key: Secret<String>,
    pub session_token: Option<Secret<String>>,
}

/// AWS KMS by two signed requests, `Encrypt` and `Decrypt`
/// (<https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html>).
#[derive(Debug)]
pub struct AwsKms {
    config: AwsKmsConfig,
    host: String,
    http: reqwest::Client,
}

impl AwsKms {
    pub fn new(config: AwsKmsConfig) -> Result<Self, KmsError> {
        let url = reqwest::Url::parse(&config.endpoint).map_err(|_| KmsError::Address(config.endpoint.clone()))?;
        let name = url.host_str().ok_or_else(|| KmsError::Address(config.endpoint.clone()))?;
        let host = url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"));
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(10))
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self { config, host, http })
    }

    async fn call(&self, operation: &str, body: &Value) -> Result<Value, KmsError> {
        let body = body.to_string();
        let at = wall_clock();
        let mut headers = vec![
            ("content-type", "application/x-amz-json-1.1".to_owned()),
            ("host", self.host.clone()),
            ("x-amz-date", sigv4::amz_date(at)),
        ];
        if let Some(token) = &self.config.session_token {
            headers.push(("x-amz-security-token", token.expose().clone()));
        }
        headers.push(("x-amz-target", format!("TrentService.{operation}")));
        let signature = sigv4::authorization(
            &sigv4::Signer {
                access_key_id: &self.config.access_key_id,
                secret_access_key: self.config.secret_access_key.expose(),
                region: &self.config.region,
                service: "kms",
                at,
            },
            &sigv4::Request { method: "POST", path: "/", query: "", headers: &headers, body: body.as_bytes() },
        );
        let mut request = self.http.post(&self.config.endpoint).header("authorization", signature);
        for (name, value) in headers.iter().filter(|(name, _)| *name != "host") {
            request = request.header(*name, value);
        }
        let answer = request.body(body).send().await?;
        let status = answer.status();
        let value: Value = answer.json().await.unwrap_or_default();
        if status.is_success() {
            Ok(value)
        } else {
            let kind = value.get("__type").and_then(Value::as_str).unwrap_or("without a reason").to_owned();
            Err(KmsError::Refused { status: status.as_u16(), kind })
        }
    }

    fn bytes_of(answer: &Value, field: &'static str) -> Result<Vec<u8>, KmsError> {
        let text = answer.get(field).and_then(Value::as_str).ok_or(KmsError::Answer(field))?;
        STANDARD.decode(text).map_err(|_| KmsError::Answer(field))
    }
}

#[async_trait]
impl Kms for AwsKms {
    async fn encrypt(&self, master: &Secret<[u8; 32]>) -> Result<Vec<u8>, KmsError> {
        let body = json!({
            "KeyId": self.config.key,
            "Plaintext": STANDARD.encode(master.expose()),
            "EncryptionContext": { "use": "bedside-master" },
        });
        Self::bytes_of(&self.call("Encrypt", &body).await?, "CiphertextBlob")
    }

    async fn decrypt(&self, blob: &[u8]) -> Result<Secret<Vec<u8>>, KmsError> {
        let body = json!({
            "KeyId": self.config.key,
            "CiphertextBlob": STANDARD.encode(blob),
            "EncryptionContext": { "use": "bedside-master" },
        });
        Self::bytes_of(&self.call("Decrypt", &body).await?, "Plaintext").map(Secret::new)
    }
}

/// AWS refuses requests that are signed for another time than its own clock's.
#[expect(clippy::disallowed_methods, reason = "no transaction gives the time when the program starts")]
fn wall_clock() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Timestamp::from_unix_seconds(i64::try_from(since).unwrap_or(0))
}
