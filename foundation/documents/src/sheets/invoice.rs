//! An invoice on paper.

use serde::Serialize;

use super::{Fact, Party};
use crate::{DocumentError, pdf};

const TEMPLATE: &str = concat!(include_str!("page.typ"), include_str!("invoice.typ"));

/// An invoice, ready to print: amounts are formatted already.
#[derive(Debug, Clone, Default, Serialize)]
pub struct InvoiceSheet {
    /// Language of the labels, as BCP 47 primary tag.
    pub language: String,
    /// Whether that language is written from right to left.
    pub right_to_left: bool,
    /// Name of the house.
    pub brand: String,
    /// "Invoice INV-2026-000042".
    pub title: String,
    /// "Paid on 21 Nov 2026", "Refunded"; none for an open one.
    pub stamp: Option<String>,
    /// Who bills.
    pub seller: Party,
    /// Who is billed.
    pub buyer: Party,
    /// Number, date, currency.
    pub facts: Vec<Fact>,
    /// Column headings: description, quantity, unit price, amount.
    pub columns: InvoiceRow,
    /// The lines.
    pub rows: Vec<InvoiceRow>,
    /// Subtotal, tax, total, refunded: the last one is printed in bold.
    pub totals: Vec<Fact>,
    /// Small print at the foot of each page.
    pub footer: String,
}

/// One line of an invoice.
#[derive(Debug, Clone, Default, Serialize)]
pub struct InvoiceRow {
    /// What for.
    pub description: String,
    /// How many.
    pub quantity: String,
    /// Price of one.
    pub unit_price: String,
    /// Price of all.
    pub amount: String,
}

/// The invoice as a tagged PDF (PDF/UA-1), A4.
///
/// # Errors
/// See [`DocumentError`].
pub fn invoice_pdf(sheet: &InvoiceSheet) -> Result<Vec<u8>, DocumentError> {
    print(sheet).map(|printed| printed.bytes)
}

fn print(sheet: &InvoiceSheet) -> Result<pdf::Printed, DocumentError> {
    pdf::print(TEMPLATE, sheet, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(language: &str, right_to_left: bool) -> InvoiceSheet {
        let row = |description: &str, amount: &str| InvoiceRow {
            description: description.into(),
            quantity: "1".into(),
            unit_price: amount.into(),
            amount: amount.into(),
        };
        InvoiceSheet {
            language: language.into(),
            right_to_left,
            brand: "Bedside".into(),
            title: "Invoice INV-2026-000042".into(),
            stamp: Some("Paid on 21 Nov 2026".into()),
            seller: Party { heading: "From".into(), name: "Bedside".into(), facts: vec![] },
            buyer: Party { heading: "To".into(), name: "محمد".into(), facts: vec![Fact::new("Record", "P-1000")] },
            facts: vec![Fact::new("Date", "21 Nov 2026")],
            columns: InvoiceRow {
                description: "Description".into(),
                quantity: "Quantity".into(),
                unit_price: "Price".into(),
                amount: "Amount".into(),
            },
            rows: vec![row("Video visit, ডা. রহমান", "$24.00")],
            totals: vec![Fact::new("Subtotal", "$24.00"), Fact::new("Total", "$24.00")],
            footer: "Bedside".into(),
        }
    }

    #[test]
    fn an_invoice_is_one_tagged_page_in_either_direction() {
        for (language, right_to_left) in [("en", false), ("ar", true)] {
            let printed = print(&sheet(language, right_to_left)).unwrap();
            assert_eq!(printed.pages, 1);
            assert!(String::from_utf8_lossy(&printed.bytes).contains("/StructTreeRoot"));
        }
    }
}
