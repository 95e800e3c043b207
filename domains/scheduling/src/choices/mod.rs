//! What a patient does after a visit was called off by the other side.
//!
//! ```text
//! (doctor or house cancels, doctor does not come, the line fails) ─▶ open ─take another time─▶ rebooked: same price: the money moves along
//!                                                     │                                 other price: all goes back, the new one is paid
//!                                                     ├─ask for the money─▶ refunded
//!                                                     └─12 hours─▶ refunded
//! ```
//!
//! What was paid is neither kept nor paid back and asked for again: it waits. The one row of a choice is locked by whoever settles it, and
//! its end is a matter of the database's time, so of a patient's click, a second click and the clock exactly one has an effect.

mod api;
mod model;
mod offers;
mod open;
mod pages;
mod refund;
pub(crate) mod store;
mod take;

pub use model::{Cause, Choice, ChoiceStatus};
pub use offers::{Offered, Offers, offers};
pub use refund::{RefundChoiceError, refund};
pub use take::{Take, TakeError, take};

pub(crate) use open::open;
pub(crate) use refund::{SettleChoice, settle_due};
pub(crate) use take::{MoveMoney, move_money};

pub(crate) fn routes() -> web::Routes {
    api::routes().merge(pages::routes())
}
