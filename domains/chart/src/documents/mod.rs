//! Documents of the record: reports, letters, cards and photos, as PDF, JPEG or PNG.
//!
//! ```text
//!   (sent) ──▶ quarantined ──(scan: clean)──▶ clean ──(scan later: found)──▶ refused
//!                  └────────(scan: found)────────────────────────────────────▲
//! ```
//!
//! A file is opened and made harmless while it comes in (`intake`), and refused there with a reason; what is kept lies sealed under the
//! patient's key and waits for the scanner. Nothing but what is clean is given out, by any door. Without a scanner on purpose, pictures
//! (which the house has made anew) and PDFs (which it has searched) are clean after a while and marked as not scanned; where nobody has
//! said anything about a scanner, PDFs wait (adr/0026).
//!
//! Patients and who acts for them add and remove their own; so do doctors who treat. Removing hides a document, and can be undone.

mod api;
mod describe;
mod error;
mod find;
mod letters;
mod model;
mod open;
mod pages;
mod photo;
mod receive;
mod remove;
mod scan;
pub(crate) mod store;
mod upload;

pub use describe::describe;
pub use error::DocumentError;
pub use find::find;
pub use model::{Description, Document, DocumentKind, DocumentState, Removal};
pub use open::{Opened, Part, open};
pub use photo::{Photo, receive_photo, take_photo};
pub use receive::{NewDocument, receive};
pub use remove::{remove, restore};
pub use scan::{DocumentChecked, Scan};
pub use store::{LATEST, Wanted, list_for, list_of};

pub(crate) use store::open_title;

pub(crate) use pages::{DocumentRow, rows};

pub(crate) fn jobs() -> web::Jobs {
    web::Jobs::new().on::<Scan, _, _>(scan::scan).every("chart.scan_waiting", 30, scan::scan_waiting)
}

pub(crate) fn routes() -> web::Routes {
    pages_of_patients().merge(pages_of_doctors()).merge(calls())
}

fn pages_of_patients() -> web::Routes {
    use web::Patient;
    web::Routes::new()
        .get::<Patient, _, _>("/record/documents", pages::patient::list)
        .get::<Patient, _, _>("/record/documents/new", pages::patient::new)
        .post_stream::<Patient, _, _>("/record/documents", pages::patient::add)
        .get::<Patient, _, _>("/record/documents/{file}", pages::patient::show)
        .post::<Patient, _, _>("/record/documents/{file}", pages::patient::describe)
        .get::<Patient, _, _>("/record/documents/{file}/content", pages::patient::content)
        .get::<Patient, _, _>("/record/documents/{file}/preview", pages::patient::preview)
        .post::<Patient, _, _>("/record/documents/{file}/removal", pages::patient::remove)
        .post::<Patient, _, _>("/record/documents/{file}/restoration", pages::patient::restore)
}

fn pages_of_doctors() -> web::Routes {
    use web::Doctor;
    web::Routes::new()
        .get::<Doctor, _, _>("/doctor/patients/{patient}/documents", pages::doctor::list)
        .post_stream::<Doctor, _, _>("/doctor/patients/{patient}/documents", pages::doctor::add)
        .get::<Doctor, _, _>("/doctor/patients/{patient}/documents/{file}", pages::doctor::show)
        .post::<Doctor, _, _>("/doctor/patients/{patient}/documents/{file}", pages::doctor::describe)
        .get::<Doctor, _, _>("/doctor/patients/{patient}/documents/{file}/content", pages::doctor::content)
        .get::<Doctor, _, _>("/doctor/patients/{patient}/documents/{file}/preview", pages::doctor::preview)
        .post::<Doctor, _, _>("/doctor/patients/{patient}/documents/{file}/removal", pages::doctor::remove)
        .post::<Doctor, _, _>("/doctor/patients/{patient}/documents/{file}/restoration", pages::doctor::restore)
}

fn calls() -> web::Routes {
    use web::SignedIn;
    web::Routes::new()
        .api_get::<SignedIn, (), kernel::Page<Document>, _, _>(
            "/api/v1/patients/{patient}/documents",
            "Documents of a patient, the latest first; `?kind=` for one kind, `?removed=true` for those removed",
            api::list,
        )
        .api_post_stream::<SignedIn, api::UploadBody, api::Received, _, _>(
            "/api/v1/patients/{patient}/documents",
            "Send a document: PDF of at most 25 MB, JPEG or PNG of at most 10 MB",
            api::add,
        )
        .api_get::<SignedIn, (), Document, _, _>(
            "/api/v1/patients/{patient}/documents/{file}",
            "What is known of a document",
            api::show,
        )
        .api_put::<SignedIn, api::DescribeBody, Document, _, _>(
            "/api/v1/patients/{patient}/documents/{file}",
            "Describe a document anew",
            api::describe,
        )
        .api_post::<SignedIn, api::RemoveBody, Document, _, _>(
            "/api/v1/patients/{patient}/documents/{file}/removal",
            "Remove a document; it can be restored",
            api::remove,
        )
        .api_post::<SignedIn, (), Document, _, _>(
            "/api/v1/patients/{patient}/documents/{file}/restoration",
            "Restore a removed document",
            api::restore,
        )
        .api_get::<SignedIn, (), web::AFile, _, _>(
            "/api/v1/patients/{patient}/documents/{file}/content",
            "The file, once it is clean; 409 while it waits",
            api::content,
        )
        .api_get::<SignedIn, (), web::AFile, _, _>(
            "/api/v1/patients/{patient}/documents/{file}/preview",
            "A picture of at most 800 pixels, of a picture that is clean",
            api::preview,
        )
}
