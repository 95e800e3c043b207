//! The record as pages: the patient's own, the log of who opened it, and the doctor's view of a patient.
//!
//! The chart stands left of visits and prescriptions and cannot ask them for theirs. They bring their entries themselves: each
//! room to the right gives the server a [`RecordPanel`], the server puts all of them into the application as [`RecordPanels`],
//! and both pages show the entries of all rooms in one timeline.

mod api;
mod compose;
pub(crate) mod history_view;
mod open;
mod pages;
mod panel;
pub(crate) mod store;
mod view;
pub(crate) mod who;

pub use open::{OpenedEntry, Sealed, open_entry, reading_purpose};
pub use panel::{RecordPanel, RecordPanels, RecordView, TimelineEntry};

pub(crate) use pages::{
    access_log::{purpose_name, section_name},
    doctor::{AllergyFields, ChartPage},
};
pub(crate) use view::from_words;

pub(crate) fn routes() -> web::Routes {
    use web::{Doctor, Patient};
    web::Routes::new()
        .get::<Patient, _, _>("/record", pages::patient::show)
        .get::<Patient, _, _>("/record/access-log", pages::access_log::show)
        .get::<Doctor, _, _>("/doctor/patients/{patient}", pages::doctor::show)
        .api_get::<Patient, (), kernel::Page<api::AccessLine>, _, _>(
            "/api/v1/patients/{patient}/access-log",
            "Who opened the record of a patient: every look, newest first",
            api::access_log,
        )
}
