//! An entry of the record that a later one may replace and that may be taken back: the shape that family and social history share.
//!
//! ```text
//!   current ──(a later answer)──▶ replaced
//!      └─────(entered in error, with a reason)──▶ entered_in_error
//! ```
//!
//! An entry may have a slot: what is answered once at a time. A feature brings its content, the section names the audit rows.
//! Whoever writes into a section of one patient holds it until the transaction ends ([`Writing`]).

mod model;
mod store;
mod writing;

pub(crate) use model::Section;
pub use model::{Entry, Status};
pub(crate) use store::list_for;
pub(crate) use writing::{Why, Withdrawal, Writing};
