//! Who supervises whom.
//!
//! ```text
//! begun (from a day on) ──▶ in force ──(its last day passes, or end)──▶ over
//! ```
//!
//! An administrator says that a doctor's notes are checked by another: from a day on, to a day or open. What was said stays; it is only
//! ended. Nobody supervises themselves, not through others either, and a supervisor is a published doctor: the database refuses the rest.
//! What a supervisor then does stands in [`crate::approvals`].

mod api;
mod begin;
mod end;
mod error;
mod model;
mod pages;
pub(crate) mod store;

pub use begin::{NewSupervision, begin};
pub use end::end;
pub use error::SupervisionError;
pub use model::{Phase, Supervision};

pub(crate) fn routes() -> web::Routes {
    use web::Admin;
    web::Routes::new()
        .get::<Admin, _, _>("/admin/doctors/{doctor}/supervision", pages::show)
        .post::<Admin, _, _>("/admin/doctors/{doctor}/supervision", pages::add)
        .post::<Admin, _, _>("/admin/supervisions/{supervision}/ending", pages::stop)
        .post::<Admin, _, _>("/admin/approvals/{approval}/assignment", pages::assign_one)
        .api_get::<Admin, (), api::Supervisions, _, _>(
            "/api/v1/admin/doctors/{doctor}/supervisions",
            "Who supervises this doctor, and who did",
            api::list,
        )
        .api_post::<Admin, api::Wanted, api::Begun, _, _>(
            "/api/v1/admin/doctors/{doctor}/supervisions",
            "Let this doctor's notes be checked by another",
            api::begin_one,
        )
        .api_post::<Admin, (), api::Ended, _, _>(
            "/api/v1/admin/supervisions/{supervision}/ending",
            "End a supervision now",
            api::end_one,
        )
}
