//! What comes in with a request, read at the door. What cannot be read is refused in our own words.

mod incoming;
mod json;
pub(crate) mod nul;
mod upload;
mod urlencoded;

pub use incoming::{Incoming, Part};
pub use json::Json;
pub use upload::{File, Upload};
pub use urlencoded::{Form, MultiForm, Query};

use kernel::{FaultKind, FieldError};

use crate::Error;

/// 422 that says what could not be read. Parsers quote what they were given, so only their kind of complaint is passed on.
pub(crate) fn unreadable(what: impl std::fmt::Display) -> Error {
    let words: String = what.to_string().chars().filter(|c| !c.is_control()).take(160).collect();
    Error::of(FaultKind::Invalid(vec![FieldError::new("", "web-unreadable").with("what", words)]))
}

/// A body that is larger than it may be, or that broke off.
pub(crate) fn unread(status: axum::http::StatusCode) -> Error {
    if status == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        Error::of(FaultKind::TooLarge)
    } else {
        unreadable("the body broke off")
    }
}
