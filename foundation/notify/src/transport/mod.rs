//! The ways out: SMTP, Twilio, and the development mailbox.

mod smtp;
mod twilio;

use std::sync::Arc;

use db::{Context, Db};
use kernel::ids::DeliveryId;
use vault::Vault;

use self::{smtp::Smtp, twilio::Twilio};
use crate::{
    Config, ConfigError, EmailBy, SmsBy,
    leaving::WayOut,
    letter::{Channel, Letter},
    mailbox,
};

/// The configured ways out. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Transports {
    email: Email,
    sms: Sms,
    way_out: Option<WayOut>,
}

#[derive(Clone, Debug)]
enum Email {
    Smtp(Arc<Smtp>),
    Mailbox,
}

#[derive(Clone, Debug)]
enum Sms {
    Twilio(Arc<Twilio>),
    Mailbox,
    None,
}

/// A letter did not get out.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// For good, for this letter; `stop` when the address itself is the reason.
    #[error("the letter was refused: {why}")]
    Refused { why: String, stop: bool },
    /// For now.
    #[error("the letter could not be handed over: {0}")]
    Later(String),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl kernel::Fault for SendError {
    fn kind(&self) -> kernel::FaultKind {
        kernel::FaultKind::Internal
    }
}

impl Transports {
    pub fn start(config: &Config) -> Result<Self, ConfigError> {
        let email = match &config.email {
            EmailBy::Smtp(smtp) => Email::Smtp(Arc::new(Smtp::new(smtp)?)),
            EmailBy::Mailbox => Email::Mailbox,
        };
        let sms = match &config.sms {
            SmsBy::Twilio(twilio) => Sms::Twilio(Arc::new(Twilio::new(twilio)?)),
            SmsBy::Mailbox => Sms::Mailbox,
            SmsBy::None => Sms::None,
        };
        Ok(Self { email, sms, way_out: None })
    }

    /// Everything goes to the development mailbox.
    pub const fn mailbox() -> Self {
        Self { email: Email::Mailbox, sms: Sms::Mailbox, way_out: None }
    }

    /// Optional letters show how to get no more of them.
    #[must_use]
    pub fn with_way_out(mut self, way_out: WayOut) -> Self {
        self.way_out = Some(way_out);
        self
    }

    pub(crate) const fn way_out(&self) -> Option<&WayOut> {
        self.way_out.as_ref()
    }

    /// Whether the mail server answers; true where there is none to ask.
    pub async fn is_ready(&self) -> bool {
        match &self.email {
            Email::Smtp(smtp) => smtp.is_ready().await,
            Email::Mailbox => true,
        }
    }

    /// What the receiver calls the message.
    pub(crate) async fn send(
        &self,
        db: &Db,
        vault: &Vault,
        id: DeliveryId,
        channel: Channel,
        letter: &Letter,
    ) -> Result<String, SendError> {
        match (channel, &self.email, &self.sms) {
            (Channel::Email, Email::Smtp(smtp), _) => smtp.send(id, letter).await,
            (Channel::Sms, _, Sms::Twilio(twilio)) => twilio.send(letter).await,
            (Channel::Sms, _, Sms::None) => {
                Err(SendError::Refused { why: "no way to send text messages is configured".into(), stop: false })
            }
            (Channel::Email, Email::Mailbox, _) | (Channel::Sms, _, Sms::Mailbox) => {
                let mut tx = db.begin(&Context::system("notify.mailbox")).await?;
                let reference = mailbox::post(&mut tx, vault, id, channel, letter).await?;
                tx.commit().await?;
                Ok(reference)
            }
        }
    }
}
