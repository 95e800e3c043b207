//! Where the model is.

use kernel::Secret;
use url::Url;

/// Settings of the model.
#[derive(Debug, Clone)]
pub struct Config {
    /// The API's base, such as `http://127.0.0.1:11434/v1`.
    pub url: Url,
    pub model: String,
    pub key: Option<Secret<String>>,
}

/// A setting is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{setting}: {problem}")]
pub struct ConfigError {
    pub setting: &'static str,
    pub problem: &'static str,
}

impl Config {
    /// On this very machine.
    pub(crate) fn is_here(&self) -> bool {
        is_here(&self.url)
    }

    pub(crate) fn recipient(&self) -> Option<String> {
        (!self.is_here()).then(|| self.url.host_str().unwrap_or_default().to_owned())
    }

    /// `BEDSIDE_MODEL_URL` (https, or http on this machine), `BEDSIDE_MODEL`, `BEDSIDE_MODEL_KEY`. `None` when no URL is set: then there is
    /// no model.
    pub fn read(setting: &dyn Fn(&str) -> Option<String>) -> Result<Option<Self>, ConfigError> {
        let Some(text) = setting("BEDSIDE_MODEL_URL") else {
            return Ok(None);
        };
        let wrong = |problem| ConfigError { setting: "BEDSIDE_MODEL_URL", problem };
        let url = Url::parse(text.trim_end_matches('/')).map_err(|_| wrong("is no URL"))?;
        if url.scheme() != "https" && !(url.scheme() == "http" && is_here(&url)) {
            return Err(wrong("must begin with https://, for what patients say goes there"));
        }
        let missing = ConfigError { setting: "BEDSIDE_MODEL", problem: "is needed: the name of the model" };
        let model = setting("BEDSIDE_MODEL").ok_or(missing)?;
        Ok(Some(Self { url, model, key: setting("BEDSIDE_MODEL_KEY").map(Secret::new) }))
    }
}

fn is_here(url: &Url) -> bool {
    matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"))
}
