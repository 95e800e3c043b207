//! The truth about money: a double-entry journal, append-only, every entry balanced in each currency.
//!
//! ```text
//! capture:  gateway_clearing +amount · doctor_pending −share · platform_revenue −commission · tax −taxes
//!           · patient_receivable −what was paid beyond the price
//! fee:      gateway_fees +fee · gateway_clearing −fee
//!           (of each supplier whose charge the payment pays)
//! refund:   the reverse of as much of a supplier's part of the capture as goes back
//! carry:    the same payment for another doctor's visit: what the first had earned, to the second
//! release:  doctor_pending +share · doctor_payable −share, once the service is done and its dispute window over
//! payout:   doctor_payable +amount · payouts_in_transit −amount; paid, from there to gateway_clearing; failed or returned, back
//! dispute:  disputes +amount · dispute_costs +fee · gateway_clearing −both; won, back; lost, reversed like a refund
//! ```
//! Debits are positive. The database refuses an entry that does not balance and a line that is changed; `verify` (the
//! command `bedside ledger verify`, and a job) compares the journal with payments, refunds and invoices.

mod post;
mod post_payouts;
pub(crate) mod store;
mod verify;

pub use post::PostError;
pub(crate) use post::{post_capture, post_carry, post_refund, post_release};
pub(crate) use post_payouts::{payable_to, post_dispute_closed, post_dispute_opened, post_payout_step, post_payouts};
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
    /// What patients have paid beyond what they owe.
    PatientReceivable,
    /// The platform's commission.
    PlatformRevenue,
    /// Taxes of bills and of commissions, to be passed on.
    Tax,
    /// What gateways keep for themselves, less what payees bear of it.
    GatewayFees,
    /// What a doctor has earned and cannot be paid yet.
    DoctorPending(kernel::ids::PractitionerId),
    /// What we owe a doctor.
    DoctorPayable(kernel::ids::PractitionerId),
    /// Taken from what we owe, and not yet gone.
    PayoutsInTransit,
    /// What gateways have taken until a bank has decided.
    Disputes,
    /// Fees of disputes, and what was lost twice.
    DisputeCosts,
}

impl Account {
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::GatewayClearing => "gateway_clearing",
            Self::PatientReceivable => "patient_receivable",
            Self::PlatformRevenue => "platform_revenue",
            Self::Tax => "tax",
            Self::GatewayFees => "gateway_fees",
            Self::DoctorPending(_) => "doctor_pending",
            Self::DoctorPayable(_) => "doctor_payable",
            Self::PayoutsInTransit => "payouts_in_transit",
            Self::Disputes => "disputes",
            Self::DisputeCosts => "dispute_costs",
        }
    }

    /// Kinds that hold money or cost it, rather than owe or earn it.
    pub(crate) fn is_debit(kind: &str) -> bool {
        [Self::GatewayClearing, Self::GatewayFees, Self::Disputes, Self::DisputeCosts]
            .iter()
            .any(|it| it.kind() == kind)
    }

    pub(crate) const fn holder(self) -> Option<kernel::ids::PractitionerId> {
        match self {
            Self::DoctorPending(holder) | Self::DoctorPayable(holder) => Some(holder),
            Self::GatewayClearing
            | Self::PatientReceivable
            | Self::PlatformRevenue
            | Self::Tax
            | Self::GatewayFees
            | Self::PayoutsInTransit
            | Self::Disputes
            | Self::DisputeCosts => None,
        }
    }
}
