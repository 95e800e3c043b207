//! Allergies and intolerances.
//!
//! ```text
//!   not asked ──(none known)──▶ none known ──(add)──▶ listed ──(all taken back)──▶ not asked
//!   an entry: active ──(entered in error)──▶ entered_in_error
//! ```
//!
//! "None known" is an answer that somebody gave on a day, different from nobody having asked. The patient adds entries and takes
//! back their own; a doctor with a care link adds entries and takes back any.

pub(crate) mod answer;
mod api;
mod model;
mod pages;
mod policy;
mod record;
mod store;
mod withdraw;

pub use answer::answer_none_known;
pub use model::{Allergies, Allergy, AllergyContent, Answer, Category, Criticality, NewAllergy, Severity};
pub(crate) use pages::{categories, severities};
pub(crate) use policy::{Writer, may_withdraw};
pub use record::record;
pub use store::list_for;
pub use withdraw::withdraw;

pub(crate) fn routes() -> web::Routes {
    use web::{Doctor, Patient, SignedIn};
    web::Routes::new()
        .get::<Patient, _, _>("/record/allergies/new", pages::new)
        .post::<Patient, _, _>("/record/allergies", pages::add)
        .post::<Patient, _, _>("/record/allergies/none-known", pages::none_known)
        .post::<Patient, _, _>("/record/allergies/{allergy}/withdrawal", pages::withdraw)
        .post::<Doctor, _, _>("/doctor/patients/{patient}/allergies", pages::add_as_doctor)
        .post::<Doctor, _, _>("/doctor/patients/{patient}/allergies/{allergy}/withdrawal", pages::withdraw_as_doctor)
        .api_get::<SignedIn, (), Allergies, _, _>(
            "/api/v1/patients/{patient}/allergies",
            "Allergies of a patient",
            api::list,
        )
        .api_post::<SignedIn, NewAllergy, api::Recorded, _, _>(
            "/api/v1/patients/{patient}/allergies",
            "Add an allergy",
            api::add,
        )
        .api_post::<SignedIn, (), Allergies, _, _>(
            "/api/v1/patients/{patient}/allergies/none-known",
            "State that no allergies are known",
            api::none_known,
        )
        .api_post::<SignedIn, (), Allergies, _, _>(
            "/api/v1/patients/{patient}/allergies/{allergy}/withdrawal",
            "Mark an allergy as entered in error",
            api::withdraw,
        )
}
