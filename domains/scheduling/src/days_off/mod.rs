//! A doctor's day is called off by one command: illness, a strike, a flood.
//!
//! ```text
//! call_off ─▶ the day is closed (nothing more can be booked) ─▶ a job per appointment ─▶ called off, told once, a choice for the patient
//! ```
//!
//! The command itself is short: under the doctor's lock it closes the day, writes it down and leaves one job for each appointment that
//! stands. Each job may run twice and alone; what was moved away, finished or called off meanwhile is left as it is.

mod api;
mod call_off;
mod pages;
mod store;

pub use call_off::{CallOff, CallOffError, CalledOff, call_off};

pub(crate) use call_off::{CallOffOne, call_off_one};

pub(crate) fn routes() -> web::Routes {
    api::routes().merge(pages::routes())
}
