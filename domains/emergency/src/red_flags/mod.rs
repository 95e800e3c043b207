//! The screen before everything else: is this an emergency?
//!
//! ```text
//! every page ─one tap─▶ /emergency ─any sign─▶ "Call 999 now", the nearest hospitals, and also a doctor, without an account
//!                                  └─none────▶ a doctor today, or a visit as usual
//! ```
//!
//! No login, no payment, no script, and nothing about the visitor is kept: answers are counted by day and country. Who is signed in
//! finds in the audit trail that the screen was answered, not what. Signs are versioned data with their sources; numbers are data by
//! country, the visitor's own choice or the place of their time zone, and 112 where nothing is known. The same signs are heard in what
//! patients write to doctors (`listen`).

mod api;
mod model;
mod pages;
mod place;
mod screen;
pub(crate) mod store;
mod words;

pub use model::{Call, RedFlag, RedFlagSet, Screened};
pub use pages::{CallView, call_view};
pub use place::Place;
pub use screen::{Answers, ScreenError, find_call, read_flags, screen};
pub use words::{Spoken, listen};

pub(crate) fn routes() -> web::Routes {
    pages::routes().merge(api::routes())
}
