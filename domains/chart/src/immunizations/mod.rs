//! Immunizations: what was given, when, and which dose of its series.
//!
//! ```text
//!   completed ──(entered in error)──▶ entered_in_error
//! ```
//!
//! Patients write down what their papers say and take back their own entries; a doctor with a care link writes what was given here
//! or elsewhere and takes back any. Vaccines are coded by CVX (`vaccines.rs`).

mod api;
mod model;
mod pages;
mod record;
pub(crate) mod store;
mod vaccines;
mod withdraw;

pub use model::{Immunization, ImmunizationContent, NewImmunization};
pub use record::record;
pub use store::list_for;
pub use vaccines::Vaccine;
pub use withdraw::withdraw;

pub(crate) fn routes() -> web::Routes {
    use web::{Doctor, Patient, SignedIn};
    web::Routes::new()
        .get::<Patient, _, _>("/record/immunizations", pages::show)
        .post::<Patient, _, _>("/record/immunizations", pages::add)
        .post::<Patient, _, _>("/record/immunizations/{immunization}/withdrawal", pages::take_back)
        .get::<Doctor, _, _>("/doctor/patients/{patient}/immunizations", pages::show_to_doctor)
        .post::<Doctor, _, _>("/doctor/patients/{patient}/immunizations", pages::add_as_doctor)
        .post::<Doctor, _, _>(
            "/doctor/patients/{patient}/immunizations/{immunization}/withdrawal",
            pages::take_back_as_doctor,
        )
        .api_get::<SignedIn, (), api::Listed, _, _>(
            "/api/v1/patients/{patient}/immunizations",
            "Immunizations of a patient, newest first",
            api::list,
        )
        .api_post::<SignedIn, NewImmunization, api::Recorded, _, _>(
            "/api/v1/patients/{patient}/immunizations",
            "Add an immunization",
            api::add,
        )
        .api_post::<SignedIn, (), api::Listed, _, _>(
            "/api/v1/patients/{patient}/immunizations/{immunization}/withdrawal",
            "Mark an immunization as entered in error",
            api::take_back,
        )
}
