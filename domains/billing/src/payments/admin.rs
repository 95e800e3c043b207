//! What administrators see of payments: states and amounts, the balances of the ledger, and the way to refunds.

use askama::Template;
use kernel::{Cursor, Money, PageRequest};
use serde::Deserialize;

use super::{
    PaymentStatus,
    checkout::PayError,
    store::{self, AdminRow, Filter},
};
use crate::ledger;

#[derive(Template)]
#[template(path = "payments/pages/admin.html")]
struct PaymentsPage {
    page: web::PageFrame,
    mismatches: i64,
    mismatches_text: String,
    balances: Vec<BalanceLine>,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    next: String,
    first: String,
}

struct BalanceLine {
    name: String,
    amount: String,
}

struct Tab {
    href: String,
    label: String,
    current: bool,
}

struct Row {
    when: String,
    doctor: String,
    patient: String,
    amount: String,
    refunded: String,
    state: String,
    tone: &'static str,
    gateway: String,
    invoice: Option<Paper>,
    /// The refunds of this patient that failed.
    trouble: Option<String>,
    /// Where something of it can be given back.
    give_back: Option<String>,
}

struct Paper {
    href: String,
    number: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    show: String,
    cursor: Option<String>,
}

async fn list(me: web::Admin, web::Query(query): web::Query<ListQuery>) -> web::Result {
    let filter = Filter::read(&query.show);
    let request = PageRequest::of(50, query.cursor.clone().map(Cursor));
    let mut tx = me.begin().await.map_err(PayError::from)?;
    let found = store::list_for_admin(&mut tx, filter, &request).await.map_err(PayError::from)?;
    let balances = ledger::balances(&mut tx).await.map_err(PayError::from)?;
    let mismatches = store::count_mismatches(&mut tx).await.map_err(PayError::from)?;
    tx.commit().await.map_err(PayError::from)?;
    let page = me.page("billing-admin-title");
    let here = format!("/admin/payments?show={}", filter.as_str());
    let view = PaymentsPage {
        mismatches,
        mismatches_text: page.tr("billing-admin-mismatches", [("count", mismatches.to_string().as_str())]),
        balances: balances.iter().map(|balance| balance_line(&page, balance)).collect(),
        tabs: Filter::ALL.into_iter().map(|tab| tab_of(&page, tab, filter)).collect(),
        next: found.next_cursor.map(|cursor| format!("{here}&cursor={}", cursor.0)).unwrap_or_default(),
        first: query.cursor.map(|_| here).unwrap_or_default(),
        rows: found.items.into_iter().map(|row| row_of(&page, row)).collect(),
        page,
    };
    web::render(&view)
}

/// Credits are shown as what they are to a reader: money earned or owed, so without the minus of bookkeeping.
fn balance_line(page: &web::PageFrame, balance: &ledger::Balance) -> BalanceLine {
    let credit = !ledger::Account::is_debit(&balance.kind);
    let amount = if credit { -balance.money.amount } else { balance.money.amount };
    BalanceLine {
        name: page.t(format!("billing-account-{}", balance.kind)),
        amount: page.money(Money::new(amount, balance.money.currency)),
    }
}

fn tab_of(page: &web::PageFrame, tab: Filter, current: Filter) -> Tab {
    Tab {
        href: format!("/admin/payments?show={}", tab.as_str()),
        label: page.t(format!("billing-admin-show-{}", tab.as_str())),
        current: tab == current,
    }
}

fn row_of(page: &web::PageFrame, row: AdminRow) -> Row {
    let status = PaymentStatus::read(&row.status);
    let paper = row.invoice.zip(row.invoice_number);
    Row {
        when: page.when(row.captured_at.unwrap_or(row.created_at)),
        doctor: row.doctor,
        amount: page.money(Money::new(row.amount, row.currency)),
        refunded: if row.refunded == 0 { String::new() } else { page.money(Money::new(row.refunded, row.currency)) },
        state: page.t(format!("billing-payment-{}", status.as_str())),
        tone: tone(status),
        gateway: page.t(format!("billing-gateway-{}", row.gateway)),
        invoice: paper.map(|(id, number)| Paper { href: format!("/invoices/{id}.pdf"), number }),
        trouble: (row.failed_refunds > 0).then(|| format!("/admin/refunds?state=failed&record={}", row.patient_record)),
        give_back: (status.has_money() && row.refunded < row.amount)
            .then(|| format!("/admin/payments/{}/refunds/new", row.id)),
        patient: row.patient_record,
    }
}

/// The colour of a payment's state, in this one place.
pub(crate) const fn tone(status: PaymentStatus) -> &'static str {
    match status {
        PaymentStatus::Created | PaymentStatus::RequiresAction | PaymentStatus::Processing => "warn",
        PaymentStatus::Captured => "ok",
        PaymentStatus::Failed | PaymentStatus::Cancelled => "crit",
        PaymentStatus::PartiallyRefunded | PaymentStatus::Refunded => "info",
    }
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new().get::<web::Admin, _, _>("/admin/payments", list)
}
