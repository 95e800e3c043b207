use kernel::{LocalDate, Locale, Secret, Timestamp, Zone, ids::RegistrationId};

use crate::accounts::Address;

/// How the code travels.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    Email,
    Sms,
}

impl Channel {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }

    pub const fn of(address: &Address) -> Self {
        match address {
            Address::Email(_) => Self::Email,
            Address::Phone(_) => Self::Sms,
        }
    }
}

/// A person who waits for a code.
#[derive(Clone, Debug)]
pub struct Registration {
    pub id: RegistrationId,
    pub channel: Channel,
    pub address: Address,
    pub name: String,
    pub birth_date: Option<LocalDate>,
    pub locale: Locale,
    pub zone: Zone,
    /// A path of ours, or empty.
    pub next: String,
    pub expires_at: Timestamp,
    pub(crate) known: bool,
    pub(crate) password_hash: Secret<String>,
}
