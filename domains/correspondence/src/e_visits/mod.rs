//! A question that needs a paid answer.
//!
//! ```text
//! team: proposed ──patient: yes──▶ accepted (charge open) ──paid──▶ accepted, paid ──team answers──▶ answered: the doctor's share runs
//!          ├──patient: no──▶ declined     ├──not paid in time──▶ expired (charge void)
//!          │                              ├──paid, not answered in time──▶ unanswered (what was paid goes back)
//!          ├──team──▶ withdrawn            └──team──▶ withdrawn (charge void; what was paid goes back)
//!          └──time over──▶ expired
//! ```
//!
//! The price is that of the doctor's chat service, else what the doctor writes. The patient sees it before anything is owed; their yes raises
//! one charge, on the bill of the visit by which the two know each other. Until it is paid the team does not answer, unless there are
//! signs of an emergency. Money that comes for what
//! does not stand any more goes back. What was decided is kept.

mod answer;
mod api;
mod model;
mod pages;
mod propose;
mod settle;
mod store;
mod withdraw;

pub use answer::{Answer, answer};
pub use model::{EVisit, Status};
pub use propose::{Propose, listed_price, propose};
pub use withdraw::withdraw;

pub(crate) use answer::answering;
pub(crate) use api::EVisitView;
pub(crate) use settle::{GiveBackUnanswered, VoidCharge, give_back_late, give_back_unanswered, settled, void_charge};
pub(crate) use store::{find_payer, list};

pub(crate) fn routes() -> web::Routes {
    api::routes().merge(pages::routes())
}

/// The line of the access log about a decision.
async fn record(
    tx: &mut db::Tx,
    (thread, id): (&crate::threads::Thread, kernel::ids::EVisitId),
    action: &'static str,
    purpose: &'static str,
) -> Result<(), db::Error> {
    let entry =
        audit::Entry { action, object: "e_visit", object_id: id.uuid(), patient: Some(thread.patient), purpose };
    audit::record(tx, entry).await.map(|_| ())
}
