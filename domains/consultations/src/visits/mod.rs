//! A visit: what happens at an appointment.
//!
//! ```text
//! (appointment waiting) ──admit──▶ open ──end──▶ ended ──sign──▶ signed
//!                                   └──────────sign────────────▶ (ends it, then signs)
//! ```
//!
//! The doctor admits, ends and signs; each moves the appointment's own machine through scheduling's verbs in the same
//! transaction. A visit is known to its patient and its doctor; for everybody else it does not exist.

mod admit;
mod api;
mod end;
mod error;
mod hide;
mod joint;
mod model;
pub(crate) mod panel;
pub(crate) mod store;

pub use admit::{VisitOpened, admit};
pub use end::{VisitEnded, end};
pub use error::VisitError;
pub use hide::hide;
pub use joint::{FAILED_BEFORE_SECONDS, Step, joint_seconds};
pub use model::{Incomplete, Side, Visit, VisitState};
pub use panel::VisitsPanel;
pub use store::{PastVisit, find_for, list_for_patient};

pub(crate) use api::routes;
pub(crate) use model::unknown;
