//! Social history: tobacco, alcohol, other substances, work, home, exercise.
//!
//! One answer stands per topic; a later one replaces it, whoever wrote it, and every version is kept (`entries`). Scores are worked
//! out, never typed (`policy.rs`). The topics are those of FHIR R4 `Observation` with the category `social-history`.

mod api;
mod model;
mod pages;
mod policy;
mod record;
mod typed;

pub use model::{HomeSituation, SocialAnswer, SocialHistory, Topic, Use};
pub(crate) use pages::in_words;
pub use policy::{AuditC, audit_c, pack_years};
pub(crate) use record::withdraw;
pub use record::{list_for, record};

pub(crate) fn routes() -> web::Routes {
    use web::{Doctor, Patient, SignedIn};
    web::Routes::new()
        .get::<Patient, _, _>("/record/social-history", pages::list)
        .get::<Patient, _, _>("/record/social-history/{topic}", pages::topic)
        .post::<Patient, _, _>("/record/social-history/{topic}", pages::answer)
        .post::<Patient, _, _>("/record/social-history/{topic}/{answer}/withdrawal", pages::take_back)
        .get::<Doctor, _, _>("/doctor/patients/{patient}/social-history", pages::list_for_doctor)
        .get::<Doctor, _, _>("/doctor/patients/{patient}/social-history/{topic}", pages::topic_for_doctor)
        .post::<Doctor, _, _>("/doctor/patients/{patient}/social-history/{topic}", pages::answer_as_doctor)
        .post::<Doctor, _, _>(
            "/doctor/patients/{patient}/social-history/{topic}/{answer}/withdrawal",
            pages::take_back_as_doctor,
        )
        .api_get::<SignedIn, (), api::Read, _, _>(
            "/api/v1/patients/{patient}/social-history",
            "Social history of a patient, with every version and what is worked out from it",
            api::list,
        )
        .api_post::<SignedIn, SocialAnswer, api::Recorded, _, _>(
            "/api/v1/patients/{patient}/social-history",
            "Answer a topic of social history",
            api::add,
        )
        .api_post::<SignedIn, crate::entries::Withdrawal, api::Read, _, _>(
            "/api/v1/patients/{patient}/social-history/{answer}/withdrawal",
            "Mark an answer of social history as entered in error",
            api::take_back,
        )
}
