//! All SQL of refunds.

use db::{Error, Tx};
use kernel::{
    Currency, Money, Timestamp,
    ids::{AccountId, ChargeId, PatientId, PaymentId, PractitionerId, RefundId},
};

mod desk;

pub(crate) use desk::{DeskFilter, DeskRow, find_at_desk, list_at_desk};

use super::{Approval, Refund, RefundReason, RefundStatus};

struct RefundRow {
    id: RefundId,
    payment_id: PaymentId,
    charge_id: ChargeId,
    patient_id: PatientId,
    practitioner_id: PractitionerId,
    amount: i64,
    currency: Currency,
    reason: String,
    status: String,
    gateway_ref: Option<String>,
    asked_by: Option<AccountId>,
    note: String,
    approval: String,
    retry_of: Option<RefundId>,
}

impl From<RefundRow> for Refund {
    fn from(row: RefundRow) -> Self {
        Self {
            id: row.id,
            payment: row.payment_id,
            charge: row.charge_id,
            patient: row.patient_id,
            practitioner: row.practitioner_id,
            money: Money::new(row.amount, row.currency),
            reason: RefundReason::read(&row.reason),
            status: RefundStatus::read(&row.status),
            gateway_ref: row.gateway_ref,
            asked_by: row.asked_by,
            note: row.note,
            approval: Approval::read(&row.approval),
            retry_of: row.retry_of,
        }
    }
}

pub(crate) async fn insert(tx: &mut Tx, refund: &Refund) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into refunds (id, payment_id, charge_id, patient_id, practitioner_id, amount, currency, reason, status,
                              asked_by, note, approval, retry_of, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)",
        refund.id as RefundId,
        refund.payment as PaymentId,
        refund.charge as ChargeId,
        refund.patient as PatientId,
        refund.practitioner as PractitionerId,
        refund.money.amount,
        refund.money.currency as Currency,
        refund.reason.as_str(),
        refund.status.as_str(),
        refund.asked_by as Option<AccountId>,
        refund.note,
        refund.approval.as_str(),
        refund.retry_of as Option<RefundId>,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn find(tx: &mut Tx, id: RefundId) -> Result<Option<Refund>, Error> {
    let row = sqlx::query_as!(
        RefundRow,
        r#"select id as "id: RefundId", payment_id as "payment_id: PaymentId", charge_id as "charge_id: ChargeId",
                  patient_id as "patient_id: PatientId", practitioner_id as "practitioner_id: PractitionerId", amount,
                  currency as "currency: Currency", reason, status, gateway_ref, asked_by as "asked_by: AccountId", note,
                  approval, retry_of as "retry_of: RefundId"
           from refunds where id = $1"#,
        id as RefundId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Into::into))
}

/// Refunds of a charge, newest first; there are few.
pub(crate) async fn list_of_charge(tx: &mut Tx, charge: ChargeId) -> Result<Vec<Refund>, Error> {
    let rows = sqlx::query_as!(
        RefundRow,
        r#"select id as "id: RefundId", payment_id as "payment_id: PaymentId", charge_id as "charge_id: ChargeId",
                  patient_id as "patient_id: PatientId", practitioner_id as "practitioner_id: PractitionerId", amount,
                  currency as "currency: Currency", reason, status, gateway_ref, asked_by as "asked_by: AccountId", note,
                  approval, retry_of as "retry_of: RefundId"
           from refunds where charge_id = $1 order by id desc"#,
        charge as ChargeId
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Holds the row. The charge's lock is taken first.
pub(crate) async fn lock(tx: &mut Tx, id: RefundId) -> Result<Option<Refund>, Error> {
    let row = sqlx::query_as!(
        RefundRow,
        r#"select id as "id: RefundId", payment_id as "payment_id: PaymentId", charge_id as "charge_id: ChargeId",
                  patient_id as "patient_id: PatientId", practitioner_id as "practitioner_id: PractitionerId", amount,
                  currency as "currency: Currency", reason, status, gateway_ref, asked_by as "asked_by: AccountId", note,
                  approval, retry_of as "retry_of: RefundId"
           from refunds where id = $1 for update"#,
        id as RefundId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Into::into))
}

/// What people, not rules, asked to be given back of a payment, and that was neither declined nor refused.
pub(crate) async fn sum_asked(tx: &mut Tx, payment: PaymentId) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(sum(amount), 0)::bigint as "sum!" from refunds
           where payment_id = $1 and asked_by is not null and status not in ('failed', 'declined')"#,
        payment as PaymentId
    )
    .fetch_one(tx.conn())
    .await?)
}

pub(crate) async fn sum_succeeded(tx: &mut Tx, payment: PaymentId) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(sum(amount), 0)::bigint as "sum!" from refunds where payment_id = $1 and status = 'succeeded'"#,
        payment as PaymentId
    )
    .fetch_one(tx.conn())
    .await?)
}

/// The same, of what the payment paid for one charge.
pub(crate) async fn sum_succeeded_of(tx: &mut Tx, payment: PaymentId, charge: ChargeId) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(sum(amount), 0)::bigint as "sum!" from refunds
           where payment_id = $1 and charge_id = $2 and status = 'succeeded'"#,
        payment as PaymentId,
        charge as ChargeId
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Another refund stands in for this one that failed.
pub(crate) async fn is_retried(tx: &mut Tx, failed: RefundId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from refunds where retry_of = $1) as "found!""#,
        failed as RefundId
    )
    .fetch_one(tx.conn())
    .await?)
}

/// By the rules of the house. False when it is approved or settled already, or waits for a person.
pub(crate) async fn set_approved_by_rule(tx: &mut Tx, id: RefundId) -> Result<bool, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "update refunds set status = 'approved', decided_at = $2, updated_at = $2
         where id = $1 and status = 'requested' and approval = 'auto'",
        id as RefundId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// By a person. False when it is decided already.
pub(crate) async fn set_decided(
    tx: &mut Tx,
    id: RefundId,
    status: RefundStatus,
    by: AccountId,
    note: &str,
) -> Result<bool, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "update refunds set status = $2, decided_by = $3, decision_note = $4, decided_at = $5, updated_at = $5
         where id = $1 and status = 'requested' and approval = 'human'",
        id as RefundId,
        status.as_str(),
        by as AccountId,
        note,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Under way, and untouched since then.
pub(crate) async fn list_forgotten(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<Vec<RefundId>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: RefundId" from refunds
           where (status in ('approved', 'submitted') or (status = 'requested' and approval = 'auto')) and updated_at <= $1
           order by updated_at limit $2"#,
        before as Timestamp,
        limit
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(crate) async fn set_submitted(tx: &mut Tx, id: RefundId, gateway_ref: &str) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update refunds set status = 'submitted', gateway_ref = $2, updated_at = $3
         where id = $1 and status in ('approved', 'submitted')",
        id as RefundId,
        gateway_ref,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// False when it was settled before.
pub(crate) async fn set_succeeded(tx: &mut Tx, id: RefundId, gateway_ref: &str) -> Result<bool, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "update refunds set status = 'succeeded', gateway_ref = $2, settled_at = $3, updated_at = $3
         where id = $1 and status in ('approved', 'submitted')",
        id as RefundId,
        gateway_ref,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// False when it was settled before.
pub(crate) async fn set_failed(tx: &mut Tx, id: RefundId, why: &str) -> Result<bool, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "update refunds set status = 'failed', failure = $2, updated_at = $3
         where id = $1 and status in ('approved', 'submitted')",
        id as RefundId,
        why,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Who is told about the patient's money.
pub(crate) async fn find_account_of(tx: &mut Tx, patient: PatientId) -> Result<Option<AccountId>, Error> {
    let found =
        sqlx::query_scalar!(r#"select app.account_for($1, null) as "account_id: AccountId""#, patient as PatientId)
            .fetch_optional(tx.conn())
            .await?;
    Ok(found.flatten())
}
