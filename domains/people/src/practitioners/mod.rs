//! A practitioner is a person who treats patients here, with a licence that somebody has looked at.
//!
//! ```text
//! (invited) ──▶ draft ──submit──▶ submitted ──publish──▶ published ──suspend──▶ suspended ──reinstate──▶ published
//! ```
//!
//! Only a published practitioner is found by patients. Publishing needs a passed check of licence and identity; the database
//! holds that too. Suspending ends every session at once.

mod admin;
mod admin_list;
mod check;
mod create;
mod doctor;
mod letters;
mod model;
mod profile;
mod publish;
pub mod store;
mod submit;
mod suspend;

pub use check::{CheckError, CheckForm, NewCheck, check};
pub use create::{CreateError, NewPractitioner, create};
pub use model::{Gender, Practitioner, Status, UnknownStatus};
pub use profile::{ProfileForm, UpdateError, update};
pub use publish::{PublishError, publish};
pub use store::{Card, DoctorKey, find_published, list_cards};
pub use submit::{SubmitError, submit};
pub use suspend::{SuspendError, reinstate, suspend};

pub(crate) fn routes() -> web::Routes {
    admin::routes().merge(doctor::routes())
}
