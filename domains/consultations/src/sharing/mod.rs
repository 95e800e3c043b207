//! Sharing a screen in the room.
//!
//! ```text
//! (nobody) ──start──▶ shared ──stop, leave, silence, end of the visit──▶ (nobody)
//!                      │  ▲
//!                      └──┘ start by another, who was asked whether to take over
//! ```
//!
//! The screen goes where the camera's picture goes: the media unit knows nothing of it. Here stands who shares, so that there is one at a
//! time, everybody is told, and it is part of the visit's record. The page that shares says every few seconds that it goes on; one that
//! falls silent has lapsed. The two share as they like; a third party shares while the doctor lets it, and takes over from nobody.

mod api;
mod error;
mod leave;
mod model;
mod start;
pub(crate) mod store;

pub use error::SharingError;
pub use model::{EndReason, Share, Sharer, Start};
pub use start::{renew, start, stop};

pub(crate) use leave::{let_share, revoke_leave};
pub(crate) use model::Shown;

pub(crate) fn routes() -> web::Routes {
    api::routes()
}
