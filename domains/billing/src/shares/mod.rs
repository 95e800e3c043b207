//! Who has earned how much of each payment.
//!
//! ```text
//! capture ─▶ pending ──service done + dispute window──▶ available ──payout──▶ paid out
//!               ├──refund: reversed, to the last unit──────┤ (after the payout: the balance goes below nothing, and the
//!               └──carried to another charge───▶ nothing    next payouts recover it)
//! ```
//! One row for each charge that a payment pays, written with the entry of its capture. That a share is available is judged by the database's clock whenever it is
//! read; the job only writes the entry that moves it from `doctor_pending` to `doctor_payable`.

mod complete;
mod release;
pub(crate) mod store;

pub use complete::{complete, when_done};
pub use release::release_due;
pub(crate) use store::Share;
pub use store::adopt;

pub(crate) fn jobs(jobs: web::Jobs) -> web::Jobs {
    release::jobs(complete::jobs(jobs))
}
