//! What a refund is, why it is made, and its states.

use kernel::{
    Money,
    ids::{ChargeId, PatientId, PaymentId, PractitionerId, RefundId},
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
}

impl RefundReason {
    pub const ALL: [Self; 9] = [
        Self::CancelledByPatient,
        Self::CancelledByDoctor,
        Self::CancelledByPlatform,
        Self::Rejected,
        Self::NoShowDoctor,
        Self::SlotGone,
        Self::DoublePayment,
        Self::TechnicalFailure,
        Self::PriceLowered,
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
        }
    }

    pub(crate) fn read(text: &str) -> Self {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text).unwrap_or(Self::TechnicalFailure)
    }
}

/// ```text
/// requested → submitted → succeeded | failed (may be asked for again)
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RefundStatus {
    Requested,
    Submitted,
    Succeeded,
    Failed,
}

impl RefundStatus {
    pub const ALL: [Self; 4] = [Self::Requested, Self::Submitted, Self::Succeeded, Self::Failed];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Submitted => "submitted",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
        }
    }

    pub(crate) fn read(text: &str) -> Self {
        Self::ALL.into_iter().find(|status| status.as_str() == text).unwrap_or(Self::Requested)
    }

    /// The gateway has not answered for good.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Requested | Self::Submitted)
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
}
