//! What a patient answers before a visit, by specialty.
//!
//! ```text
//! (appointment confirmed) ──answer──▶ in_progress ──send──▶ completed (version 1) ──change, send──▶ version 2 …
//!                                                                          (visit begins: closed)
//! ```
//!
//! Forms are versioned data (`data/`, FHIR R4 `Questionnaire` in a smaller shape; answers are its `QuestionnaireResponse`). Which
//! questions are asked follows from the answers (`enable_when`), worked out here, so that it works without a script. What the record
//! says is filled in beforehand for the patient to confirm or correct; the record itself changes only when the doctor accepts a line.
//! A red flag shows the patient where to turn at once and marks the doctor's day, also while the answers are a draft.

mod accept;
mod api;
mod error;
mod forms;
mod known;
mod letter;
mod model;
mod open;
mod pages;
mod save;
mod store;

pub use accept::{Accept, accept};
pub use error::IntakeError;
pub use model::{Answers, Change, Form, Score};
pub use save::{RedFlagAnswered, Save, Wish, save};

pub(crate) use letter::red_flag;
pub(crate) use store::was_sent;

pub(crate) fn routes() -> web::Routes {
    use web::{Doctor, Patient};
    web::Routes::new()
        .get::<Patient, _, _>("/appointments/{appointment}/intake", pages::patient::show)
        .post::<Patient, _, _>("/appointments/{appointment}/intake", pages::patient::post)
        .get::<Doctor, _, _>("/doctor/appointments/{appointment}/intake", pages::doctor::before)
        .get::<Doctor, _, _>("/visits/{visit}/intake", pages::doctor::show)
        .post::<Doctor, _, _>("/visits/{visit}/intake/acceptances", pages::doctor::accept)
        .api_get::<Patient, (), api::View, _, _>(
            "/api/v1/appointments/{appointment}/intake",
            "The form before a visit, and what is answered",
            api::show,
        )
        .api_put::<Patient, api::Body, api::View, _, _>(
            "/api/v1/appointments/{appointment}/intake",
            "Save the answers as a draft; 409 stale_version when they were saved elsewhere since `revision`",
            api::save,
        )
        .api_post::<Patient, api::Body, api::View, _, _>(
            "/api/v1/appointments/{appointment}/intake/submission",
            "Send the answers to the doctor",
            api::submit,
        )
        .api_get::<Doctor, (), api::DoctorView, _, _>(
            "/api/v1/visits/{visit}/intake",
            "What the patient answered before a visit, and what differs from the record",
            api::show_to_doctor,
        )
        .api_post::<Doctor, Accept, api::DoctorView, _, _>(
            "/api/v1/visits/{visit}/intake/acceptances",
            "Take an answered allergy, illness or habit into the record",
            api::accept,
        )
}
