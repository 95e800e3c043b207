//! The truth about money: a double-entry journal, append-only, every entry balanced in each currency.
//!
//! ```text
//! capture:  gateway_clearing +amount · doctor_payable −share · platform_revenue −commission
//! refund:   the reverse of as much of the capture as goes back
//! carry:    the same payment for another doctor's visit: what the first had earned, to the second
//! ```
//! Debits are positive. The database refuses an entry that does not balance and a line that is changed; `verify` (the
//! command `bedside ledger verify`, and a job) compares the journal with payments, refunds and invoices.

mod post;
pub(crate) mod store;
mod verify;

pub use post::PostError;
pub(crate) use post::{post_capture, post_carry, post_refund};
pub use store::{Balance, balances};
pub use verify::{LedgerFault, Report, verify};

pub(crate) fn jobs(jobs: web::Jobs) -> web::Jobs {
    verify::jobs(jobs)
}

/// The accounts of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Account {
    /// What gateways hold for us.
    GatewayClearing,
    /// The platform's commission.
    PlatformRevenue,
    /// What we owe a doctor.
    DoctorPayable(kernel::ids::PractitionerId),
}

impl Account {
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::GatewayClearing => "gateway_clearing",
            Self::PlatformRevenue => "platform_revenue",
            Self::DoctorPayable(_) => "doctor_payable",
        }
    }

    pub(crate) const fn holder(self) -> Option<kernel::ids::PractitionerId> {
        match self {
            Self::DoctorPayable(holder) => Some(holder),
            Self::GatewayClearing | Self::PlatformRevenue => None,
        }
    }
}
