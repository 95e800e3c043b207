//! "Question this": a patient asks the privacy officer about a line of the access log, and reads the answer.
//!
//! ```text
//!   (a line) ──ask──▶ open ──answer──▶ answered: in order, not in order, unclear
//! ```
//!
//! One question a line. Words and answer are sealed under the patient's key; whom the line is about gets neither, and does not answer.

mod answer;
mod api;
mod ask;
mod letters;
mod model;
mod pages;
pub(crate) mod store;

pub use answer::{Answer, AnswerError, answer};
pub use ask::{AskError, ask};
pub(crate) use letters::{TellOfficers, asked};
pub use model::{Finding, Line, Question};

pub(crate) fn routes() -> web::Routes {
    use web::{Admin, Patient};
    web::Routes::new()
        .get::<Patient, _, _>("/record/access-log/questions", pages::list)
        .post::<Patient, _, _>("/record/access-log/questions", pages::ask)
        .get::<Patient, _, _>("/record/access-log/questions/new", pages::new)
        .api_get::<Patient, (), api::Listed, _, _>(
            "/api/v1/patients/{patient}/access-questions",
            "What a patient asked about who looked, with the answers",
            api::list,
        )
        .api_post::<Patient, api::AskBody, api::Asked, _, _>(
            "/api/v1/patients/{patient}/access-questions",
            "Question a line of the access log",
            api::ask,
        )
        .api_post::<Admin, api::AnswerBody, api::Asked, _, _>(
            "/api/v1/admin/access-questions/{question}/answer",
            "Answer a patient's question about who looked",
            api::answer,
        )
}
