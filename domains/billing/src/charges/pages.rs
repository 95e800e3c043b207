//! The patient's bills.

use askama::Template;
use kernel::{Money, PageRequest, Timestamp};

use super::{ChargeStatus, Subject, store, store::BillRow};
use crate::payments::PayError;

#[derive(Template)]
#[template(path = "charges/pages/bills.html")]
struct BillsPage {
    page: web::PageFrame,
    bills: Vec<Bill>,
    next: String,
    first: String,
}

struct Bill {
    date: String,
    what: String,
    href: String,
    amount: String,
    state: String,
    tone: &'static str,
    note: Option<String>,
    pay_action: Option<String>,
    invoice: Option<Paper>,
    credit_note: Option<Paper>,
}

struct Paper {
    href: String,
    number: String,
}

pub(super) async fn list(me: web::Patient, web::Query(request): web::Query<PageRequest>) -> web::Result {
    let mut tx = me.begin().await.map_err(PayError::from)?;
    let now = tx.now();
    let found = store::list_bills(&mut tx, &me.actor().patients, &request).await.map_err(PayError::from)?;
    tx.commit().await.map_err(PayError::from)?;
    let page = me.page("billing-bills-title");
    let next = found.next_cursor.map(|cursor| format!("/bills?cursor={}", cursor.0)).unwrap_or_default();
    let first = request.cursor.map(|_| "/bills".to_owned()).unwrap_or_default();
    let bills = found.items.into_iter().map(|row| bill(&page, row, now)).collect();
    web::render(&BillsPage { page, bills, next, first })
}

fn bill(page: &web::PageFrame, row: BillRow, now: Timestamp) -> Bill {
    let status = ChargeStatus::read(&row.status);
    let subject = Subject::read(&row.subject_kind, row.subject_id);
    let money = |amount: i64| page.money(Money::new(amount, row.currency));
    let payable = status == ChargeStatus::Open && now < row.payable_until;
    let (key, tone) = match status {
        ChargeStatus::Open if payable => ("billing-charge-open", "warn"),
        ChargeStatus::Open | ChargeStatus::Void => ("billing-charge-void", ""),
        ChargeStatus::Settled => ("billing-charge-settled", "ok"),
        ChargeStatus::PartiallyRefunded => ("billing-charge-partially_refunded", "info"),
        ChargeStatus::Refunded => ("billing-charge-refunded", "info"),
    };
    let note = if row.refunding > 0 {
        Some(page.tr("billing-note-refunding", [("amount", money(row.refunding).as_str())]))
    } else if row.refunded > 0 {
        Some(page.tr("billing-note-refunded", [("amount", money(row.refunded).as_str())]))
    } else if payable {
        Some(page.tr("billing-note-pay-until", [("until", page.when(row.payable_until).as_str())]))
    } else {
        None
    };
    let paper = |id: Option<kernel::ids::InvoiceId>, number: Option<String>| {
        Some(Paper { href: format!("/invoices/{}.pdf", id?), number: number? })
    };
    Bill {
        date: page.day(row.created_at),
        what: page.tr("billing-for-visit", [("doctor", row.doctor.as_str())]),
        href: subject.path(),
        amount: money(row.amount),
        state: page.t(key),
        tone,
        note,
        pay_action: payable.then(|| format!("{}/payment", subject.path())),
        invoice: paper(row.invoice, row.invoice_number),
        credit_note: paper(row.credit_note, row.credit_note_number),
    }
}
