//! Money given back.
//!
//! ```text
//! full / partial ─▶ requested ─(job)─▶ submitted ─▶ succeeded: reversing entry, credit note, RefundSettled
//!                       │                    └────▶ failed: the amount is free again, an administrator may retry
//!                       └─ the amount is reserved on the payment at once: Σ refunds ≤ captured, whoever races
//! ```
//! The job calls the gateway with the refund's id as key, so an attempt whose answer was lost is repeated without harm.

mod model;
mod request;
mod settle;
pub(crate) mod store;
mod submit;
mod tell;

pub use model::{Refund, RefundReason, RefundStatus};
pub use request::{RefundError, full, partial};
pub(crate) use request::{of_payment, retry_failed};
pub use settle::RefundSettled;
#[cfg(test)]
pub(crate) use submit::submit;

pub(crate) fn jobs(jobs: web::Jobs) -> web::Jobs {
    tell::jobs(submit::jobs(jobs))
}
