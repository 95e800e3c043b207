//! Vital signs: what was measured, when, by whom.
//!
//! Units are fixed and named by UCUM: blood pressure `mm[Hg]`, pulse and breaths `/min`, temperature `Cel`, oxygen saturation `%`,
//! weight `kg`, height `cm`. A value outside what a living person can have is refused ([`Sign::range`]).

mod api;
mod model;
mod pages;
mod record;
mod store;

pub use model::{NewVitals, Sign, VitalSigns, Vitals};
pub use record::record;
pub use store::{latest_for, list_for};

pub(crate) fn routes() -> web::Routes {
    use web::{Patient, SignedIn};
    web::Routes::new()
        .get::<Patient, _, _>("/record/vitals/new", pages::new)
        .post::<Patient, _, _>("/record/vitals", pages::add)
        .api_get::<SignedIn, (), api::Listed, _, _>(
            "/api/v1/patients/{patient}/vitals",
            "Vital signs of a patient",
            api::list,
        )
        .api_post::<SignedIn, NewVitals, api::Recorded, _, _>(
            "/api/v1/patients/{patient}/vitals",
            "Record vital signs",
            api::add,
        )
}
