//! Invoices for what was paid, credit notes for what went back, or was carried to another supplier: numbered without gaps per supplier and
//! year, never changed.

mod api;
mod issue;
mod pdf;
pub(crate) mod store;

pub(crate) use issue::{correct, issue, issue_credit_note};
pub use pdf::{InvoiceError, InvoiceFile, pdf_for_charge};
pub use store::find_for_charge;

use kernel::{
    Money, Timestamp,
    ids::{ChargeId, InvoiceId, PaymentId, RefundId},
};

/// Money came, or went back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvoiceKind {
    Invoice,
    CreditNote {
        refund: RefundId,
    },
    /// No money moved: the payment pays another supplier now, who invoices it; this takes the first invoice back, whole.
    Correction {
        of: InvoiceId,
    },
}

impl InvoiceKind {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Invoice => "invoice",
            Self::CreditNote { .. } | Self::Correction { .. } => "credit_note",
        }
    }

    /// What stands before the number, so that the two rows of numbers cannot be mistaken for each other.
    pub(crate) const fn prefix(self) -> &'static str {
        match self {
            Self::Invoice => "INV",
            Self::CreditNote { .. } | Self::Correction { .. } => "CN",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    pub id: InvoiceId,
    pub kind: InvoiceKind,
    /// "INV-0007-2026-000042"
    pub number: String,
    pub charge: ChargeId,
    pub payment: PaymentId,
    pub money: Money,
    pub issued_at: Timestamp,
}

pub(crate) fn routes() -> web::Routes {
    api::routes()
}
