use kernel::{Locale, Zone, ids::AccountId};
use serde::{Deserialize, Serialize};

/// Whom to tell, and how they read.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// Told in the app when there is one.
    pub account: Option<AccountId>,
    pub email: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    pub locale: Locale,
    /// Times in letters are shown in this zone.
    pub zone: Zone,
    pub name: String,
}

/// One thing to tell one person.
#[derive(Debug)]
pub struct Notice<'a> {
    pub to: &'a Recipient,
    /// `domain.what`, such as `scheduling.confirmed`.
    pub kind: &'static str,
    /// The effect, such as `appointment-confirmed:<id>`: told again under this key, the same person hears nothing new.
    pub key: String,
    /// One line without health content; the notice in the app and the subject of the mail.
    pub subject: String,
    /// Where to read more: a path of ours.
    pub link: Option<String>,
    /// Sent when the recipient has an e-mail address.
    pub mail: Option<Mail>,
    /// Sent when the recipient has a phone and this is given. No health content.
    pub sms: Option<String>,
}

/// The body of an e-mail.
#[derive(Clone, Debug, Default)]
pub struct Mail {
    pub text: String,
    pub html: String,
    pub attachments: Vec<Attachment>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub filename: String,
    pub content_type: String,
    #[serde(with = "base64_bytes")]
    pub bytes: Vec<u8>,
}

/// What is sealed until it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Letter {
    pub(crate) to: String,
    pub(crate) name: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) html: Option<String>,
    #[serde(default)]
    pub(crate) attachments: Vec<Attachment>,
    /// Its language.
    #[serde(default)]
    pub(crate) locale: Option<String>,
    /// Where one click ends letters of this kind: made when it is sent.
    #[serde(skip)]
    pub(crate) leave: Option<String>,
}

/// How a letter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Email,
    Sms,
}

impl Channel {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }

    pub(crate) fn of(word: &str) -> Self {
        if word == "sms" { Self::Sms } else { Self::Email }
    }
}

mod base64_bytes {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&STANDARD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        STANDARD.decode(String::deserialize(from)?).map_err(D::Error::custom)
    }
}
