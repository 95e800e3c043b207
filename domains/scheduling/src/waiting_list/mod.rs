//! The waiting list: whoever finds no suitable time is told when one gets free.
//!
//! ```text
//! join ─▶ waiting ─a fitting time is free─▶ offered: held for this patient alone ─take─▶ taken, the hold goes on as any other
//!           ▲  │                               │
//!           │  ├─leave─▶ left                  ├─decline─▶ the next one is offered it
//!           │  └─last day passes─▶ over        └─not answered in time─▶ the next one is offered it
//!           └──────────────────────────────────┘
//! ```
//!
//! An offer is an appointment that is held, so a time is busy in one way only, and that an offer has lapsed is a matter of the
//! database's time. Whatever may free a time says `look`; a job then offers what is open to the first whom it suits, one offer a
//! transaction, under the same locks as a booking. First is who is most urgent, then who has not let offers lapse, then who came first.
//! Nobody has two open offers for one place on the list, and nobody is asked twice about the same time.

mod answer;
mod api;
mod change;
mod form;
mod join;
mod model;
mod offer;
mod pages;
mod store;

pub use answer::{AnswerError, decline, take};
pub use change::{ListError, leave, rank};
pub use join::{JoinError, JoinWaitingList, join};
pub use model::{Offer, OfferStatus, Sought, Suits, Waiting, WaitingStatus};
pub use store::{find_for, find_offer_for};

pub(crate) use offer::{LookEverywhere, OfferTimes, Progress, look, look_at_all, offer_next};
pub(crate) use store::count_open_offers;

pub(crate) fn routes() -> web::Routes {
    api::routes().merge(pages::routes())
}
