//! Showing a document in the room: one of the patient's, chosen by either of the two, seen by both.
//!
//! Nothing new is opened to anybody: each of the two looks at it by the doors of `chart::documents`, as far as they may. Third parties do not
//! see it. What was shown, from which screens were shared and which photos came in is one list, part of the visit's record ([`record`]), and
//! is told to open pages as a whole ([`RoomState`]).

mod api;
mod error;
mod pages;
mod record;
mod show;
mod state;
pub(crate) mod store;

pub use error::ShowError;
pub use show::{show, stop};

pub(crate) use pages::{PanelAsked, panel};
pub(crate) use record::{RecordLine, record};
pub(crate) use show::visit_over;
pub(crate) use state::RoomState;

pub(crate) fn routes() -> web::Routes {
    pages::routes().merge(api::routes())
}
