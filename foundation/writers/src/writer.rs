//! One question, one answer.

use std::{fmt, time::Duration};

use kernel::Secret;
use reqwest::{Client, StatusCode, redirect::Policy};
use serde::Deserialize;
use serde_json::json;
use url::Url;

use crate::Config;

/// A page waits half a minute at most.
const PATIENCE: Duration = Duration::from_secs(27);
/// Longer answers are cut off: no draft is that long.
const LONGEST: usize = 256 * 1024;
const MOST_TOKENS: u32 = 4096;

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriterError {
    #[error("it cannot be reached")]
    Away,
    /// The status it answered with.
    #[error("it answered {0}")]
    Refused(u16),
    #[error("its answer cannot be read")]
    Unreadable,
    #[error("its answer is too long")]
    Long,
}

/// The model. Cheap to clone.
#[derive(Clone)]
pub struct Writer {
    client: Client,
    url: Url,
    model: String,
    key: Option<Secret<String>>,
    recipient: Option<String>,
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").field("url", &self.url.as_str()).field("model", &self.model).finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    content: String,
}

impl Writer {
    /// # Errors
    /// When this machine has no TLS roots.
    pub fn new(config: Config) -> Result<Self, WriterError> {
        let builder = Client::builder().timeout(PATIENCE).redirect(Policy::none());
        // What may go in clear goes to this machine, not to a proxy on the way.
        let builder = if config.is_here() { builder.no_proxy() } else { builder };
        let recipient = config.recipient();
        let client = builder.build().map_err(|_| WriterError::Away)?;
        let Config { url, model, key } = config;
        Ok(Self { client, url, model, key, recipient })
    }

    /// The host outside this machine that gets what is asked; `None` when it stays here.
    pub fn recipient(&self) -> Option<&str> {
        self.recipient.as_deref()
    }

    pub fn model(&self) -> &str {
        &self.model
    }

    /// What the model answers to `prompt` under the rules of `system`.
    pub async fn write(&self, system: &str, prompt: &str) -> Result<String, WriterError> {
        let messages = json!([{ "role": "system", "content": system }, { "role": "user", "content": prompt }]);
        let body = json!({ "model": self.model, "messages": messages, "temperature": 0, "max_tokens": MOST_TOKENS, "stream": false });
        let mut request = self.client.post(format!("{}/chat/completions", self.url)).json(&body);
        if let Some(key) = &self.key {
            request = request.bearer_auth(key.expose());
        }
        let mut answer = request.send().await.map_err(|_| WriterError::Away)?;
        if answer.status() != StatusCode::OK {
            return Err(WriterError::Refused(answer.status().as_u16()));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|_| WriterError::Away)? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > LONGEST {
                return Err(WriterError::Long);
            }
        }
        let completion: Completion = serde_json::from_slice(&bytes).map_err(|_| WriterError::Unreadable)?;
        completion.choices.into_iter().next().map(|choice| choice.message.content).ok_or(WriterError::Unreadable)
    }
}
