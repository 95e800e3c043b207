//! A card by which the desk recognizes a patient: name, record number, date of birth, and a QR code.
//!
//! ```text
//! on a screen   issue ─▶ shown 4 min ─▶ grace 1 min ─▶ dead        a fresh one is shown before the old one dies
//! printed       issue ─▶ in force 1 year ─▶ dead                   printing anew replaces, the patient revokes
//! scan          staff ─▶ who it is, counted, in the access log     anybody else ─▶ the same plain page, nothing looked up
//! ```
//!
//! The code is an address of this hospital with 256 random bits, of which only the hash is kept. It is no key: it opens nothing
//! without a session of the staff, and with one it says who somebody is. Whether the chart opens is `app.basis`'s answer alone.

mod api;
mod desk;
mod issue;
mod model;
mod pages;
mod policy;
mod revoke;
mod scan;
mod store;

pub use desk::{Arrivals, Due, FrontDesk};
pub use issue::{IssueError, Issued, issue};
pub use model::{Card, Kind};
pub use policy::may_identify;
pub use revoke::{RevokeError, revoke};
pub use scan::{ScanError, Scanned, scan};

pub(crate) fn routes() -> web::Routes {
    api::routes().merge(pages::routes())
}
