//! What is added to a note after it was signed.
//!
//! ```text
//! note signed ──add──▶ addendum 1 ──add──▶ addendum 2 …
//!        hash ──────────▶ hash of 1 ─────────▶ hash of 2 …
//! ```
//!
//! A signed note never changes: a change must not obscure what was recorded before (21 CFR 11.10(e)). Its doctor adds to it instead: a
//! correction, a result that came later, or something more. Each addition is signed by a SHA-256 that takes in the signature before it,
//! and all are recomputed whenever they are read. The patient reads it at once and is told.

mod add;
mod api;
mod letter;
mod model;
mod pages;
mod store;

pub use add::{AddAddendum, NoteAmended, add};
pub use model::{Addendum, AddendumInput, AddendumKind};
pub use store::list;

pub(crate) use store::count;

pub(crate) use api::AddendumView;
pub(crate) use letter::send;
pub(crate) use pages::AddendumForm;

pub(crate) fn routes() -> web::Routes {
    use web::Doctor;
    web::Routes::new()
        .post::<Doctor, _, _>("/visits/{visit}/addenda", pages::post)
        .api_post::<Doctor, AddendumInput, AddendumView, _, _>(
            "/api/v1/visits/{visit}/addenda",
            "Add to a signed note; 409 stale_version when something else was added since `after`",
            api::create,
        )
}
