//! Photos that the patient sends into a visit: from the device in the room, or from a phone beside it.
//!
//! ```text
//! (patient in the room) ──────────────send──────────────▶ document, quarantined ──(checked)──▶ seen by the doctor
//! (patient) ──make──▶ address as a QR code ──(phone: opens it, sends)──▲
//!                      └── ten minutes, six photos, one phone; a new address, either of the two, or the end of the visit ends it
//! ```
//!
//! A photo is a document of the record like any other (`chart::documents`); here stands to which visit it came. The address lets in without
//! signing in, so it can do one thing alone: it shows nothing of the record, not even a name, and one that was made up, has run out, was
//! used up or taken back looks the same. The phone that sends the first photo gets a key; then the address is of no use to another.

mod api;
mod checked;
mod error;
mod link;
mod model;
mod pages;
mod phone_pages;
mod send;
pub(crate) mod store;
mod token;

pub use error::PhotoError;
pub use link::{MadeLink, make, revoke};
pub use send::send;

pub(crate) use checked::checked;
pub(crate) use model::{FreshLink, OpenLink};

pub(crate) fn routes() -> web::Routes {
    pages::routes().merge(phone_pages::routes()).merge(api::routes())
}
