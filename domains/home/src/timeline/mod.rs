//! The whole record in one list by date, to filter: visits, diagnoses, prescriptions, immunizations, measurements of a day, documents, letters,
//! answers before visits, and appointments that came to nothing. For the patient at `/record/timeline`, for a doctor in the chart, and as JSON.
//!
//! One statement finds a page of it over the tables of all rooms, under row-level security and with one row in the log of access (`timeline`);
//! only that page is then opened. Words are looked for in what is opened, in no more than the latest few hundred entries at a time. What is
//! sealed has no date outside: an immunization stands where it was written down, and says when it was given.

mod api;
mod model;
mod pages;
mod read;
mod store;

pub(crate) fn routes() -> web::Routes {
    use web::{Doctor, Patient, SignedIn};
    web::Routes::new()
        .get::<Patient, _, _>("/record/timeline", pages::own)
        .get::<Doctor, _, _>("/doctor/patients/{patient}/timeline", pages::of_patient)
        .api_get::<SignedIn, (), api::Timeline, _, _>(
            "/api/v1/patients/{patient}/timeline",
            "The record by date, newest first: `?kind=` (several), `?from=`, `?until=`, `?words=`, `?cursor=`",
            api::show,
        )
}
