//! Somebody wants a doctor now.
//!
//! ```text
//! ask ─▶ seeking ─a time is found─▶ booked                                (paid after the visit)
//!            │   ─a doctor accepts a guest─▶ accepted ─claim─▶ booked
//!            │                                      └─10 min─▶ lapsed
//!            ├─the ladder ends─▶ escalated (acuity 1, 2: the note for the emergency department) | unmet (3: book as usual)
//!            └─the person takes it back─▶ cancelled
//! ```
//!
//! Nobody needs an account to ask: a guest is known by a token in a cookie until a doctor has said yes (adr/0015). How urgent it is
//! (`Acuity`) comes from somebody, and each judgement is a row. The ladder (`ladder`) climbs by itself. Whoever locks more than one
//! thing takes the request's row first, then the people's times (scheduling's locks).

mod api;
mod ask;
mod assess;
mod cancel;
mod claim;
pub(crate) mod flags;
mod guest;
mod model;
mod pages;
pub mod policy;
pub(crate) mod store;
mod tell;

pub(crate) use ask::note_of;
pub use ask::{Ask, AskError, Asked, Who, ask};
pub use assess::{Assess, AssessError, Why, assess};
pub use cancel::{CancelError, cancel};
pub use claim::{ClaimError, Lapse, claim, lapse};
pub use guest::GuestToken;
pub use model::{Request, Rung, Status};

pub(crate) use claim::{book_with, booked_as};
pub(crate) use model::codes;
pub(crate) use tell::{show, to_doctor};

pub(crate) fn routes() -> web::Routes {
    pages::routes().merge(api::routes())
}
