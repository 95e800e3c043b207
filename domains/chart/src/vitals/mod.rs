//! Vital signs: what was measured, when, by whom.
//!
//! Units are fixed and named by UCUM: blood pressure `mm[Hg]`, pulse and breaths `/min`, temperature `Cel`, oxygen saturation `%`,
//! weight `kg`, height `cm`, glucose `mmol/L`. A value outside what a living person can have is refused ([`Sign::range`]); one that is
//! unusual at that age waits for somebody to look again (`ranges.rs`). People read and type in units of their choice (`units.rs`).

mod api;
mod drawing;
mod model;
mod pages;
pub mod ranges;
mod record;
mod series;
pub(crate) mod store;
mod units;

pub use model::{NewVitals, Sign, VitalSigns, Vitals};
pub use record::record;
pub use store::{latest_for, list_for};
pub use units::Units;

pub(crate) fn routes() -> web::Routes {
    use web::{Doctor, Patient, SignedIn};
    web::Routes::new()
        .get::<Patient, _, _>("/record/vitals", pages::charts::show)
        .post::<Patient, _, _>("/record/vitals", pages::form::add)
        .get::<Patient, _, _>("/record/vitals/new", pages::form::new)
        .post::<Patient, _, _>("/record/vitals/units", pages::units::choose)
        .get::<Doctor, _, _>("/doctor/patients/{patient}/vitals", pages::charts::show_to_doctor)
        .post::<Doctor, _, _>("/doctor/patients/{patient}/vitals", pages::form::add_as_doctor)
        .get::<Doctor, _, _>("/doctor/patients/{patient}/vitals/new", pages::form::new_as_doctor)
        .post::<Doctor, _, _>("/doctor/patients/{patient}/vitals/units", pages::units::choose_as_doctor)
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
