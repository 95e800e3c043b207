//! Second factors: an authenticator app (TOTP), passkeys, and ten recovery codes for the day both are lost.
//!
//! Staff must have one (security.md R8) and reach nothing but enrolment before; patients may. Enrolling rotates the session,
//! ends all others and tells the owner. Removing one asks for the password again.

mod anew;
pub mod pages;
pub mod passkeys;
pub mod recovery_codes;
mod secured;
pub mod totp;

pub(crate) use anew::accept;
pub use anew::{Proof, prove_anew};
pub(crate) use secured::secured;

/// The second factors of one account, as its owner sees them.
#[derive(Debug)]
pub(crate) struct Overview {
    pub(crate) totp_since: Option<kernel::Timestamp>,
    pub(crate) passkeys: Vec<passkeys::Listed>,
    pub(crate) codes_left: i64,
}

impl Overview {
    pub(crate) async fn load(tx: &mut db::Tx, account: kernel::ids::AccountId) -> Result<Self, db::Error> {
        Ok(Self {
            totp_since: totp::since(tx, account).await?,
            passkeys: passkeys::list(tx, account).await?,
            codes_left: recovery_codes::left(tx, account).await?,
        })
    }

    pub(crate) fn any(&self) -> bool {
        self.totp_since.is_some() || !self.passkeys.is_empty()
    }
}
