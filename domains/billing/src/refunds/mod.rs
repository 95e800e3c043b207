//! Money given back.
//!
//! ```text
//! full / partial ─▶ requested ─rule───────────────▶ approved ─(job)─▶ submitted ─▶ succeeded: reversing entry, credit note, RefundSettled
//!                       │                              ▲                  └────▶ failed: the amount is free again; `retry` asks anew
//! ask (a person) ───────┴─small: rule; else `decide`, ─┴▶ declined: the amount is free again
//!                          by another administrator
//! ```
//! The amount is reserved on the payment when it is asked for: Σ refunds ≤ captured, whoever races. The job calls the gateway with
//! the refund's id as key, so an attempt whose answer was lost is repeated without harm.

mod ask;
mod decide;
mod model;
mod pages;
mod request;
mod retry;
mod settle;
pub(crate) mod store;
mod submit;
mod tell;

pub use ask::{AskError, AskRefund, ask};
pub use decide::{Decide, DecideError, Decision, decide};
pub use model::{Approval, Refund, RefundReason, RefundStatus};
pub(crate) use request::of_part;
pub use request::{RefundError, full, partial};
pub use retry::{RetryError, retry};
pub use settle::RefundSettled;
#[cfg(test)]
pub(crate) use submit::{submit, sweep};

pub(crate) fn routes() -> web::Routes {
    pages::routes()
}

pub(crate) fn jobs(jobs: web::Jobs) -> web::Jobs {
    tell::jobs(submit::jobs(jobs))
}
