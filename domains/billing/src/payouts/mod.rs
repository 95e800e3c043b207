//! What was earned goes to those who earned it.
//!
//! ```text
//! make_batch ─▶ created ─(job)─▶ submitted ─▶ paid ──▶ returned
//!                  │                 └──────▶ failed
//!                  └─ the balance is taken at once: doctor_payable ─▶ payouts_in_transit; failed or returned, it comes back
//! ```
//! One payout per payee and currency at a time, for verified payees only. The job calls the gateway with the payout's id as key, so that
//! an attempt whose answer was lost, or that the program did not live to write down, is repeated without paying twice.

mod account;
mod admin;
mod apply;
mod batch;
mod model;
pub(crate) mod store;
mod submit;

pub(crate) use account::hear;
pub use account::{AccountError, open_account, refresh_account};
pub(crate) use admin::{csv_file, tone};
pub(crate) use apply::{Heard, apply};
pub use batch::{BatchError, make_batch};
pub use model::{PayeeState, Payout, PayoutStatus};
#[cfg(test)]
pub(crate) use submit::{look_again, submit};

pub(crate) fn routes() -> web::Routes {
    account::routes().merge(admin::routes())
}

pub(crate) fn jobs(jobs: web::Jobs) -> web::Jobs {
    submit::jobs(jobs)
}
