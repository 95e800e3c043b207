//! The pages of the built-in sandbox gateway, as if they were another company's, and the delivery of its webhooks.
//! Demonstration mode only: elsewhere every path here is absent.
//!
//! ```text
//! /sandbox/pay/{token} ─ approve | decline ─▶ webhook (job) ─▶ back to us
//!                      └ delay ─▶ webhook "processing" · (job, later) captured ─▶ webhook
//! ```

mod deliver;
mod pages;

pub(crate) fn routes() -> web::Routes {
    pages::routes()
}

pub(crate) fn jobs(jobs: web::Jobs) -> web::Jobs {
    deliver::jobs(jobs)
}
