//! Family history: who of the family has or had what, or that nothing is known.
//!
//! "None known" is an answer that somebody gave, and it gives way to the first relative that is written down. Patient and treating
//! doctor write; every version is kept (`entries`). Names follow FHIR R4 `FamilyMemberHistory`, relationships are HL7 v3 `RoleCode`.

mod api;
mod model;
mod pages;
mod record;

pub use model::{Deceased, FamilyAnswer, FamilyHistory, Relationship, Relative};
pub(crate) use pages::in_words;
pub(crate) use record::withdraw;
pub use record::{answer_none_known, list_for, record, replace};

pub(crate) fn routes() -> web::Routes {
    use web::{Doctor, Patient};
    web::Routes::new()
        .get::<Patient, _, _>("/record/family-history", pages::list)
        .post::<Patient, _, _>("/record/family-history", pages::add)
        .post::<Patient, _, _>("/record/family-history/none-known", pages::none_known)
        .get::<Patient, _, _>("/record/family-history/{relative}", pages::one)
        .post::<Patient, _, _>("/record/family-history/{relative}", pages::change)
        .post::<Patient, _, _>("/record/family-history/{relative}/withdrawal", pages::take_back)
        .get::<Doctor, _, _>("/doctor/patients/{patient}/family-history", pages::list_for_doctor)
        .post::<Doctor, _, _>("/doctor/patients/{patient}/family-history", pages::add_as_doctor)
        .post::<Doctor, _, _>("/doctor/patients/{patient}/family-history/none-known", pages::none_known_as_doctor)
        .get::<Doctor, _, _>("/doctor/patients/{patient}/family-history/{relative}", pages::one_for_doctor)
        .post::<Doctor, _, _>("/doctor/patients/{patient}/family-history/{relative}", pages::change_as_doctor)
        .post::<Doctor, _, _>(
            "/doctor/patients/{patient}/family-history/{relative}/withdrawal",
            pages::take_back_as_doctor,
        )
        .merge(api_routes())
}

fn api_routes() -> web::Routes {
    use web::SignedIn;
    web::Routes::new()
        .api_get::<SignedIn, (), FamilyHistory, _, _>(
            "/api/v1/patients/{patient}/family-history",
            "Family history of a patient, with every version",
            api::list,
        )
        .api_post::<SignedIn, Relative, api::Recorded, _, _>(
            "/api/v1/patients/{patient}/family-history",
            "Add a relative's condition",
            api::add,
        )
        .api_post::<SignedIn, (), FamilyHistory, _, _>(
            "/api/v1/patients/{patient}/family-history/none-known",
            "State that nothing is known to run in the family",
            api::none_known,
        )
        .api_post::<SignedIn, Relative, api::Recorded, _, _>(
            "/api/v1/patients/{patient}/family-history/{relative}/versions",
            "Replace a relative's condition by a later version",
            api::change,
        )
        .api_post::<SignedIn, crate::entries::Withdrawal, FamilyHistory, _, _>(
            "/api/v1/patients/{patient}/family-history/{relative}/withdrawal",
            "Mark a relative's condition as entered in error",
            api::take_back,
        )
}
