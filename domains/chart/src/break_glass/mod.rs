//! Emergency access: a doctor opens a record that nothing else opens to them.
//!
//! ```text
//!   (closed) ──break──▶ open, 60 minutes at most ──end / its time──▶ over
//!                            └───────────────────review──────────────▶ reviewed: justified, not justified, unclear
//! ```
//!
//! It asks for a reason, words, and the second factor anew. It opens for reading only, what is hidden included. Every look is marked
//! as one of an emergency by the database itself. Patient and privacy officers hear of it in the same transaction. Nobody extends
//! it; whoever has two that nobody has reviewed yet gets no third.

mod api;
mod begin;
mod end;
mod letters;
mod model;
mod pages;
mod review;
pub(crate) mod store;

pub use begin::{Begin, BeginError, begin};
pub use end::{EndError, end};
pub use model::{Access, Outcome, Reason};
pub use review::{Review, ReviewError, review};
pub(crate) use store::{find_open, list_of, list_reviewed, list_to_review};

pub(crate) fn routes() -> web::Routes {
    use web::{Admin, Doctor};
    web::Routes::new()
        .get::<Doctor, _, _>("/doctor/emergency-access", pages::new)
        .post::<Doctor, _, _>("/doctor/emergency-access", pages::begin)
        .post::<Doctor, _, _>("/doctor/patients/{patient}/emergency-access/ending", pages::end)
        .api_post::<Doctor, api::BeginBody, api::Begun, _, _>(
            "/api/v1/emergency-access",
            "Open a record in an emergency",
            api::begin,
        )
        .api_post::<Doctor, (), api::Ended, _, _>(
            "/api/v1/patients/{patient}/emergency-access/ending",
            "End emergency access before its time",
            api::end,
        )
        .api_get::<Admin, (), api::Listed, _, _>(
            "/api/v1/admin/emergency-access",
            "Emergency accesses that wait for their review",
            api::to_review,
        )
        .api_post::<Admin, api::ReviewBody, api::Reviewed, _, _>(
            "/api/v1/admin/emergency-access/{access}/review",
            "Review an emergency access",
            api::review,
        )
}
