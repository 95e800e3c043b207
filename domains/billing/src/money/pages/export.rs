//! All rows that fit the filters, as CSV.

use axum::response::Response;
use kernel::{Currency, Money};
use uuid::Uuid;

use super::super::{
    model::{Bucket, Filter, Wanted},
    store::{self, PaymentRow, RefundRow},
};
use crate::{
    config::Config,
    export::{CHUNK, csv_file, is_full},
    payments::PayError,
};

const PAYMENTS: [&str; 12] = [
    "payment",
    "begun_at",
    "paid_at",
    "state",
    "amount",
    "given_back",
    "currency",
    "gateway",
    "gateway_reference",
    "doctor",
    "patient_record",
    "invoice",
];
const REFUNDS: [&str; 10] = [
    "refund",
    "payment",
    "made_at",
    "amount",
    "currency",
    "reason",
    "gateway",
    "gateway_reference",
    "doctor",
    "patient_record",
];
const DAYS: [&str; 8] =
    ["day", "currency", "payments", "taken", "refunds", "given_back", "kept", "median_seconds_to_pay"];

async fn filter_of(me: &web::Admin, wanted: &Wanted) -> Result<Filter, db::Error> {
    let tx = me.begin().await?;
    let filter = Filter::of(wanted, tx.now(), &me.app().part::<Config>().zone);
    tx.commit().await?;
    Ok(filter)
}

fn name(what: &str, filter: &Filter) -> String {
    format!("{what}-{}-{}", filter.first, filter.last)
}

pub(in crate::money) async fn payments(me: web::Admin, web::Query(wanted): web::Query<Wanted>) -> web::Result {
    let filter = filter_of(&me, &wanted).await.map_err(PayError::from)?;
    let file: Response = csv_file(&name("payments", &filter), &PAYMENTS, move |before: Option<Uuid>| {
        let (me, filter) = (me.clone(), filter.clone());
        async move {
            let mut tx = me.begin().await?;
            let rows = store::list_payments(&mut tx, &filter, before, CHUNK).await?;
            tx.commit().await?;
            let more = rows.last().filter(|_| is_full(rows.len())).map(|row| row.id.uuid());
            Ok((rows.into_iter().map(payment_cells).collect(), more))
        }
    });
    Ok(file)
}

fn payment_cells(row: PaymentRow) -> Vec<String> {
    vec![
        row.id.to_string(),
        row.created_at.to_string(),
        row.captured_at.map(|at| at.to_string()).unwrap_or_default(),
        row.status,
        decimal(row.amount, row.currency),
        decimal(row.refunded, row.currency),
        row.currency.code().to_owned(),
        row.gateway,
        row.gateway_ref.unwrap_or_default(),
        row.doctor,
        row.patient_record,
        row.invoice.unwrap_or_default(),
    ]
}

pub(in crate::money) async fn refunds(me: web::Admin, web::Query(wanted): web::Query<Wanted>) -> web::Result {
    let filter = filter_of(&me, &wanted).await.map_err(PayError::from)?;
    let file: Response = csv_file(&name("refunds", &filter), &REFUNDS, move |before: Option<Uuid>| {
        let (me, filter) = (me.clone(), filter.clone());
        async move {
            let mut tx = me.begin().await?;
            let rows = store::list_refunds(&mut tx, &filter, before, CHUNK).await?;
            tx.commit().await?;
            let more = rows.last().filter(|_| is_full(rows.len())).map(|row| row.id.uuid());
            Ok((rows.into_iter().map(refund_cells).collect(), more))
        }
    });
    Ok(file)
}

fn refund_cells(row: RefundRow) -> Vec<String> {
    vec![
        row.id.to_string(),
        row.payment.to_string(),
        row.settled_at.to_string(),
        decimal(row.amount, row.currency),
        row.currency.code().to_owned(),
        row.reason,
        row.gateway,
        row.gateway_ref.unwrap_or_default(),
        row.doctor,
        row.patient_record,
    ]
}

/// By day and currency; a year at most, so it is made at once.
pub(in crate::money) async fn days(me: web::Admin, web::Query(wanted): web::Query<Wanted>) -> web::Result {
    let filter = filter_of(&me, &wanted).await.map_err(PayError::from)?;
    let file: Response = csv_file(&name("days", &filter), &DAYS, move |_: Option<()>| {
        let (me, filter) = (me.clone(), filter.clone());
        async move {
            let mut tx = me.begin().await?;
            let mut rows = Vec::new();
            for total in store::list_totals(&mut tx, &filter).await? {
                let days = store::list_days(&mut tx, &filter, total.currency, Bucket::Day).await?;
                rows.extend(days.into_iter().map(|day| day_cells(total.currency, day)));
            }
            tx.commit().await?;
            Ok((rows, None))
        }
    });
    Ok(file)
}

fn day_cells(currency: Currency, row: store::DayRow) -> Vec<String> {
    vec![
        row.day.to_string(),
        currency.code().to_owned(),
        row.payments.to_string(),
        decimal(row.taken, currency),
        row.refunds.to_string(),
        decimal(row.returned, currency),
        decimal(row.taken - row.returned, currency),
        row.median_seconds.map(|seconds| seconds.to_string()).unwrap_or_default(),
    ]
}

fn decimal(amount: i64, currency: Currency) -> String {
    Money::new(amount, currency).decimal()
}
