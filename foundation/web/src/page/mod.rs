//! What every template is given.

mod frame;
mod person;
mod user;

pub use frame::{OtherLocale, PageError, PageFrame};
pub use person::Person;
pub use user::User;

/// Something said once, on the page after a redirect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    /// `ok`.
    pub kind: String,
    pub text: String,
}
