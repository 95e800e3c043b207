//! A supervisor checks the notes of a doctor who is supervised.
//!
//! ```text
//! note signed ──ask──▶ awaiting ──approve──▶ approved (co-signed: over the note's signature and the additions read)
//!                        │   ▲
//!                  return ▼   │ send again, with an addition
//!                       returned
//! ```
//!
//! The note is signed and locked as ever, and its patient reads it at once; what is asked is whether a second doctor stands behind it. The
//! supervisor reads the record, and only reads it, while the note waits (`app.basis` says `supervision`), never where the patient has closed
//! the record to them: an administrator then chooses somebody else. The note never changes: its doctor answers with an addition. The
//! co-signature is recomputed whenever the note is read.

mod api;
mod approve;
mod ask;
mod assign;
mod letters;
mod model;
mod pages;
mod read;
mod send_back;
pub(crate) mod store;

pub use approve::{Approving, approve};
pub use ask::{ask, send_again};
pub use assign::{Assignment, assign, hand_over};
pub use model::{Approval, Status, Words};
pub use send_back::{Returning, send_back};
pub use store::{Waiting, list_to_check};

pub(crate) use api::ApprovalView;
pub(crate) use letters::{ApprovalMoved, NotesHandedOver, handed_over, moved, watch};
pub(crate) use pages::returned_title;
pub(crate) use read::{find_for_visit, list_words};

pub(crate) fn routes() -> web::Routes {
    use web::{Admin, Doctor};
    web::Routes::new()
        .get::<Doctor, _, _>("/doctor/approvals", pages::list)
        .get::<Doctor, _, _>("/doctor/approvals/count", pages::count)
        .get::<Doctor, _, _>("/doctor/approvals/{approval}", pages::show)
        .post::<Doctor, _, _>("/doctor/approvals/{approval}/signature", pages::sign)
        .post::<Doctor, _, _>("/doctor/approvals/{approval}/return", pages::give_back)
        .post::<Doctor, _, _>("/visits/{visit}/approval-request", pages::send_again)
        .api_get::<Doctor, (), api::Approvals, _, _>(
            "/api/v1/note-approvals",
            "Notes to check; those checked with `?show=done`, one's own with `?show=mine`",
            api::list,
        )
        .api_get::<Doctor, (), api::Opened, _, _>(
            "/api/v1/note-approvals/{approval}",
            "A note to check, with everything that belongs to it",
            api::show,
        )
        .api_post::<Doctor, api::SignBody, api::ApprovalView, _, _>(
            "/api/v1/note-approvals/{approval}/signature",
            "Approve a note; 409 stale_version when something was added that was not read",
            api::sign,
        )
        .api_post::<Doctor, api::ReturnBody, api::ApprovalView, _, _>(
            "/api/v1/note-approvals/{approval}/return",
            "Return a note to its doctor, with words",
            api::give_back,
        )
        .api_post::<Doctor, (), api::ApprovalView, _, _>(
            "/api/v1/visits/{visit}/approval-request",
            "Send a returned note again, after an addition",
            api::send_again,
        )
        .api_post::<Admin, api::AssignBody, api::ApprovalView, _, _>(
            "/api/v1/admin/note-approvals/{approval}/assignment",
            "Choose another doctor to check this one note",
            api::assign_one,
        )
}
