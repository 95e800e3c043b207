//! Who may come in, and how they show who they are.
//!
//! ```text
//! accounts        one person's way in: address, password, roles, language, time zone
//! registrations   before there is an account: a six-digit code proves the address
//! sign_in         password, then second factor; or a passkey
//! factors         authenticator app, passkeys, recovery codes
//! sessions        who is in, from where, until when
//! links           single-use links: a forgotten password, an invitation
//! passwords       what may be one, and how it is kept
//! throttle        limits on guessing and sending, in PostgreSQL
//! ```
//!
//! The doors of signing up are in `people`, where an account becomes a patient.

pub mod accounts;
pub mod door;
pub mod factors;
pub mod letters;
pub mod links;
mod network;
pub mod operator;
pub mod passwords;
pub mod registrations;
pub mod sessions;
pub mod sign_in;
mod sweep;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod throttle;
mod tokens;

pub use network::{Network, Origin};

/// Routes and jobs of this room.
pub fn room() -> web::Room {
    let routes = sign_in::pages::routes()
        .merge(sign_in::api::routes())
        .merge(links::pages::routes())
        .merge(accounts::pages::routes())
        .merge(accounts::admin::routes())
        .merge(factors::pages::routes())
        .merge(sessions::pages::routes());
    web::Room { name: "identity", routes, jobs: sweep::jobs() }
}
