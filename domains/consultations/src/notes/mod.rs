//! The visit's note.
//!
//! ```text
//! (none) ──save──▶ draft, version 1 ──save──▶ version 2 … ──sign──▶ signed: frozen, hashed, shown to the patient
//! ```
//!
//! A draft is the doctor's alone. Two windows do not overwrite each other: a save names the version it was read at, and a
//! stale one is refused with the version that stands. The signature is a SHA-256 over everything that was signed, the
//! visit and the signer, and is recomputed whenever the note is read.

mod api;
mod form;
mod model;
mod save;
mod sign;
mod store;

pub use model::{Diagnosis, NoteContent, NoteInput};
pub use save::{SaveNote, save};
pub use sign::{Signing, VisitSigned, sign, signed_hash};
pub use store::{Note, find_for_visit};

pub(crate) use form::NoteForm;

pub(crate) fn routes() -> web::Routes {
    use web::Doctor;
    web::Routes::new()
        .api_get::<Doctor, (), api::NoteView, _, _>("/api/v1/visits/{visit}/note", "The note as it stands", api::show)
        .api_put::<Doctor, api::Draft, api::Kept, _, _>(
            "/api/v1/visits/{visit}/note",
            "Keep what is written so far; 409 stale_version when it was changed since",
            api::keep,
        )
        .api_post::<Doctor, api::SignBody, api::Signed, _, _>(
            "/api/v1/visits/{visit}/signature",
            "Sign the note: it is frozen, and the patient reads it",
            api::sign_it,
        )
}
