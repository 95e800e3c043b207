//! Passkeys (WebAuthn level 3): two factors in one, with user verification always required.
//!
//! Signing in with a passkey resolves the account from the credential alone, never from a session or a typed name. The
//! challenge is kept here, sealed, for five minutes and for one use. A signature counter that runs backwards is refused and
//! logged: the key may have been copied.

mod authenticate;
mod ceremony;
mod enrol;
mod relying_party;
mod store;

use db::Tx;
use kernel::{Fault, FaultKind, Timestamp, ids::AccountId};
use uuid::Uuid;

pub use authenticate::{SignedInBy, finish_second_factor, finish_sign_in, start_second_factor, start_sign_in};
pub use ceremony::Ceremony;
pub use enrol::{Site, finish as finish_enrolment, remove, start as start_enrolment};
pub(crate) use store::delete_old_ceremonies;

#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) created_at: Timestamp,
    pub(crate) last_used_at: Option<Timestamp>,
}

pub(crate) async fn list(tx: &mut Tx, account: AccountId) -> Result<Vec<Listed>, db::Error> {
    store::list(tx, account).await
}

#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    /// The ceremony is unknown, used, too old, or not this person's.
    #[error("the ceremony is over")]
    Over,
    /// What the authenticator answered does not fit; the reason goes to the log only.
    #[error("the passkey was not accepted")]
    Refused,
    #[error("this passkey is there already")]
    AlreadyThere,
    #[error("the base URL cannot carry passkeys")]
    NoRelyingParty,
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for PasskeyError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Over => FaultKind::conflict("ceremony_over"),
            Self::Refused => FaultKind::invalid("passkey", "identity-passkey-refused"),
            Self::AlreadyThere => FaultKind::conflict("passkey_exists"),
            Self::NoRelyingParty => FaultKind::conflict("passkeys_unavailable"),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Vault(_) | Self::Db(_) => FaultKind::Internal,
        }
    }
}
