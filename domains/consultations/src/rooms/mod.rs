//! Into the media room of a visit.
//!
//! A ticket is minted for one of the two people, inside the visit's time, and shown with an offer within five minutes; then
//! the forwarding unit answers. The room is named by the visit, the seat by the account: a second device of the same person
//! takes the place of the first, which is told.

mod api;
mod enter;
mod error;
mod issue;
mod pages;
pub(crate) mod store;

pub use enter::{Seat, enter, leave};
pub use error::RoomError;
pub(crate) use issue::{AFTER_MINUTES, BEFORE_MINUTES};
pub use issue::{RoomToken, issue};
pub(crate) use pages::routes;

/// Empties the media room. The database has already decided that nobody may be in it.
pub(crate) async fn close(me: &web::Ctx, visit: kernel::ids::VisitId) {
    if let Some(scribe) = me.app().try_part::<crate::transcripts::Scribe>() {
        scribe.leave(visit);
    }
    if let Some(sfu) = me.app().try_part::<rtc::Sfu>() {
        sfu.close_room(visit.uuid()).await;
    }
}

pub(crate) use pages::{RoomView, initials};
