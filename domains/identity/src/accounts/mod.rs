//! An account is one person's way in: an address (e-mail or phone), a password, roles, language and time zone.
//! Nobody shares one, and a fresh installation has none that could be used.
//!
//! ```text
//! (registration | invitation) ──▶ active ──disable──▶ disabled ──enable──▶ active
//! ```

pub mod admin;
mod create;
mod disable;
mod model;
pub mod pages;
mod preferences;
mod recipient;
pub(crate) mod store;

pub use create::{CreateError, NewAccount, create};
pub use disable::{disable, enable, grant_role};
pub use model::{Address, AddressError, phone_e164};
pub use preferences::{Preferences, letters_locale, rename, set_letters_locale, set_preferences};
pub use recipient::{has_password, recipient};
