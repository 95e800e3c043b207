//! Single-use links by mail: a forgotten password (30 minutes), and the invitation of a new member of staff (3 days).
//!
//! The link carries 256 random bits; the database keeps their SHA-256. Opening the link changes nothing (mail scanners open
//! links); only the form behind it does. A used link sets a password, ends every session and signs nobody in, so that a
//! second factor is still asked.

mod invite;
mod letters;
pub mod pages;
mod recover;
mod redeem;
mod store;

pub use invite::{Invitation, InviteError, first_administrator, invite, send as send_invitation};
pub use recover::{RecoverError, recover};
pub use redeem::{RedeemError, find, redeem};
pub(crate) use store::delete_old;

/// What a link is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    Recovery,
    Invitation,
}

impl Purpose {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Recovery => "recovery",
            Self::Invitation => "invitation",
        }
    }

    const fn minutes(self) -> i64 {
        match self {
            Self::Recovery => 30,
            Self::Invitation => 3 * 24 * 60,
        }
    }

    /// The path of the page behind the link.
    pub fn path(self, token: &str) -> String {
        match self {
            Self::Recovery => format!("/recovery/{token}"),
            Self::Invitation => format!("/invitations/{token}"),
        }
    }
}
