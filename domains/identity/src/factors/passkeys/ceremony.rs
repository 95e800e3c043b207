use kernel::ids::AccountId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vault::At;
use webauthn_rs::prelude::{DiscoverableAuthentication, PasskeyAuthentication, PasskeyRegistration};

/// What the browser is asked to do: `options` goes to `navigator.credentials`, `id` comes back with the answer.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Ceremony {
    pub id: Uuid,
    pub options: serde_json::Value,
}

/// Minutes a ceremony may take.
pub(super) const CEREMONY_MINUTES: i64 = 5;

/// The server's half of a ceremony, kept sealed until the answer comes.
#[derive(Serialize, Deserialize)]
pub(super) enum State {
    Enrolment(PasskeyRegistration),
    SecondFactor(PasskeyAuthentication),
    SignIn(DiscoverableAuthentication),
}

impl State {
    pub(super) const fn purpose(&self) -> &'static str {
        match self {
            Self::Enrolment(_) => "enrolment",
            Self::SecondFactor(_) => "second_factor",
            Self::SignIn(_) => "sign_in",
        }
    }
}

/// A ceremony taken from the table: it cannot be answered twice.
pub(super) struct Taken {
    pub(super) account: Option<AccountId>,
    pub(super) sign_in_challenge: Option<Uuid>,
    pub(super) state_sealed: Vec<u8>,
}

pub(super) fn at(id: Uuid) -> At {
    At::new("passkey_challenges", "state_sealed", id)
}
