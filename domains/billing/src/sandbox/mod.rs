//! The pages of the built-in sandbox gateway, as if they were another company's, and the delivery of its webhooks.
//! Demonstration mode only: elsewhere every path here is absent.
//!
//! ```text
//! /sandbox/pay/{token} ─ approve | decline ─▶ webhook (job) ─▶ back to us
//!                      ├ objection ─▶ /sandbox/disputes/{token} ─ won | lost ─▶ webhook
//! /sandbox/accounts/{token} ─ the payee is looked at ─▶ webhook
//!                      └ delay ─▶ webhook "processing" · (job, later) captured ─▶ webhook
//! ```

mod deliver;
mod other_pages;
mod pages;

pub(crate) fn routes() -> web::Routes {
    pages::routes().merge(other_pages::routes())
}

pub(crate) fn jobs(jobs: web::Jobs) -> web::Jobs {
    deliver::jobs(jobs)
}
