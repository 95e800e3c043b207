//! A draft of the note, from what was said.
//!
//! ```text
//! segments ─▶ compose (extractive: sentences as they were said)  ┐
//!          └▶ write  (a language model of the operator's)        ┴▶ check ─▶ Draft { sentences with sources and doubts, omissions }
//! ```
//!
//! Every sentence points at the utterances it came from. What a model writes is checked against them: a sentence that names no
//! source, or a number or a medicine that its sources do not have, is marked as unsupported. Symptoms, allergies, medicines and
//! doses that were said and stand neither in the draft nor in the note are listed. A doctor chooses, edits and signs; nothing is ever
//! prescribed from a draft. The cues and words are English, as the engine is.

mod api;
mod check;
mod compose;
mod error;
mod lexicon;
mod medicines;
mod model;
mod numbers;
mod pages;
mod read;
mod said;
mod store;
mod write;

pub use check::check;
pub use compose::compose;
pub use error::DraftError;
pub use medicines::{MedicineBook, Medicines, Prescribed};
pub use model::{Doubt, Draft, Omission, Recorded, Section, Sentence, What};
pub use write::write;

pub(crate) use store::delete_for_visit;

pub(crate) fn routes() -> web::Routes {
    use web::Doctor;
    web::Routes::new()
        .get::<Doctor, _, _>("/visits/{visit}/draft", pages::show)
        .post::<Doctor, _, _>("/visits/{visit}/draft", pages::post)
        .api_get::<Doctor, (), api::DraftView, _, _>(
            "/api/v1/visits/{visit}/draft",
            "A draft of the note from what was said, each sentence with its sources",
            api::show,
        )
}
