use kernel::Secret;
use url::Url;

/// How letters leave.
#[derive(Clone, Debug)]
pub struct Config {
    pub email: EmailBy,
    pub sms: SmsBy,
}

#[derive(Clone, Debug)]
pub enum EmailBy {
    Smtp(SmtpConfig),
    /// The development mailbox; demonstration mode only.
    Mailbox,
}

#[derive(Clone, Debug)]
pub enum SmsBy {
    Twilio(TwilioConfig),
    Mailbox,
    /// Text messages are refused; people are reached by e-mail.
    None,
}

#[derive(Clone, Debug)]
pub struct SmtpConfig {
    pub host: String,
    pub port: u16,
    pub tls: SmtpTls,
    pub login: Option<(String, Secret<String>)>,
    /// `Bedside <care@example.org>`
    pub from: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpTls {
    /// TLS from the first byte (port 465).
    Implicit,
    /// The connection must turn to TLS before anything is said (port 587).
    StartTls,
    /// In the clear: a relay on this very machine.
    None,
}

#[derive(Clone, Debug)]
pub struct TwilioConfig {
    pub account_sid: String,
    pub auth_token: Secret<String>,
    /// The sending number or messaging service.
    pub from: String,
    pub base_url: Url,
}

/// A setting is missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{setting}: {problem}")]
pub struct ConfigError {
    pub setting: &'static str,
    pub problem: &'static str,
}

impl Config {
    /// Settings: `BEDSIDE_SMTP_URL` (`smtps://user:password@host`, `smtp://…` for STARTTLS, `smtp+plain://localhost:25`) with
    /// `BEDSIDE_MAIL_FROM`; `BEDSIDE_TWILIO_ACCOUNT_SID` with `BEDSIDE_TWILIO_AUTH_TOKEN`, `BEDSIDE_TWILIO_FROM` and, for tests,
    /// `BEDSIDE_TWILIO_URL`. Demonstration mode may leave all out and uses the development mailbox; otherwise mail is needed.
    pub fn from_env(demo: bool) -> Result<Self, Vec<ConfigError>> {
        Self::read(demo, &|name| read_env(name))
    }

    /// As `from_env`, from any source of settings.
    pub fn read(demo: bool, setting: &dyn Fn(&str) -> Option<String>) -> Result<Self, Vec<ConfigError>> {
        let mut wrong = Vec::new();
        let email = match setting("BEDSIDE_SMTP_URL") {
            Some(url) => smtp(&url, setting("BEDSIDE_MAIL_FROM")).map(EmailBy::Smtp).map_err(|error| wrong.push(error)),
            None if demo => Ok(EmailBy::Mailbox),
            None => {
                wrong
                    .push(ConfigError { setting: "BEDSIDE_SMTP_URL", problem: "is needed outside demonstration mode" });
                Err(())
            }
        };
        let sms = match setting("BEDSIDE_TWILIO_ACCOUNT_SID") {
            Some(sid) => twilio(sid, setting).map(SmsBy::Twilio).map_err(|error| wrong.push(error)),
            None if demo => Ok(SmsBy::Mailbox),
            None => Ok(SmsBy::None),
        };
        match (email, sms) {
            (Ok(email), Ok(sms)) => Ok(Self { email, sms }),
            _ => Err(wrong),
        }
    }

    /// Everything to the development mailbox.
    pub const fn for_tests() -> Self {
        Self { email: EmailBy::Mailbox, sms: SmsBy::Mailbox }
    }
}

fn smtp(url: &str, from: Option<String>) -> Result<SmtpConfig, ConfigError> {
    let wrong = |problem| ConfigError { setting: "BEDSIDE_SMTP_URL", problem };
    let url = Url::parse(url).map_err(|_| wrong("is no URL such as smtp://user:password@mail.example.org"))?;
    let (tls, port) = match url.scheme() {
        "smtps" => (SmtpTls::Implicit, 465),
        "smtp" => (SmtpTls::StartTls, 587),
        "smtp+plain" => (SmtpTls::None, 25),
        _ => return Err(wrong("must begin with smtps://, smtp:// or smtp+plain://")),
    };
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(|| wrong("names no host"))?.to_owned();
    if tls == SmtpTls::None && !matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]") {
        return Err(wrong("may be unencrypted only to this very machine"));
    }
    let password = url.password().map(|password| Secret::new(percent_decode(password)));
    let login = password.map(|password| (percent_decode(url.username()), password));
    let from = from.ok_or(ConfigError { setting: "BEDSIDE_MAIL_FROM", problem: "is needed with BEDSIDE_SMTP_URL" })?;
    Ok(SmtpConfig { host, port: url.port().unwrap_or(port), tls, login, from })
}

fn twilio(account_sid: String, setting: &dyn Fn(&str) -> Option<String>) -> Result<TwilioConfig, ConfigError> {
    let need = |name| setting(name).ok_or(ConfigError { setting: name, problem: "is needed with a Twilio account" });
    let base = setting("BEDSIDE_TWILIO_URL").unwrap_or_else(|| "https://api.twilio.com/".into());
    let base_url =
        Url::parse(&base).map_err(|_| ConfigError { setting: "BEDSIDE_TWILIO_URL", problem: "is no URL" })?;
    Ok(TwilioConfig {
        account_sid,
        auth_token: Secret::new(need("BEDSIDE_TWILIO_AUTH_TOKEN")?),
        from: need("BEDSIDE_TWILIO_FROM")?,
        base_url,
    })
}

fn percent_decode(text: &str) -> String {
    let pair = format!("x={}", text.replace('+', "%2B"));
    url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

#[expect(clippy::disallowed_methods, reason = "config.rs is where the environment is read")]
fn read_env(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
