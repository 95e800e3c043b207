//! Free follow-ups.
//!
//! ```text
//! visit ends ─(the service gives follow-ups)─▶ right: so many visits until a day ─booked, starts before it─▶ used, at no price
//!                                                 ▲                                    │
//!                                                 └──── cancelled, given up, lapsed ───┘
//! ```
//!
//! A right is a snapshot of what the service said when the visit ended. It is used by booking the same service of the same doctor: the
//! price of that booking is nothing, so it is confirmed at once. Every use takes a number of the right under its row's lock, and a unique
//! index stands behind it. A follow-up gives no further right.

mod api;
mod pages;
mod set;
mod store;
mod usage;

pub use set::{FollowUp, SetError, set};
pub use store::Right;

pub(crate) use store::find_right;
pub(crate) use usage::{claim, grant, spend};

pub(crate) fn routes() -> web::Routes {
    api::routes().merge(pages::routes())
}
