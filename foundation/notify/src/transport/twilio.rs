//! Twilio's Messages resource (<https://www.twilio.com/docs/messaging/api/message-resource>).

use std::time::Duration;

use serde::Deserialize;

use super::SendError;
use crate::{ConfigError, TwilioConfig, letter::Letter};

/// Codes that are about the number: not a number, unreachable, landline, asked to stop.
const NUMBER_CODES: [u32; 5] = [21211, 21610, 21612, 21614, 30006];

#[derive(Debug)]
pub(super) struct Twilio {
    config: TwilioConfig,
    url: url::Url,
    http: reqwest::Client,
}

#[derive(Deserialize)]
struct Accepted {
    sid: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Problem {
    code: u32,
    message: String,
}

impl Twilio {
    pub(super) fn new(config: &TwilioConfig) -> Result<Self, ConfigError> {
        let wrong = ConfigError { setting: "BEDSIDE_TWILIO_URL", problem: "is no URL" };
        let path = format!("2010-04-01/Accounts/{}/Messages.json", config.account_sid);
        let url = config.base_url.join(&path).map_err(|_| wrong)?;
        let client = reqwest::Client::builder()
            .timeout(Duration::from_secs(15))
            .redirect(reqwest::redirect::Policy::none())
            .build();
        let http = client.map_err(|_| ConfigError { setting: "BEDSIDE_TWILIO_URL", problem: "TLS does not start" })?;
        Ok(Self { config: config.clone(), url, http })
    }

    /// Twilio's id of the message.
    pub(super) async fn send(&self, letter: &Letter) -> Result<String, SendError> {
        let form = [("To", letter.to.as_str()), ("From", self.config.from.as_str()), ("Body", letter.text.as_str())];
        let answer = self
            .http
            .post(self.url.clone())
            .basic_auth(&self.config.account_sid, Some(self.config.auth_token.expose()))
            .form(&form)
            .send()
            .await
            .map_err(|error| SendError::Later(error.without_url().to_string()))?;
        let status = answer.status();
        if status.is_success() {
            let accepted: Accepted =
                answer.json().await.map_err(|error| SendError::Later(error.without_url().to_string()))?;
            return Ok(accepted.sid);
        }
        let problem: Problem = answer.json().await.unwrap_or_default();
        let why = format!("{} {} {}", status.as_u16(), problem.code, problem.message);
        if status.as_u16() == 400 {
            Err(SendError::Refused { why, stop: NUMBER_CODES.contains(&problem.code) })
        } else {
            Err(SendError::Later(why))
        }
    }
}
