//! Who answers for a doctor who is away.
//!
//! ```text
//! set ──starts──▶ running ──ends──▶ over
//!  └──────(ended by one of the two)──▲
//! ```
//!
//! A doctor names another for some days of their own calendar, one at a time. From the first to the last of them, and not a minute longer,
//! the other sees and answers the doctor's threads, and nothing else of the record; each read says so in the access log (`cover`). A patient
//! who has closed the record to either of the two is not shown. Patients are told who answers.

mod api;
mod end;
mod model;
mod pages;
mod set;
pub(crate) mod store;

pub use end::end;
pub use model::Cover;
pub use set::{CoverSet, SetCover, set};

pub(crate) fn routes() -> web::Routes {
    api::routes().merge(pages::routes())
}
