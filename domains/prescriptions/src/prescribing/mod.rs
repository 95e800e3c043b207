//! A prescription from draft to its end.
//!
//! ```text
//!   draft ──sign──▶ active ──(30 days from the signature, by medicine)──▶ expired
//!     │             ▲ │ ├──(all dispensed)──▶ completed
//!     │      release│ │hold
//!     │             │ ▼ ├──stop──▶ stopped
//!     │          on_hold├──(a copy that takes its place is signed)──▶ replaced
//!     └──cancel──▶ cancelled ◀──cancel (a mistake)
//! ```
//!
//! A signed prescription is changed by a copy that takes its place, and renewed by a copy that answers a request for a refill.
//!
//! Only the prescriber writes. A draft may have items added and removed; its alerts are worked out anew at every look. The
//! signature needs a reason for every hard alert, freezes the content under a keyed mark, and gives it a code by which anybody can
//! verify it. From then on nothing in it changes: the database refuses, and every reader checks the mark, so that a row
//! changed behind our back is refused and flagged ([`ReadError::Altered`]). "Expired" is not a stored state but the clock.

mod api;
mod content;
mod copy;
mod draft;
mod end;
mod error;
mod hold;
mod items;
mod model;
mod pages;
mod panel;
mod paper;
mod past;
mod policy;
mod read;
mod restrict;
mod review;
mod sign;
mod spoken;
#[cfg(test)]
mod states;
pub(crate) mod store;
mod tell;
#[cfg(test)]
pub(crate) mod testing;
mod words;

pub use content::{Header, ItemContent, Links, Override, Signed, at_header, at_item, content_hash, signature};
pub use copy::{Copying, copy};
pub use draft::draft;
pub use end::{EndReason, Ending, end};
pub use error::{DraftError, EndError, ReadError, SignError};
pub use hold::{hold, release};
pub use items::{add_item, remove_item};
pub use model::{Item, NewItem, NewPrescription, Prescription, Status};
pub use panel::{PrescriptionsPanel, in_words};
pub use past::{PastPrescription, write_past};
pub use policy::{Demand, Restriction};
pub use read::{find_for, list_by_ids, list_for_patient};
pub use review::{review, review_for_dispensing};
pub use sign::{Signing, sign};
pub use spoken::VisitMedicines;
pub use tell::PrescriptionSigned;

pub(crate) use pages::{doctor::limit_codes, life::copied};
pub(crate) use policy::early_after_seconds;
pub(crate) use words::{directions, medicine, quantity_words, status_tone};

/// All of it was dispensed.
pub(crate) async fn complete(tx: &mut db::Tx, id: kernel::ids::PrescriptionId) -> Result<(), db::Error> {
    store::set_ended(tx, id, "completed", "dispensed", "dispensing").await
}

pub(crate) fn routes() -> web::Routes {
    use web::{Doctor, Patient, SignedIn};
    web::Routes::new()
        .get::<Doctor, _, _>("/visits/{visit}/prescription", pages::doctor::show)
        .post::<Doctor, _, _>("/visits/{visit}/prescription/items", pages::doctor::add_item)
        .post::<Doctor, _, _>("/visits/{visit}/prescription/removal", pages::doctor::remove_item)
        .post::<Doctor, _, _>("/visits/{visit}/prescription/facts", pages::doctor::add_facts)
        .post::<Doctor, _, _>("/visits/{visit}/prescription/signature", pages::doctor::sign)
        .post::<Doctor, _, _>("/visits/{visit}/prescription/cancellation", pages::doctor::discard)
        .post::<Doctor, _, _>("/prescriptions/{prescription}/ending", pages::life::end)
        .post::<Doctor, _, _>("/prescriptions/{prescription}/hold", pages::life::hold)
        .post::<Doctor, _, _>("/prescriptions/{prescription}/release", pages::life::release)
        .post::<Doctor, _, _>("/prescriptions/{prescription}/replacement", pages::life::replace)
        .get::<Patient, _, _>("/prescriptions", pages::patient::list)
        .get::<SignedIn, _, _>("/prescriptions/{prescription}", pages::patient::show)
        .api_get::<Patient, (), api::Listed, _, _>("/api/v1/prescriptions", "My prescriptions", api::list)
        .api_post::<Doctor, NewPrescription, api::View, _, _>(
            "/api/v1/visits/{visit}/prescriptions",
            "Draft a prescription; the answer holds the alerts",
            api::draft,
        )
        .api_get::<SignedIn, (), api::View, _, _>(
            "/api/v1/prescriptions/{prescription}",
            "One prescription; with .pdf after the id, the document",
            api::show,
        )
        .api_post::<Doctor, NewItem, api::View, _, _>(
            "/api/v1/prescriptions/{prescription}/items",
            "Add an item to a draft",
            api::add_item,
        )
        .api_post::<Doctor, api::SignBody, api::View, _, _>(
            "/api/v1/prescriptions/{prescription}/signature",
            "Sign a draft, with a reason for every hard alert",
            api::sign,
        )
        .api_post::<Doctor, api::EndBody, api::View, _, _>(
            "/api/v1/prescriptions/{prescription}/ending",
            "Stop or cancel a prescription",
            api::end,
        )
        .api_post::<Doctor, api::Nothing, api::View, _, _>(
            "/api/v1/prescriptions/{prescription}/hold",
            "Put a prescription on hold",
            api::hold,
        )
        .api_post::<Doctor, api::Nothing, api::View, _, _>(
            "/api/v1/prescriptions/{prescription}/release",
            "Release a prescription from its hold",
            api::release,
        )
        .api_post::<Doctor, api::Nothing, api::View, _, _>(
            "/api/v1/prescriptions/{prescription}/replacement",
            "Draft a copy that takes the place of this one when it is signed",
            api::replace,
        )
}

pub(crate) fn jobs() -> web::Jobs {
    web::Jobs::default().on_event::<PrescriptionSigned, _, _>("prescriptions.tell_patient", |app, signed| async move {
        tell::patient(&app, signed).await
    })
}
