//! Three books of the same money, compared every day: the gateway's own, our payments and refunds, and the journal.
//!
//! ```text
//! (hourly) due ─▶ a job per gateway and day ─▶ gateway.movements ─┐
//!                                  payments and refunds, journal ─┴▶ compare ─▶ a run, and a line for everything that moved
//! ```
//! A movement belongs to the day on which the gateway made it; we may have heard of it a day later, so the two sides are matched by
//! our ids and the gateway's references and never by dates. What does not fit has a name: missing here, missing there, another amount,
//! twice, not in the journal. A day with differences is compared again every day for a week: late news mends it by itself.
//! Administrators are told of every day's run that differs.

mod compare;
mod pages;
mod policy;
mod reconcile;
mod store;
mod tell;

pub use reconcile::{ReconcileError, reconcile};

pub(crate) fn routes() -> web::Routes {
    pages::routes()
}

pub(crate) fn jobs(jobs: web::Jobs) -> web::Jobs {
    reconcile::jobs(jobs)
}

#[cfg(test)]
pub(crate) use {compare::Outcome, reconcile::due_days, store::list_lines};
