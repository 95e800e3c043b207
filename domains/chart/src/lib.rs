//! The record: what is known of a patient's health, in one place.
//!
//! * [`allergies`]: what must not be given, with "none known" as an answer of its own
//! * [`problems`]: diagnoses that stay, by ICD-10-CM code
//! * [`vitals`]: blood pressure, pulse, temperature and their like
//! * [`record`]: the pages: the patient's own record, who opened it, and the doctor's view of a patient
//! * [`icd10`]: the list of diagnoses and the search in it
//!
//! What was found is sealed under the patient's key; ids, times and states stay clear. Every read of a section writes its row
//! of the audit trail in the same statement, so that a section cannot be had unseen. Nothing is deleted: what was wrong is
//! marked as entered in error and kept.

pub mod allergies;
mod error;
pub mod icd10;
pub mod problems;
pub mod purpose;
pub mod record;
pub mod vitals;

pub use error::ChartError;
pub use record::{RecordPanel, RecordPanels, TimelineEntry};

/// This room, for the server.
pub fn room() -> web::Room {
    web::Room { name: "chart", routes: routes(), jobs: web::Jobs::default() }
}

fn routes() -> web::Routes {
    icd10::routes().merge(record::routes()).merge(allergies::routes()).merge(problems::routes()).merge(vitals::routes())
}
