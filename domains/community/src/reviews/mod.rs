//! Reviews of finished visits.
//!
//! ```text
//! submit ─▶ published                        nothing in the text gave cause
//!       └─▶ awaiting_moderation ─publish──▶ published
//!                  ▲            ├redact───▶ published (another text; the author keeps seeing their own)
//!                  │            └reject───▶ rejected
//! edit (30 days) ──┘ or ▶ published          published may be redacted or rejected later, too
//! withdraw: any time; the row goes
//! ```
//!
//! Only the visit's own patient, only once the visit took place, one per visit (standards.md §14). Readers see stars, text, "Amina K.",
//! "verified visit" and the month. Every change that readers can see moves the doctor's score in the same transaction.

mod api;
mod edit;
pub mod filter;
mod invite;
mod model;
mod moderate;
mod pages;
mod store;
mod submit;
#[cfg(test)]
mod tests;
mod withdraw;

pub use edit::{EditError, EditReview, edit};
pub use invite::{Invite, TellAuthor};
pub use model::{Dimension, PublishedReview, Rating, Review, Scores, Stars, Status};
pub use moderate::{Decision, ModerateError, moderate};
pub use store::{find_rating, list_published};
pub use submit::{SubmitError, SubmitReview, submit};
pub use withdraw::{WithdrawError, withdraw};

use web::{Admin, Jobs, Patient, Routes, SignedIn};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get::<Patient, _, _>("/appointments/{appointment}/review", pages::author::show)
        .post::<Patient, _, _>("/appointments/{appointment}/review", pages::author::save)
        .post::<Patient, _, _>("/appointments/{appointment}/review/withdrawal", pages::author::withdraw)
        .get::<SignedIn, _, _>("/reviews", pages::mine::list)
        .get::<Admin, _, _>("/admin/reviews", pages::admin::list)
        .post::<Admin, _, _>("/admin/reviews/{review}/decision", pages::admin::decide)
        .api_get::<Patient, (), api::ReviewView, _, _>(
            "/api/v1/appointments/{appointment}/review",
            "My review of a visit",
            api::show,
        )
        .api_post::<Patient, api::ReviewBody, api::ReviewView, _, _>(
            "/api/v1/appointments/{appointment}/review",
            "Review a finished visit",
            api::submit,
        )
        .api_put::<Patient, api::ReviewBody, api::ReviewView, _, _>(
            "/api/v1/appointments/{appointment}/review",
            "Change my review within 30 days",
            api::edit,
        )
        .api_delete::<Patient, (), (), _, _>(
            "/api/v1/appointments/{appointment}/review",
            "Delete my review",
            api::withdraw,
        )
}

pub(crate) fn jobs() -> Jobs {
    invite::jobs()
}
