//! All SQL of refunds.

use db::{Error, Tx};
use kernel::{
    Currency, Money, Timestamp,
    ids::{AccountId, ChargeId, PatientId, PaymentId, PractitionerId, RefundId},
};

use super::{Refund, RefundReason, RefundStatus};

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
        }
    }
}

pub(crate) async fn insert(tx: &mut Tx, refund: &Refund) -> Result<(), Error> {
    sqlx::query!(
        "insert into refunds (id, payment_id, charge_id, patient_id, practitioner_id, amount, currency, reason, status)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        refund.id as RefundId,
        refund.payment as PaymentId,
        refund.charge as ChargeId,
        refund.patient as PatientId,
        refund.practitioner as PractitionerId,
        refund.money.amount,
        refund.money.currency as Currency,
        refund.reason.as_str(),
        refund.status.as_str()
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
                  currency as "currency: Currency", reason, status, gateway_ref
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
                  currency as "currency: Currency", reason, status, gateway_ref
           from refunds where charge_id = $1 order by id desc"#,
        charge as ChargeId
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

pub(crate) async fn list_failed(tx: &mut Tx, payment: PaymentId) -> Result<Vec<Refund>, Error> {
    let rows = sqlx::query_as!(
        RefundRow,
        r#"select id as "id: RefundId", payment_id as "payment_id: PaymentId", charge_id as "charge_id: ChargeId",
                  patient_id as "patient_id: PatientId", practitioner_id as "practitioner_id: PractitionerId", amount,
                  currency as "currency: Currency", reason, status, gateway_ref
           from refunds where payment_id = $1 and status = 'failed' order by id"#,
        payment as PaymentId
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

pub(crate) async fn sum_succeeded(tx: &mut Tx, payment: PaymentId) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(sum(amount), 0)::bigint as "sum!" from refunds where payment_id = $1 and status = 'succeeded'"#,
        payment as PaymentId
    )
    .fetch_one(tx.conn())
    .await?)
}

pub(crate) async fn set_submitted(tx: &mut Tx, id: RefundId, gateway_ref: &str) -> Result<(), Error> {
    sqlx::query!(
        "update refunds set status = 'submitted', gateway_ref = $2, updated_at = clock_timestamp()
         where id = $1 and status in ('requested', 'submitted')",
        id as RefundId,
        gateway_ref
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// False when it was settled before.
pub(crate) async fn set_succeeded(tx: &mut Tx, id: RefundId, gateway_ref: &str) -> Result<bool, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "update refunds set status = 'succeeded', gateway_ref = $2, settled_at = $3, updated_at = clock_timestamp()
         where id = $1 and status in ('requested', 'submitted')",
        id as RefundId,
        gateway_ref,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// False when it was settled before.
pub(crate) async fn set_failed(tx: &mut Tx, id: RefundId) -> Result<bool, Error> {
    let done = sqlx::query!(
        "update refunds set status = 'failed', updated_at = clock_timestamp()
         where id = $1 and status in ('requested', 'submitted')",
        id as RefundId
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
