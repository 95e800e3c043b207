//! The printed sheets, their data and their templates.
//!
//! A template is `page.typ` (paper, fonts, header, footer) followed by its own body.

mod invoice;
mod letter;
mod prescription;

pub use invoice::{InvoiceRow, InvoiceSheet, invoice_pdf};
pub use letter::{LetterSheet, letter_pdf};
pub use prescription::{PrescribedLine, PrescriptionSheet, VerifyMark, prescription_pdf};

use serde::Serialize;

/// One labelled value, e.g. "Date of birth" and "3 May 1987".
#[derive(Debug, Clone, Default, Serialize)]
pub struct Fact {
    /// Printed small.
    pub label: String,
    /// Printed beside it.
    pub value: String,
}

impl Fact {
    /// A labelled value.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

/// A person or a house with a heading over it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Party {
    /// "Patient", "Prescriber", "Billed to".
    pub heading: String,
    /// Name.
    pub name: String,
    /// What else is known.
    pub facts: Vec<Fact>,
}
