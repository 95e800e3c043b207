//! The bill of one visit: what each supplier charges, what is paid, and one button for all that is owed.

use askama::Template;
use axum::extract::Path;
use kernel::{
    Currency, Money, PageRequest,
    ids::{AppointmentId, PractitionerId},
};

use super::{
    pages::{Bill, bill},
    store::{self, BillRow, Show},
};
use crate::payments::{PayError, StartError};

#[derive(Template)]
#[template(path = "charges/pages/bill.html")]
struct BillPage {
    page: web::PageFrame,
    visit: String,
    suppliers: Vec<Supplier>,
    totals: Vec<Total>,
    /// The button, and where it leads.
    pay: Option<(String, String)>,
}

struct Supplier {
    id: PractitionerId,
    name: String,
    bills: Vec<Bill>,
}

/// In one currency.
struct Total {
    all: String,
    owed: String,
}

/// A visit has few charges.
const LONGEST: i64 = 100;

/// Foreign and absent are the same.
pub(super) async fn show(me: web::Patient, Path(visit): Path<AppointmentId>) -> web::Result {
    let request = PageRequest::of(LONGEST, None);
    let mut tx = me.begin().await.map_err(PayError::from)?;
    let now = tx.now();
    let found = store::list_bills(&mut tx, &me.actor().patients, (Show::All, Some(visit)), &request).await;
    let mut rows = found.map_err(PayError::from)?.items;
    tx.commit().await.map_err(PayError::from)?;
    if rows.is_empty() {
        return Err(PayError::from(StartError::NotFound).into());
    }
    rows.reverse();
    let page = me.page("billing-bill-title");
    let payable = |row: &&BillRow| row.is_payable(now);
    let pay = rows.iter().find(payable).map(|first| {
        let owed = sum(rows.iter().filter(payable), first.currency);
        (page.tr("billing-bill-pay", [("amount", page.money(owed).as_str())]), format!("/bills/{visit}/payment"))
    });
    let mut currencies: Vec<Currency> = Vec::new();
    for row in &rows {
        if !currencies.contains(&row.currency) {
            currencies.push(row.currency);
        }
    }
    let standing = |row: &&BillRow| row.status().is_paid() || payable(row);
    let total = |currency: Currency| Total {
        all: page.money(sum(rows.iter().filter(standing), currency)),
        owed: page.money(sum(rows.iter().filter(payable), currency)),
    };
    let view = BillPage {
        visit: format!("/appointments/{visit}"),
        totals: currencies.into_iter().map(total).collect(),
        pay,
        suppliers: by_supplier(&page, rows, now),
        page,
    };
    web::render(&view)
}

fn sum<'a>(rows: impl Iterator<Item = &'a BillRow>, currency: Currency) -> Money {
    Money::new(rows.filter(|row| row.currency == currency).map(|row| row.amount).sum(), currency)
}

/// In the order in which they first charged something.
fn by_supplier(page: &web::PageFrame, rows: Vec<BillRow>, now: kernel::Timestamp) -> Vec<Supplier> {
    let mut suppliers: Vec<Supplier> = Vec::new();
    for row in rows {
        let (id, name) = (row.supplier, row.doctor.clone());
        // One button pays all.
        let line = Bill { pay_action: None, ..bill(page, row, now) };
        match suppliers.iter_mut().find(|known| known.id == id) {
            Some(known) => known.bills.push(line),
            None => suppliers.push(Supplier { id, name, bills: vec![line] }),
        }
    }
    suppliers
}
