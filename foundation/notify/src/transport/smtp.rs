use std::time::Duration;

use kernel::ids::DeliveryId;
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::authentication::Credentials,
};

use super::SendError;
use crate::{ConfigError, SmtpConfig, SmtpTls, letter::Letter};

type Transport = AsyncSmtpTransport<Tokio1Executor>;

pub(super) struct Smtp {
    transport: Transport,
    from: Mailbox,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Smtp").field("from", &self.from.email).finish_non_exhaustive()
    }
}

impl Smtp {
    pub(super) fn new(config: &SmtpConfig) -> Result<Self, ConfigError> {
        let wrong = |setting, problem| move |_| ConfigError { setting, problem };
        let host = config.host.as_str();
        let builder = match config.tls {
            SmtpTls::Implicit => Transport::relay(host),
            SmtpTls::StartTls => Transport::starttls_relay(host),
            SmtpTls::None => Ok(Transport::builder_dangerous(host)),
        };
        let mut builder = builder
            .map_err(|_| ConfigError { setting: "BEDSIDE_SMTP_URL", problem: "names a host that TLS cannot check" })?
            .port(config.port)
            .timeout(Some(Duration::from_secs(20)));
        if let Some((user, password)) = &config.login {
            builder = builder.credentials(Credentials::new(user.clone(), password.expose().clone()));
        }
        let from = config
            .from
            .parse()
            .map_err(wrong("BEDSIDE_MAIL_FROM", "is no address such as Bedside <care@example.org>"))?;
        Ok(Self { transport: builder.build(), from })
    }

    pub(super) async fn is_ready(&self) -> bool {
        self.transport.test_connection().await.unwrap_or(false)
    }

    /// The Message-ID, which is the delivery's id.
    pub(super) async fn send(&self, id: DeliveryId, letter: &Letter) -> Result<String, SendError> {
        let message_id = format!("<{id}@{}>", self.from.email.domain());
        let message = self.compose(&message_id, letter)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(message_id),
            Err(error) => Err(judge(&error)),
        }
    }

    fn compose(&self, message_id: &str, letter: &Letter) -> Result<Message, SendError> {
        let refused = |why: &str, stop| SendError::Refused { why: why.into(), stop };
        let address: Address = letter.to.parse().map_err(|_| refused("the address is no address", true))?;
        let mut message = Message::builder()
            .message_id(Some(message_id.to_owned()))
            .from(self.from.clone())
            .to(Mailbox::new(Some(letter.name.clone()).filter(|name| !name.is_empty()), address))
            .subject(letter.subject.clone());
        if let Some(url) = &letter.leave {
            message = message.raw_header(verbatim("List-Unsubscribe", format!("<{url}>")));
            message = message.raw_header(verbatim("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
        }
        let words = match &letter.html {
            Some(html) => MultiPart::alternative_plain_html(letter.text.clone(), html.clone()),
            None => MultiPart::mixed().singlepart(SinglePart::plain(letter.text.clone())),
        };
        let body = letter.attachments.iter().try_fold(MultiPart::mixed().multipart(words), |body, attached| {
            let kind = ContentType::parse(&attached.content_type).ok()?;
            Some(body.singlepart(Attachment::new(attached.filename.clone()).body(attached.bytes.clone(), kind)))
        });
        let body = body.ok_or_else(|| refused("an attachment has no content type", false))?;
        message.multipart(body).map_err(|_| refused("the message cannot be composed", false))
    }
}

/// Addresses of ours are ASCII already, and would be of no use when folded.
fn verbatim(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::dangerous_new_pre_encoded(HeaderName::new_from_ascii_str(name), value.clone(), value)
}

/// 550, 551 and 553 are about the mailbox (RFC 5321, 4.2.3); everything else may pass.
fn judge(error: &lettre::transport::smtp::Error) -> SendError {
    let code = error.status().map(|code| code.to_string());
    match code.as_deref() {
        Some("550" | "551" | "553") => SendError::Refused { why: error.to_string(), stop: true },
        Some("552" | "554") => SendError::Refused { why: error.to_string(), stop: false },
        _ => SendError::Later(error.to_string()),
    }
}
