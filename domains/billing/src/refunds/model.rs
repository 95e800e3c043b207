//! What a refund is, why it is made, and its states.

use kernel::{
    Money,
    ids::{AccountId, ChargeId, PatientId, PaymentId, PractitionerId, RefundId},
};

/// Why money goes back. Kept on the refund, shown to the patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RefundReason {
    CancelledByPatient,
    CancelledByDoctor,
    CancelledByPlatform,
    /// The doctor did not accept the request.
    Rejected,
    NoShowDoctor,
    /// The money came late and the time was taken by then.
    SlotGone,
    /// The charge was paid twice.
    DoublePayment,
    TechnicalFailure,
    /// A voucher lowered the price while the old one was being paid.
    PriceLowered,
    /// The money came late, and by then somebody else had taken the voucher.
    VoucherGone,
    /// An administrator gave it, and says why in a note.
    Goodwill,
}

impl RefundReason {
    pub const ALL: [Self; 11] = [
        Self::CancelledByPatient,
        Self::CancelledByDoctor,
        Self::CancelledByPlatform,
        Self::Rejected,
        Self::NoShowDoctor,
        Self::SlotGone,
        Self::DoublePayment,
        Self::TechnicalFailure,
        Self::PriceLowered,
        Self::VoucherGone,
        Self::Goodwill,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CancelledByPatient => "cancelled_by_patient",
            Self::CancelledByDoctor => "cancelled_by_doctor",
            Self::CancelledByPlatform => "cancelled_by_platform",
            Self::Rejected => "rejected",
            Self::NoShowDoctor => "no_show_doctor",
            Self::SlotGone => "slot_gone",
            Self::DoublePayment => "double_payment",
            Self::TechnicalFailure => "technical_failure",
            Self::PriceLowered => "price_lowered",
            Self::VoucherGone => "voucher_gone",
            Self::Goodwill => "goodwill",
        }
    }

    pub(crate) fn read(text: &str) -> Self {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text).unwrap_or(Self::TechnicalFailure)
    }
}

/// ```text
/// requested → approved → submitted → succeeded | failed (may be asked for again, as another refund)
///         └─→ declined
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RefundStatus {
    Requested,
    Approved,
    Submitted,
    Succeeded,
    Failed,
    Declined,
}

impl RefundStatus {
    pub const ALL: [Self; 6] =
        [Self::Requested, Self::Approved, Self::Submitted, Self::Succeeded, Self::Failed, Self::Declined];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Approved => "approved",
            Self::Submitted => "submitted",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Declined => "declined",
        }
    }

    pub(crate) fn find(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    pub(crate) fn read(text: &str) -> Self {
        Self::find(text).unwrap_or(Self::Requested)
    }

    /// Approved, and the gateway has not answered for good.
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Approved | Self::Submitted)
    }
}

/// Who says that a refund may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approval {
    /// The rules of the house.
    Auto,
    /// An administrator who is not the one who asked.
    Human,
}

impl Approval {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Human => "human",
        }
    }

    pub(crate) fn read(text: &str) -> Self {
        if text == "human" { Self::Human } else { Self::Auto }
    }

    /// What a person asks for is given at once up to `alone`, which bounds all that people asked for of one payment: two small
    /// ones need no less than one large one.
    pub(crate) const fn needed(alone: Money, asked_before: i64, asked: Money) -> Self {
        if asked_before.saturating_add(asked.amount) <= alone.amount { Self::Auto } else { Self::Human }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    pub id: RefundId,
    pub payment: PaymentId,
    pub charge: ChargeId,
    pub patient: PatientId,
    pub practitioner: PractitionerId,
    pub money: Money,
    pub reason: RefundReason,
    pub status: RefundStatus,
    pub gateway_ref: Option<String>,
    /// Empty: a rule of the house gives it.
    pub asked_by: Option<AccountId>,
    pub note: String,
    pub approval: Approval,
    /// The refund that failed and is tried again by this one.
    pub retry_of: Option<RefundId>,
}

#[cfg(test)]
mod tests {
    use kernel::Currency;

    use super::*;

    #[test]
    fn small_requests_add_up_to_a_large_one() {
        let usd = |amount| Money::new(amount, Currency::USD);
        for (before, asked, needed) in [
            (0, 5000, Approval::Auto),
            (0, 5001, Approval::Human),
            (4999, 1, Approval::Auto),
            (4999, 2, Approval::Human),
            (i64::MAX, 1, Approval::Human),
        ] {
            assert_eq!(Approval::needed(usd(5000), before, usd(asked)), needed, "{before} + {asked}");
        }
    }
}
