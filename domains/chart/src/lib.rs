//! The record: what is known of a patient's health, in one place.
//!
//! * [`allergies`]: what must not be given, with "none known" as an answer of its own
//! * [`problems`]: diagnoses that stay, by ICD-10-CM code
//! * [`family_history`] and [`social_history`]: answers of which every version is kept (`entries`)
//! * [`immunizations`]: what was given, by CVX code
//! * [`vitals`]: blood pressure, pulse, temperature and their like
//! * [`documents`]: reports, letters, cards and photos that come in as files
//! * [`record`]: the pages: the patient's own record, who opened it, and the doctor's view of a patient
//! * [`consents`]: whom the patient lets see it, and whom not; [`break_glass`]: emergency access; [`questions`]: about who looked
//! * [`privacy`]: the privacy officer's desk
//! * `trail`: the audit trail for administrators, and its verification every day
//! * [`icd10`]: the list of diagnoses and the search in it
//!
//! What was found is sealed under the patient's key; ids, times and states stay clear. Every read of a section writes its row
//! of the audit trail in the same statement, so that a section cannot be had unseen. Nothing is deleted: what was wrong is
//! marked as entered in error and kept.

pub mod allergies;
pub mod break_glass;
pub mod consents;
pub mod documents;
pub mod entries;
mod error;
pub mod family_history;
mod holdings;
pub mod icd10;
pub mod immunizations;
mod privacy;
pub mod problems;
pub mod purpose;
pub mod questions;
pub mod record;
pub mod social_history;
mod trail;
pub mod vitals;

pub use error::ChartError;
pub use holdings::ChartHoldings;
pub use record::{RecordPanel, RecordPanels, TimelineEntry};
pub use trail::verify_daily;

/// This room, for the server.
pub fn room() -> web::Room {
    web::Room { name: "chart", routes: routes(), jobs: jobs() }
}

fn jobs() -> web::Jobs {
    web::Jobs::new()
        .on::<questions::TellOfficers, _, _>(tell_officers)
        .every("audit.verify", 24 * 60, verify_daily)
        .merge(documents::jobs())
}

fn routes() -> web::Routes {
    icd10::routes()
        .merge(record::routes())
        .merge(allergies::routes())
        .merge(problems::routes())
        .merge(vitals::routes())
        .merge(immunizations::routes())
        .merge(family_history::routes())
        .merge(social_history::routes())
        .merge(documents::routes())
        .merge(consents::routes())
        .merge(break_glass::routes())
        .merge(questions::routes())
        .merge(privacy::routes())
        .merge(trail::routes())
}

async fn tell_officers(app: web::App, job: questions::TellOfficers) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&db::Context::system("chart.tell_officers")).await?;
    questions::asked(&mut tx, &identity::letters::Sender::new(&app), job.question).await?;
    Ok(tx.commit().await?)
}
