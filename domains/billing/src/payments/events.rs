//! What the payment machine tells the rest of the house.

use kernel::{
    Timestamp,
    ids::{AppointmentId, ChargeId, PaymentId},
};

/// A charge is paid. Also said of money that came late, for a charge that was void or whose time was over: whoever raised
/// the charge compares `captured_at` with its own deadline, and keeps the money or gives it back (`refunds::full`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PaymentSettled {
    pub charge: ChargeId,
    pub payment: PaymentId,
    pub appointment: Option<AppointmentId>,
    pub captured_at: Timestamp,
}

impl jobs::Event for PaymentSettled {
    const NAME: &'static str = "billing.payment_settled";
}

/// The payer has done their part, and the money is on its way. Said once of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PaymentUnderWay {
    pub charge: ChargeId,
    pub payment: PaymentId,
    pub appointment: Option<AppointmentId>,
}

impl jobs::Event for PaymentUnderWay {
    const NAME: &'static str = "billing.payment_under_way";
}

/// One attempt to pay came to nothing; the charge may still be paid by another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PaymentFailed {
    pub charge: ChargeId,
    pub payment: PaymentId,
    pub appointment: Option<AppointmentId>,
}

impl jobs::Event for PaymentFailed {
    const NAME: &'static str = "billing.payment_failed";
}
