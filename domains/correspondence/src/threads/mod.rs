//! Conversations between visits.
//!
//! ```text
//! (patient begins) ─▶ open ──team answers──▶ waiting_patient ◀──────────────┐
//! (doctor begins) ──────────────────────────▶ waiting_patient                │ team answers
//!                                                  └─patient writes─▶ waiting_team
//! any ──done──▶ closed ──a new message──▶ waiting_team, waiting_patient
//! ```
//!
//! A patient, or who acts for them, begins one with a doctor with whom there is a visit now, ahead, or not long ago, and to whom the record
//! is not closed; that lengthens the care link of the visit, so that the doctor can look things up. A doctor begins one with whom they
//! treat. Who may see a thread is asked of the database with every request (`app.cares_for`, `app.lets_cover`).
//!
//! Words that tell of an emergency stop the page; what is sent all the same comes first in the inbox. A message goes under its sender's own
//! id, once. What is unread is counted from read marks and kept nowhere. Done is an act of its own. Letters say that there is a message.
//! A long one is read page by page, the newest first; it is taken away whole.

mod api;
mod assign;
mod begin;
mod carry;
mod close;
mod limit;
mod model;
mod open;
mod pages;
pub(crate) mod policy;
mod send;
pub(crate) mod store;

pub use assign::assign;
pub use begin::{Begin, begin};
pub use carry::{Carried, carry};
pub use close::close;
pub use model::{Attached, Author, Body, Category, Draft, Listed, Message, Reader, Relation, Side, Status, Thread};
pub use open::{Extent, Opened, count_unread, open};
pub use send::{MessageSent, Sent, send};

pub(crate) use open::find;
pub(crate) use pages::refused;
pub(crate) use send::{due_now, team_owes};

/// Why somebody reads it, in the words of the audit trail.
pub(crate) const fn purpose(reader: Reader) -> &'static str {
    match reader {
        Reader::Patient => chart::purpose::OWN,
        Reader::Doctor => chart::purpose::TREATMENT,
        Reader::Cover => chart::purpose::COVER,
    }
}

pub(crate) fn routes() -> web::Routes {
    api::routes().merge(pages::routes())
}
