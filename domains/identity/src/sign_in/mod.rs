//! Coming in: password first, then what else the account asks for.
//!
//! ```text
//! address + password ─┬─ no second factor ──▶ session (staff: enrolment only)
//!                     └─ second factor ─────▶ challenge (10 min, 5 tries) ──one-time password, recovery code, passkey──▶ session
//! passkey ──▶ session
//! ```
//!
//! Unknown address, wrong password and disabled account look the same and take as long. Guessing is slowed per account and
//! network, so that a stranger cannot lock a doctor out, and a passkey is never slowed.

pub mod api;
mod challenge;
mod enter;
pub mod pages;
mod second_factor;
pub(crate) mod store;

pub(crate) use challenge::{Challenge, OpenedChallenge};
pub use enter::{EnterError, Entered, Knock, enter};
pub use second_factor::{SecondFactorError, SecondStep, prove};

/// Minutes between password and second factor.
pub(crate) const CHALLENGE_MINUTES: i64 = 10;
pub(crate) const CHALLENGE_TRIES: i16 = 5;
