use db::{Error, Tx};
use kernel::{
    Currency, Timestamp,
    ids::{PaymentId, PractitionerId, RefundId},
};
use uuid::Uuid;

use super::super::model::Filter;

/// A payment that fits: dated by the money, or by its beginning where none came.
pub(crate) struct PaymentRow {
    pub(crate) id: PaymentId,
    pub(crate) created_at: Timestamp,
    pub(crate) captured_at: Option<Timestamp>,
    pub(crate) status: String,
    pub(crate) amount: i64,
    pub(crate) refunded: i64,
    pub(crate) currency: Currency,
    pub(crate) gateway: String,
    pub(crate) gateway_ref: Option<String>,
    pub(crate) doctor: String,
    pub(crate) patient_record: String,
    pub(crate) invoice: Option<String>,
}

/// The newest first, after `before`.
pub(crate) async fn list_payments(
    tx: &mut Tx,
    filter: &Filter,
    before: Option<Uuid>,
    limit: i64,
) -> Result<Vec<PaymentRow>, Error> {
    tx.plan_for_values().await?;
    Ok(sqlx::query_as!(
        PaymentRow,
        r#"select p.id as "id: PaymentId", p.created_at as "created_at: Timestamp", p.captured_at as "captured_at: Timestamp",
                  p.status, p.amount, p.refunded, p.currency as "currency: Currency", p.gateway, p.gateway_ref,
                  d.full_name as "doctor!", s.record_no as "patient_record", i.number as "invoice?"
           from payments p
           join named_suppliers d on d.id = p.practitioner_id
           join patients s on s.id = p.patient_id
           left join lateral (select o.id, o.number from invoices o where o.payment_id = p.id and o.kind = 'invoice'
                              order by o.charge_id = p.charge_id desc, o.id desc limit 1) i on true
           where coalesce(p.captured_at, p.created_at) >= $1 and coalesce(p.captured_at, p.created_at) < $2
             and ($3::text is null or p.currency = $3) and (cardinality($4::text[]) = 0 or p.status = any ($4))
             and ($5::uuid is null or p.practitioner_id = $5) and ($6::uuid is null or p.id < $6)
           order by p.id desc limit $7"#,
        filter.starts_at as Timestamp,
        filter.ends_at as Timestamp,
        filter.currency as Option<Currency>,
        &filter.statuses,
        filter.doctor as Option<PractitionerId>,
        before,
        limit
    )
    .fetch_all(tx.conn())
    .await?)
}

/// A refund that fits: made within the days.
pub(crate) struct RefundRow {
    pub(crate) id: RefundId,
    pub(crate) payment: PaymentId,
    pub(crate) settled_at: Timestamp,
    pub(crate) amount: i64,
    pub(crate) currency: Currency,
    pub(crate) reason: String,
    pub(crate) gateway: String,
    pub(crate) gateway_ref: Option<String>,
    pub(crate) doctor: String,
    pub(crate) patient_record: String,
}

pub(crate) async fn list_refunds(
    tx: &mut Tx,
    filter: &Filter,
    before: Option<Uuid>,
    limit: i64,
) -> Result<Vec<RefundRow>, Error> {
    tx.plan_for_values().await?;
    Ok(sqlx::query_as!(
        RefundRow,
        r#"select r.id as "id: RefundId", r.payment_id as "payment: PaymentId", r.settled_at as "settled_at!: Timestamp",
                  r.amount, r.currency as "currency: Currency", r.reason, p.gateway, r.gateway_ref, d.full_name as "doctor!",
                  s.record_no as "patient_record"
           from refunds r
           join payments p on p.id = r.payment_id
           join named_suppliers d on d.id = r.practitioner_id
           join patients s on s.id = r.patient_id
           where r.settled_at >= $1 and r.settled_at < $2 and ($3::text is null or r.currency = $3)
             and (cardinality($4::text[]) = 0 or p.status = any ($4)) and ($5::uuid is null or r.practitioner_id = $5)
             and ($6::uuid is null or r.id < $6)
           order by r.id desc limit $7"#,
        filter.starts_at as Timestamp,
        filter.ends_at as Timestamp,
        filter.currency as Option<Currency>,
        &filter.statuses,
        filter.doctor as Option<PractitionerId>,
        before,
        limit
    )
    .fetch_all(tx.conn())
    .await?)
}
