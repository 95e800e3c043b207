//! Into the media room of a visit.
//!
//! A ticket is minted for one of the two people, inside the visit's time, and shown with an offer within five minutes; then
//! the forwarding unit answers. The room is named by the visit, the seat by the account: a second device of the same person
//! takes the place of the first, which is told.
//!
//! A room is on one media node (`place`), the least laden when its first guest came. When the node dies, the room goes to another, and
//! those in it are told to come again. `keep` puts out who must not be in a room any more, within a second.

mod api;
mod enter;
mod error;
mod issue;
mod keep;
mod pages;
pub(crate) mod place;
pub(crate) mod store;

pub use enter::{Seat, enter, leave};
pub use error::RoomError;
pub(crate) use issue::{AFTER_MINUTES, BEFORE_MINUTES, may_enter};
pub use issue::{RoomToken, issue};
pub use keep::{keep_rooms, put_out};
pub(crate) use pages::routes;
pub(crate) use place::node_of;

/// Empties the media room. The database has already decided that nobody may be in it.
pub(crate) async fn close(me: &web::Ctx, visit: kernel::ids::VisitId) {
    empty(me.app(), visit).await;
}

/// The same for jobs.
pub(crate) async fn empty(app: &web::App, visit: kernel::ids::VisitId) {
    if let Some(scribe) = app.try_part::<crate::transcripts::Scribe>() {
        scribe.leave(visit);
    }
    if let Some(recorder) = app.try_part::<crate::recordings::Recorder>() {
        recorder.leave(visit);
    }
    match place::node_of(app, visit).await {
        Ok(Some(node)) => node.close_room(visit.uuid()).await,
        Ok(None) => {}
        // `keep` will find it.
        Err(error) => tracing::warn!(%error, "rooms.not_closed"),
    }
}

pub(crate) use pages::{RoomView, initials};
