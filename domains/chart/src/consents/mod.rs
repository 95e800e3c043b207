//! Whom a patient lets see the record, and whom not.
//!
//! ```text
//!   (nothing said) ──give──▶ given ──revoke──▶ revoked ──give──▶ given …
//!        └───────────────revoke──────────────────┘        given ──(its end)──▶ over
//! ```
//!
//! A decision is about one doctor, and a version of its own: the latest counts, none is ever changed. `given` opens the record for
//! reading without an appointment, with or without what is hidden. `revoked` closes it at once, also to a doctor who treats the
//! patient: only an appointment that is made afterwards opens it again. The database asks (`app.basis`), so page, JSON, file and
//! every other room say the same.

mod api;
mod ask;
mod give;
mod letters;
mod model;
mod pages;
mod revoke;
pub(crate) mod store;

pub use ask::{AskError, ask_for_hidden};
pub use give::{GiveError, give};
pub use model::{Consent, Decision, GiveConsent, Scope};
pub use revoke::{RevokeError, revoke};

pub(crate) fn routes() -> web::Routes {
    use web::{Doctor, Patient};
    web::Routes::new()
        .get::<Patient, _, _>("/record/sharing", pages::show)
        .post::<Patient, _, _>("/record/sharing", pages::give)
        .post::<Patient, _, _>("/record/sharing/{doctor}/revocation", pages::revoke)
        .get::<Doctor, _, _>("/doctor/records", pages::of_doctor)
        .post::<Doctor, _, _>("/doctor/patients/{patient}/hidden-request", pages::ask)
        .api_get::<Patient, (), api::Listed, _, _>(
            "/api/v1/patients/{patient}/consents",
            "What a patient decided about who may see the record, every version",
            api::list,
        )
        .api_post::<Patient, api::GiveBody, api::Given, _, _>(
            "/api/v1/patients/{patient}/consents",
            "Let a doctor see the record",
            api::give,
        )
        .api_post::<Patient, (), api::Listed, _, _>(
            "/api/v1/patients/{patient}/consents/{doctor}/revocation",
            "Close the record to a doctor",
            api::revoke,
        )
}
