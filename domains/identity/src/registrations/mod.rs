//! Before there is an account: a name, an address and a password wait for the six-digit code that was sent to the address.
//!
//! ```text
//! waiting ──code (10 min, 5 tries, the newest only)──▶ verified (account)
//!    └──1 h──▶ expired
//! ```
//!
//! An address that already has an account gets the same answer and a message of its own; nobody can ask this door who is a
//! patient here. The doors are in `people`, where an account becomes a patient.

mod begin;
mod letters;
mod model;
mod resend;
mod store;
mod verify;

pub use begin::{BeginError, BeginRegistration, begin};
pub use model::{Channel, Registration};
pub use resend::{ResendError, resend};
pub(crate) use store::delete_old;
pub use store::find;
pub use verify::{Registered, Verification, VerifyError, verify};

/// Minutes a code is good for (NIST SP 800-63B-4: at most ten).
pub const CODE_MINUTES: i64 = 10;
/// Wrong tries after which a code is dead.
pub const CODE_TRIES: i16 = 5;
/// Minutes a registration waits to be verified.
const REGISTRATION_MINUTES: i64 = 60;

/// What is stored of a code: an HMAC under a key that is not in the database, bound to its registration.
fn code_mac(vault: &vault::Vault, registration: kernel::ids::RegistrationId, code: &str) -> [u8; 32] {
    vault.mac("identity.registration_code", format!("{registration}:{code}").as_bytes())
}
