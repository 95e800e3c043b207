//! The audit trail as administrators see it: who did what, when and why, by filters; and its verification every day.
//!
//! ```text
//! every day ─▶ audit::verify over all chains and anchors ─▶ kept ─▶ broken? every administrator is told
//! ```
//!
//! The trail holds ids, actions and reasons, never health content. Taking a file of it along is itself a row of it.

mod alarm;
mod api;
mod model;
mod pages;
mod store;

pub use alarm::verify_daily;
pub(crate) use model::{Filter, Row};

pub(crate) fn routes() -> web::Routes {
    use web::Admin;
    web::Routes::new()
        .get::<Admin, _, _>("/admin/audit", pages::show)
        .get::<Admin, _, _>("/admin/audit/trail.csv", pages::export)
        .api_get::<Admin, (), kernel::Page<Row>, _, _>(
            "/api/v1/admin/audit",
            "The audit trail, newest first: by who, patient, action and day",
            api::list,
        )
}
