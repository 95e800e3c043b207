//! The problem list: diagnoses that matter beyond one visit.
//!
//! ```text
//!   active ──(resolve)──▶ resolved
//!     └────(entered in error)──▶ entered_in_error
//! ```
//!
//! Only a doctor with a care link writes here; the patient hides entries from doctors who did not write them. One diagnosis stands once: the database refuses a second active row with the same
//! keyed mark of (patient, code), while the code itself stays sealed.

mod api;
mod close;
mod hide;
mod model;
mod pages;
mod record;
pub(crate) mod store;

pub use close::{Closing, close};
pub use hide::{Showing, hide};
pub use model::{NewProblem, Problem, ProblemContent, ProblemStatus};
pub use record::record;
pub use store::list_for;

pub(crate) fn routes() -> web::Routes {
    use web::{Doctor, Patient, SignedIn};
    web::Routes::new()
        .post::<Doctor, _, _>("/doctor/patients/{patient}/problems", pages::add)
        .post::<Doctor, _, _>("/doctor/patients/{patient}/problems/{problem}/closing", pages::close)
        .post::<Patient, _, _>("/record/problems/{problem}/hiding", pages::hide)
        .post::<Patient, _, _>("/record/problems/{problem}/showing", pages::show_again)
        .api_post::<Patient, (), api::Listed, _, _>(
            "/api/v1/patients/{patient}/problems/{problem}/hiding",
            "Hide a diagnosis from doctors who did not write it",
            api::hide,
        )
        .api_post::<Patient, (), api::Listed, _, _>(
            "/api/v1/patients/{patient}/problems/{problem}/showing",
            "Show a hidden diagnosis again",
            api::show_again,
        )
        .api_get::<SignedIn, (), api::Listed, _, _>(
            "/api/v1/patients/{patient}/problems",
            "Problems of a patient",
            api::list,
        )
        .api_post::<Doctor, NewProblem, api::Recorded, _, _>(
            "/api/v1/patients/{patient}/problems",
            "Add a diagnosis to the problem list",
            api::add,
        )
        .api_post::<Doctor, api::CloseBody, api::Listed, _, _>(
            "/api/v1/patients/{patient}/problems/{problem}/closing",
            "Mark a problem as resolved or entered in error",
            api::close,
        )
}
