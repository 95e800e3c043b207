//! What comes back when a patient cancels.
//!
//! A policy is data: steps that give less the nearer the visit is, how often a visit may be moved for nothing, and what comes back to a
//! patient who did not come. A service has its own, set by its doctor or an administrator, or the house's. A policy never changes:
//! setting it writes the next version, and an appointment keeps the version it was booked under. That doctor, platform and gateway give
//! everything back when they are the reason is no policy and cannot be set (`appointments::policy`).

mod api;
mod form;
mod model;
mod pages;
mod set;
pub(crate) mod store;

pub use model::{Policy, Settlement, Terms, Tier, WHOLE_POINTS};
pub use set::{SetError, set};

pub(crate) fn routes() -> web::Routes {
    api::routes().merge(pages::routes())
}
