//! The JSON door of bills.

use kernel::{
    Cursor, Money, Page, PageRequest, Timestamp,
    ids::{AppointmentId, ChargeId, InvoiceId},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    ChargeStatus, Subject,
    pages::REFUND_DAYS,
    store::{self, BillRow, Show},
};
use crate::payments::PayError;

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PaperView {
    id: InvoiceId,
    number: String,
    url: String,
}

/// What a patient owes or has paid for one thing.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct BillView {
    id: ChargeId,
    /// Empty for what was ordered in a visit.
    appointment_id: Option<AppointmentId>,
    /// The visit whose bill collects it.
    visit_id: AppointmentId,
    /// Whoever sold it: the doctor, or a place.
    doctor: String,
    status: ChargeStatus,
    price: Money,
    payable_until: Timestamp,
    refunded: Money,
    /// On its way back, with the day by which banks show it.
    refunding: Money,
    refund_expected_by: Option<Timestamp>,
    /// Invoice and credit notes, oldest first.
    papers: Vec<PaperView>,
    created_at: Timestamp,
}

impl From<BillRow> for BillView {
    fn from(row: BillRow) -> Self {
        let money = |amount| Money::new(amount, row.currency);
        Self {
            id: row.id,
            appointment_id: Subject::read(row.subject_id, row.visit_id).appointment(),
            visit_id: Subject::read(row.subject_id, row.visit_id).visit(),
            status: ChargeStatus::read(&row.status),
            price: money(row.amount),
            payable_until: row.payable_until,
            refunded: money(row.refunded),
            refunding: money(row.refunding),
            refund_expected_by: row.refunding_since.map(|since| since.plus_days(REFUND_DAYS)),
            papers: row
                .papers
                .into_iter()
                .zip(row.numbers)
                .map(|(id, number)| PaperView { id, number, url: format!("/invoices/{id}.pdf") })
                .collect(),
            created_at: row.created_at,
            doctor: row.doctor,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ListQuery {
    /// `all`, `open`, `paid` or `refunded`.
    show: String,
    limit: Option<i64>,
    cursor: Option<Cursor>,
}

async fn list(me: web::Patient, web::Query(query): web::Query<ListQuery>) -> web::Result {
    let request = PageRequest::of(query.limit.unwrap_or(20), query.cursor);
    let mut tx = me.begin().await.map_err(PayError::from)?;
    let found = store::list_bills(&mut tx, &me.actor().patients, (Show::read(&query.show), None), &request).await;
    let found = found.map_err(PayError::from)?;
    tx.commit().await.map_err(PayError::from)?;
    web::json(&found.map(BillView::from))
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new().api_get::<web::Patient, (), Page<BillView>, _, _>(
        "/api/v1/bills",
        "One's own bills, newest first; show=open, paid or refunded",
        list,
    )
}
