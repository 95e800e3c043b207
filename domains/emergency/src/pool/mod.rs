//! Doctors who are ready now, and what they are asked.
//!
//! ```text
//! ready until … and the page open ─▶ offer (45 s by the database's clock) ─accept─▶ theirs; everybody else is told
//!                                                                         ├─decline
//!                                                                         └─the time is over, or somebody else was faster
//! ```
//!
//! The first yes wins: all of them go through the request's row, one after the other. The open page is the heartbeat; who has closed it
//! is not asked.

mod answer;
mod api;
mod pages;
mod presence;
pub(crate) mod store;

pub use answer::{Accepted, AnswerError, accept, decline};
pub use presence::{PresenceError, Ready, be_ready, heartbeat, set_extra};

pub(crate) use answer::call_off;

pub(crate) fn routes() -> web::Routes {
    pages::routes().merge(api::routes())
}
