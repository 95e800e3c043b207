//! The patient's bills.

use askama::Template;
use kernel::{Cursor, Money, PageRequest, Timestamp};
use serde::Deserialize;

use super::{
    ChargeStatus, Subject,
    store::{self, BillRow, Show},
};
use crate::payments::PayError;

#[derive(Template)]
#[template(path = "charges/pages/bills.html")]
struct BillsPage {
    page: web::PageFrame,
    tabs: Vec<(String, String, bool)>,
    /// A filter is set, so that nothing found does not mean that there is nothing.
    is_filtered: bool,
    bills: Vec<Bill>,
    next: String,
    first: String,
}

pub(super) struct Bill {
    pub(super) date: String,
    pub(super) what: String,
    pub(super) href: String,
    /// The bill of the visit, with what other suppliers charge.
    pub(super) whole: String,
    pub(super) amount: String,
    pub(super) state: String,
    pub(super) tone: &'static str,
    /// What goes back, what waits, until when to pay.
    pub(super) notes: Vec<String>,
    pub(super) pay_action: Option<String>,
    pub(super) papers: Vec<Paper>,
}

pub(super) struct Paper {
    pub(super) href: String,
    pub(super) kind: String,
    pub(super) number: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    show: String,
    cursor: Option<Cursor>,
}

/// Banks take up to so long to show a refund.
pub(super) const REFUND_DAYS: i64 = 10;

pub(super) async fn list(me: web::Patient, web::Query(query): web::Query<ListQuery>) -> web::Result {
    let show = Show::read(&query.show);
    let request = PageRequest::of(20, query.cursor.clone());
    let mut tx = me.begin().await.map_err(PayError::from)?;
    let now = tx.now();
    let found =
        store::list_bills(&mut tx, &me.actor().patients, (show, None), &request).await.map_err(PayError::from)?;
    tx.commit().await.map_err(PayError::from)?;
    let page = me.page("billing-bills-title");
    let here = format!("/bills?show={}", show.as_str());
    let tab = |tab: Show| {
        let label = page.t(format!("billing-bills-{}", tab.as_str()));
        (format!("/bills?show={}", tab.as_str()), label, tab == show)
    };
    let view = BillsPage {
        is_filtered: show != Show::All,
        tabs: Show::ALL.map(tab).to_vec(),
        next: found.next_cursor.map(|cursor| format!("{here}&cursor={}", cursor.0)).unwrap_or_default(),
        first: query.cursor.map(|_| here).unwrap_or_default(),
        bills: found.items.into_iter().map(|row| bill(&page, row, now)).collect(),
        page,
    };
    web::render(&view)
}

const fn for_what(subject: Subject) -> &'static str {
    match subject {
        Subject::Appointment(_) => "billing-for-visit",
        Subject::Order { .. } => "billing-for-order",
    }
}

fn notes(page: &web::PageFrame, row: &BillRow, now: Timestamp, payable: bool) -> Vec<String> {
    let said = |key: &str, amount: i64, by: &str| {
        page.tr(key, [("amount", page.money(Money::new(amount, row.currency)).as_str()), ("by", by)])
    };
    let mut notes = Vec::new();
    if row.refunding > 0 {
        let by = page.day(row.refunding_since.unwrap_or(now).plus_days(REFUND_DAYS));
        notes.push(said("billing-note-refunding", row.refunding, &by));
    }
    for (amount, key) in [
        (row.checking, "billing-note-checking"),
        (row.stuck, "billing-note-stuck"),
        (row.refunded, "billing-note-refunded"),
    ] {
        if amount > 0 {
            notes.push(said(key, amount, ""));
        }
    }
    if payable {
        notes.push(page.tr("billing-note-pay-until", [("until", page.when(row.payable_until).as_str())]));
    }
    notes
}

pub(super) fn bill(page: &web::PageFrame, row: BillRow, now: Timestamp) -> Bill {
    let subject = Subject::read(row.subject_id, row.visit_id);
    let money = |amount: i64| page.money(Money::new(amount, row.currency));
    let payable = row.is_payable(now);
    let (key, tone) = match row.status() {
        ChargeStatus::Open if payable => ("billing-charge-open", "warn"),
        ChargeStatus::Open | ChargeStatus::Void => ("billing-charge-void", ""),
        ChargeStatus::Settled => ("billing-charge-settled", "ok"),
        ChargeStatus::PartiallyRefunded => ("billing-charge-partially_refunded", "info"),
        ChargeStatus::Refunded => ("billing-charge-refunded", "info"),
    };
    let notes = notes(page, &row, now, payable);
    let paper = |(id, number): (kernel::ids::InvoiceId, String)| {
        let kind = if number.starts_with("CN") { "billing-credit-note" } else { "billing-invoice" };
        Paper { href: format!("/invoices/{id}.pdf"), kind: page.t(kind), number }
    };
    Bill {
        date: page.day(row.created_at),
        what: page.tr(for_what(subject), [("doctor", row.doctor.as_str())]),
        whole: format!("/bills/{}", subject.visit()),
        href: subject.path(),
        amount: money(row.amount),
        state: page.t(key),
        tone,
        notes,
        pay_action: payable.then(|| subject.pay_path()),
        papers: row.papers.into_iter().zip(row.numbers).map(paper).collect(),
    }
}
