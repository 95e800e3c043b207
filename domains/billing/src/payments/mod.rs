//! The payment machine: one attempt to pay a charge, from the gateway's page to money in the ledger.
//!
//! ```text
//! start ─▶ created ─ open_checkout ─▶ requires_action ─▶ processing ─▶ captured ─▶ (partially_)refunded
//!                                           └──────────────┴─▶ failed | cancelled
//! ```
//! A webhook (`webhook`), the minute's round of reconciliation and a retry of the payer (`check`) all do the same: ask the
//! gateway, then `apply` what it says in one transaction. Nothing that a browser or a webhook claims is believed.

mod admin;
mod api;
mod apply;
mod carry;
mod check;
mod checkout;
mod close;
mod events;
mod model;
mod other_news;
mod pages;
mod start;
pub(crate) mod store;
pub(crate) mod webhook;

pub(crate) use admin::tone;
pub use apply::{Applied, apply};
pub use carry::{Carried, CarryError, carry};
pub use check::{CheckError, ask, check};
pub use checkout::{Due, PayError, Payer, open_checkout};
pub(crate) use close::close_open;
pub use events::{PaymentFailed, PaymentSettled, PaymentUnderWay};
pub use model::{Payment, PaymentStatus};
pub use start::{StartError, start, start_bill};
pub use store::{is_processing, status_of};
#[cfg(test)]
pub(crate) use {check::round, close::close};

use gateways::Payments;

/// The gateways of this installation.
pub(crate) fn gateways_of(app: &web::App) -> std::sync::Arc<Payments> {
    app.part::<Payments>()
}

pub(crate) fn routes() -> web::Routes {
    web::Routes::new().merge(pages::routes()).merge(admin::routes()).merge(api::routes()).merge(webhook::routes())
}

pub(crate) fn jobs(jobs: web::Jobs) -> web::Jobs {
    check::jobs(close::jobs(jobs))
}
