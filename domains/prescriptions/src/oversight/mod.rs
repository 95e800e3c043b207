//! How often doctors go on in spite of an alert that interrupts, per rule, for administrators who keep the rules.
//!
//! Each alert that stood in the way of a signature is counted once: `shown`, and `overridden` when the signature was given with a
//! reason. What was shown and not overridden was heeded: the medicine was changed or taken off. A rule that is nearly always overridden
//! wants to be looked at. Nothing here says whom an alert was about; the reason stands sealed under the prescription's signature.

mod api;
mod note;
mod pages;
mod store;

pub(crate) use note::{Outcome, note};

pub(crate) fn routes() -> web::Routes {
    use web::Admin;
    web::Routes::new()
        .get::<Admin, _, _>("/admin/medicine-alerts", pages::list)
        .api_get::<Admin, (), api::Listed, _, _>(
            "/api/v1/admin/medicine-alerts",
            "How often alerts about medicines are overridden, per rule, over the last 90 days",
            api::list,
        )
}
