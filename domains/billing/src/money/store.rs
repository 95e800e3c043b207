//! All SQL of the overview. Every statement reads under the same filter.

use db::{Error, Tx};
use kernel::{Currency, LocalDate, Timestamp, ids::PractitionerId};

use super::model::{Bucket, Filter};

mod rows;

pub(crate) use rows::{PaymentRow, RefundRow, list_payments, list_refunds};

/// What moved in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TotalRow {
    pub(crate) currency: Currency,
    pub(crate) payments: i64,
    pub(crate) taken: i64,
    pub(crate) refunds: i64,
    pub(crate) returned: i64,
    /// Half of the payers took no longer, in seconds from the bill to the money.
    pub(crate) median_seconds: Option<i64>,
}

/// Per currency; what was taken most of comes first.
pub(crate) async fn list_totals(tx: &mut Tx, filter: &Filter) -> Result<Vec<TotalRow>, Error> {
    tx.plan_for_values().await?;
    Ok(sqlx::query_as!(
        TotalRow,
        r#"with taken as (
               select p.currency, p.amount, extract(epoch from p.captured_at - c.created_at) as seconds
               from payments p join charges c on c.id = p.charge_id
               where p.captured_at >= $1 and p.captured_at < $2 and ($3::text is null or p.currency = $3)
                 and (cardinality($4::text[]) = 0 or p.status = any ($4)) and ($5::uuid is null or p.practitioner_id = $5)),
             returned as (
               select r.currency, r.amount from refunds r join payments p on p.id = r.payment_id
               where r.settled_at >= $1 and r.settled_at < $2 and ($3::text is null or r.currency = $3)
                 and (cardinality($4::text[]) = 0 or p.status = any ($4)) and ($5::uuid is null or r.practitioner_id = $5)),
             sums as (
               select currency, count(*) as payments, sum(amount) as taken, 0::bigint as refunds, 0::numeric as returned,
                      percentile_cont(0.5) within group (order by greatest(seconds, 0)::double precision) as median
               from taken group by currency
               union all
               select currency, 0, 0, count(*), sum(amount), null from returned group by currency)
           select currency as "currency!: Currency", sum(payments)::bigint as "payments!", sum(taken)::bigint as "taken!",
                  sum(refunds)::bigint as "refunds!", sum(returned)::bigint as "returned!",
                  round(max(median))::bigint as "median_seconds?"
           from sums group by currency order by sum(taken) desc, currency"#,
        filter.starts_at as Timestamp,
        filter.ends_at as Timestamp,
        filter.currency as Option<Currency>,
        &filter.statuses,
        filter.doctor as Option<PractitionerId>
    )
    .fetch_all(tx.conn())
    .await?)
}

/// One day (or week, by its first day within the filter) of one currency. Days without movement are there, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DayRow {
    pub(crate) day: LocalDate,
    pub(crate) payments: i64,
    pub(crate) taken: i64,
    pub(crate) refunds: i64,
    pub(crate) returned: i64,
    pub(crate) median_seconds: Option<i64>,
}

/// Oldest first.
pub(crate) async fn list_days(
    tx: &mut Tx,
    filter: &Filter,
    currency: Currency,
    bucket: Bucket,
) -> Result<Vec<DayRow>, Error> {
    tx.plan_for_values().await?;
    Ok(sqlx::query_as!(
        DayRow,
        r#"with days as (
               select distinct greatest(date_trunc($9, d)::date, $7::date) as day
               from generate_series($7::date::timestamp, $8::date::timestamp, interval '1 day') d),
             taken as (
               select greatest(date_trunc($9, p.captured_at at time zone $6)::date, $7::date) as day, count(*) as payments,
                      sum(p.amount)::bigint as taken,
                      percentile_cont(0.5) within group (order by
                          greatest(extract(epoch from p.captured_at - c.created_at), 0)::double precision) as median
               from payments p join charges c on c.id = p.charge_id
               where p.captured_at >= $1 and p.captured_at < $2 and p.currency = $3
                 and (cardinality($4::text[]) = 0 or p.status = any ($4)) and ($5::uuid is null or p.practitioner_id = $5)
               group by 1),
             returned as (
               select greatest(date_trunc($9, r.settled_at at time zone $6)::date, $7::date) as day, count(*) as refunds,
                      sum(r.amount)::bigint as returned
               from refunds r join payments p on p.id = r.payment_id
               where r.settled_at >= $1 and r.settled_at < $2 and r.currency = $3
                 and (cardinality($4::text[]) = 0 or p.status = any ($4)) and ($5::uuid is null or r.practitioner_id = $5)
               group by 1)
           select d.day as "day!: LocalDate", coalesce(t.payments, 0) as "payments!", coalesce(t.taken, 0) as "taken!",
                  coalesce(r.refunds, 0) as "refunds!", coalesce(r.returned, 0) as "returned!",
                  round(t.median)::bigint as "median_seconds?"
           from days d left join taken t using (day) left join returned r using (day)
           order by d.day"#,
        filter.starts_at as Timestamp,
        filter.ends_at as Timestamp,
        currency as Currency,
        &filter.statuses,
        filter.doctor as Option<PractitionerId>,
        filter.zone.name(),
        filter.first as LocalDate,
        filter.last as LocalDate,
        bucket.as_str()
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Doctors who were ever paid, for the filter: by name.
pub(crate) async fn list_doctors(tx: &mut Tx) -> Result<Vec<(PractitionerId, String)>, Error> {
    let rows = sqlx::query!(
        r#"select d.id as "id!: PractitionerId", d.full_name as "full_name!" from named_suppliers d
           where exists (select from payments p where p.practitioner_id = d.id) order by d.full_name, d.id limit 500"#
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.full_name)).collect())
}

/// Currencies in which anything was ever paid.
pub(crate) async fn list_currencies(tx: &mut Tx) -> Result<Vec<Currency>, Error> {
    Ok(sqlx::query_scalar!(r#"select distinct currency as "currency: Currency" from payments order by currency"#)
        .fetch_all(tx.conn())
        .await?)
}
