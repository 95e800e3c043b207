//! Refills: a patient asks for more of what was prescribed, the doctor answers.
//!
//! ```text
//!   requested ──approve──▶ approved (a copy is signed)        deferred ──▶ approved, changed, denied
//!      ├────────change───▶ changed  (another one is signed)
//!      ├────────deny─────▶ denied
//!      └────────defer, or 48 hours without an answer ──▶ deferred
//! ```
//!
//! One open request a prescription; not before three quarters of the last supply's days are gone, and not while refills remain. Nothing
//! is approved by itself: an approval is a signature with all its checks, so that what may not be prescribed may not be refilled.

mod api;
mod ask;
mod decide;
mod model;
mod pages;
mod read;
mod store;
mod tell;

pub use ask::{AskError, ask};
pub(crate) use decide::settle;
pub use decide::{DecideError, Decision, decide};
pub use model::{Reason, RefillRequest, RefillStatus};
pub(crate) use pages::patient::{Panel, panel};
pub use tell::RefillAnswered;

pub(crate) fn routes() -> web::Routes {
    use web::{Doctor, Patient};
    web::Routes::new()
        .post::<Patient, _, _>("/prescriptions/{prescription}/refill-requests", pages::patient::ask)
        .get::<Doctor, _, _>("/doctor/refills", pages::doctor::queue)
        .post::<Doctor, _, _>("/prescriptions/{prescription}/refill-decisions", pages::doctor::decide)
        .api_get::<Patient, (), api::Listed, _, _>("/api/v1/refill-requests", "My requests for refills", api::mine)
        .api_post::<Patient, api::AskBody, api::View, _, _>(
            "/api/v1/prescriptions/{prescription}/refill-requests",
            "Ask for a refill",
            api::ask,
        )
        .api_get::<Doctor, (), api::Listed, _, _>(
            "/api/v1/doctor/refill-requests",
            "Open requests for refills, the longest waiting first",
            api::queue,
        )
        .api_post::<Doctor, api::DecisionBody, api::View, _, _>(
            "/api/v1/prescriptions/{prescription}/refill-decisions",
            "Approve, deny or defer the open request for a refill",
            api::decide,
        )
}

pub(crate) fn jobs() -> web::Jobs {
    web::Jobs::default().on_event::<RefillAnswered, _, _>("prescriptions.tell_of_refill", tell::patient).every(
        "prescriptions.defer_refills",
        15,
        tell::defer_overdue,
    )
}
