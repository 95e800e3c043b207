//! Invoices and credit notes on paper.

use db::Tx;
use documents::{DocumentError, Fact, InvoiceRow, InvoiceSheet, Party};
use kernel::{
    Direction, Fault, FaultKind, Locale, Money, Zone,
    ids::{ChargeId, InvoiceId},
};

use super::{store, store::Printed};
use crate::{
    prices::{self, Line, LineKind},
    words::Words,
};

#[derive(Debug, thiserror::Error)]
pub enum InvoiceError {
    #[error("no such invoice")]
    NotFound,
    #[error(transparent)]
    Document(#[from] DocumentError),
    #[error("the page could not be set: {0}")]
    NotSet(#[from] tokio::task::JoinError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for InvoiceError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Document(_) | Self::NotSet(_) | Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// A PDF, ready to be attached or downloaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceFile {
    pub id: InvoiceId,
    /// "INV-0007-2026-000042"
    pub number: String,
    /// "INV-0007-2026-000042.pdf"
    pub filename: String,
    pub bytes: Vec<u8>,
}

/// The invoice of a charge, for the mail that confirms the booking. `None` before it is paid.
pub async fn pdf_for_charge(
    tx: &mut Tx,
    brand: &str,
    charge: ChargeId,
    locale: Locale,
    zone: Zone,
) -> Result<Option<InvoiceFile>, InvoiceError> {
    match store::find_for_charge(tx, charge).await? {
        Some(invoice) => Ok(Some(pdf(tx, brand, invoice, &Words::of(locale, zone)).await?)),
        None => Ok(None),
    }
}

/// Whoever may not see the invoice gets `NotFound`.
pub(super) async fn pdf(
    tx: &mut Tx,
    brand: &str,
    invoice: InvoiceId,
    words: &Words,
) -> Result<InvoiceFile, InvoiceError> {
    let printed = store::find_printed(tx, invoice).await?.ok_or(InvoiceError::NotFound)?;
    let lines = prices::lines_of(tx, printed.charge).await?;
    let sheet = sheet(&printed, &lines, brand, words);
    let bytes = tokio::task::spawn_blocking(move || documents::invoice_pdf(&sheet)).await??;
    Ok(InvoiceFile { id: printed.id, filename: format!("{}.pdf", printed.number), number: printed.number, bytes })
}

/// An invoice has the lines of its bill, where they sum to it; a credit note has one.
fn rows(printed: &Printed, lines: &[Line], words: &Words) -> Vec<InvoiceRow> {
    let credit = printed.kind == "credit_note";
    let line = match (printed.is_order, credit) {
        _ if printed.is_correction => "billing-pdf-line-correction",
        (false, false) => "billing-pdf-line",
        (false, true) => "billing-pdf-line-refund",
        (true, false) => "billing-pdf-line-order",
        (true, true) => "billing-pdf-line-order-refund",
    };
    let visit = words.tr(line, &[("doctor", &printed.doctor)]);
    let row = |description: String, quantity: &str, unit_price: String, amount: String| InvoiceRow {
        description,
        quantity: quantity.to_owned(),
        unit_price,
        amount,
    };
    let sum: i64 = lines.iter().filter(|line| !line.included).map(|line| line.money.amount).sum();
    if credit || lines.is_empty() || sum != printed.amount {
        let amount = words.money(Money::new(printed.amount, printed.currency));
        return vec![row(visit, "1", amount.clone(), amount)];
    }
    let described = |line: &Line| {
        let amount = words.money(line.money);
        match line.kind {
            LineKind::Item => row(visit.clone(), "1", amount.clone(), amount),
            LineKind::Discount | LineKind::Voucher | LineKind::Tax => {
                row(prices::say(&|key, args| words.tr(key, args), line), "", String::new(), amount)
            }
        }
    };
    lines.iter().map(described).collect()
}

fn sheet(printed: &Printed, lines: &[Line], brand: &str, words: &Words) -> InvoiceSheet {
    let credit = printed.kind == "credit_note";
    let amount = words.money(Money::new(printed.amount, printed.currency));
    let title = if credit { "billing-pdf-credit-note" } else { "billing-pdf-invoice" };
    let stamp = match credit {
        true if printed.is_correction => "billing-pdf-corrected",
        true => "billing-pdf-refunded",
        false => "billing-pdf-paid",
    };
    InvoiceSheet {
        language: words.locale().tag().to_owned(),
        right_to_left: words.locale().direction() == Direction::RightToLeft,
        brand: brand.to_owned(),
        title: words.tr(title, &[("number", &printed.number)]),
        stamp: Some(words.t(stamp)),
        seller: seller(printed, words),
        buyer: Party {
            heading: words.t("billing-pdf-to"),
            name: printed.patient.clone(),
            facts: vec![Fact::new(words.t("billing-pdf-record"), printed.record_no.clone())],
        },
        facts: facts(printed, words),
        columns: InvoiceRow {
            description: words.t("billing-pdf-description"),
            quantity: words.t("billing-pdf-quantity"),
            unit_price: words.t("billing-pdf-price"),
            amount: words.t("billing-amount"),
        },
        rows: rows(printed, lines, words),
        totals: vec![Fact::new(words.t("billing-pdf-total"), amount)],
        footer: words.tr("billing-pdf-footer", &[("brand", brand), ("doctor", &printed.doctor)]),
    }
}

fn seller(printed: &Printed, words: &Words) -> Party {
    let registration = format!("{} {}", printed.registration_body, printed.registration_no);
    let mut facts = Vec::new();
    if !registration.trim().is_empty() {
        facts.push(Fact::new(words.t("billing-pdf-registration"), registration.trim().to_owned()));
    }
    let name = match printed.qualification.as_str() {
        "" => printed.doctor.clone(),
        qualification => format!("{}, {qualification}", printed.doctor),
    };
    Party { heading: words.t("billing-pdf-from"), name, facts }
}

fn facts(printed: &Printed, words: &Words) -> Vec<Fact> {
    let mut facts = vec![
        Fact::new(words.t("billing-pdf-number"), printed.number.clone()),
        Fact::new(words.t("billing-pdf-date"), words.day(printed.issued_at)),
    ];
    if let Some(about) = &printed.about {
        facts.push(Fact::new(words.t("billing-pdf-about"), about.clone()));
    }
    if let Some(paid_at) = printed.paid_at {
        facts.push(Fact::new(words.t("billing-pdf-paid-on"), words.day(paid_at)));
    }
    facts
        .push(Fact::new(words.t("billing-pdf-paid-through"), words.t(&format!("billing-gateway-{}", printed.gateway))));
    facts.push(Fact::new(words.t("billing-pdf-currency"), printed.currency.code().to_owned()));
    facts
}
