//! All SQL of payments and webhook events.

use db::{Error, Tx};
use kernel::{
    Currency, Money, Timestamp,
    ids::{ChargeId, PatientId, PaymentId, PractitionerId},
};
use uuid::Uuid;

use super::{Payment, PaymentStatus};

/// Reads payments with one list of columns: the rest of the statement and its arguments follow.
macro_rules! select_payments {
    ($rest:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            PaymentRow,
            r#"select id as "id: PaymentId", charge_id as "charge_id: ChargeId", patient_id as "patient_id: PatientId",
                      practitioner_id as "practitioner_id: PractitionerId", gateway, gateway_ref, checkout_url, status, amount,
                      currency as "currency: Currency", refunded, captured_at as "captured_at: Timestamp",
                      created_at as "created_at: Timestamp"
               from payments "# + $rest
            $(, $argument)*
        )
    };
}

mod admin;
mod parts;
mod webhooks;

pub(crate) use admin::{AdminRow, Filter, list_for_admin};
pub(crate) use parts::{CoveredRow, amount_for, insert_parts, left_for, list_covered, list_open, list_parts};
pub(crate) use webhooks::{count_mismatches, insert_webhook_event, is_known_event, set_webhook_outcome};

struct PaymentRow {
    id: PaymentId,
    charge_id: ChargeId,
    patient_id: PatientId,
    practitioner_id: PractitionerId,
    gateway: String,
    gateway_ref: Option<String>,
    checkout_url: Option<String>,
    status: String,
    amount: i64,
    currency: Currency,
    refunded: i64,
    captured_at: Option<Timestamp>,
    created_at: Timestamp,
}

impl From<PaymentRow> for Payment {
    fn from(row: PaymentRow) -> Self {
        Self {
            id: row.id,
            charge: row.charge_id,
            patient: row.patient_id,
            practitioner: row.practitioner_id,
            gateway: row.gateway,
            gateway_ref: row.gateway_ref,
            checkout_url: row.checkout_url,
            status: PaymentStatus::read(&row.status),
            money: Money::new(row.amount, row.currency),
            refunded: row.refunded,
            captured_at: row.captured_at,
            created_at: row.created_at,
        }
    }
}

pub(crate) async fn insert(tx: &mut Tx, payment: &Payment) -> Result<(), Error> {
    sqlx::query!(
        "insert into payments (id, charge_id, patient_id, practitioner_id, gateway, status, amount, currency, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        payment.id as PaymentId,
        payment.charge as ChargeId,
        payment.patient as PatientId,
        payment.practitioner as PractitionerId,
        payment.gateway,
        payment.status.as_str(),
        payment.money.amount,
        payment.money.currency as Currency,
        payment.created_at as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn find(tx: &mut Tx, id: PaymentId) -> Result<Option<Payment>, Error> {
    let row = select_payments!("where id = $1", id as PaymentId).fetch_optional(tx.conn()).await?;
    Ok(row.map(Into::into))
}

/// A payment that one of these patients makes.
pub(crate) async fn find_for(tx: &mut Tx, patients: &[PatientId], id: PaymentId) -> Result<Option<Payment>, Error> {
    Ok(find(tx, id).await?.filter(|payment| patients.contains(&payment.patient)))
}

/// Holds the row. The charge's lock is taken first.
pub(crate) async fn lock(tx: &mut Tx, id: PaymentId) -> Result<Option<Payment>, Error> {
    let row = select_payments!("where id = $1 for update", id as PaymentId).fetch_optional(tx.conn()).await?;
    Ok(row.map(Into::into))
}

/// By the gateway's reference, or by our own id where the answer that carried the reference was lost.
pub(crate) async fn find_for_gateway(
    tx: &mut Tx,
    gateway: &str,
    gateway_ref: &str,
    ours: Option<PaymentId>,
) -> Result<Option<Payment>, Error> {
    let row = select_payments!(
        "where gateway = $1 and (gateway_ref = $2 or (gateway_ref is null and id = $3))
         order by gateway_ref nulls last limit 1",
        gateway,
        gateway_ref,
        ours as Option<PaymentId>
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Into::into))
}

/// An open payment that pays this charge, alone or with others; the newest.
pub(crate) async fn find_open(tx: &mut Tx, charge: ChargeId) -> Result<Option<Payment>, Error> {
    let row = select_payments!(
        "where id in (select paid.id from app.payments_of(array[$1::uuid]) paid (id))
           and status in ('created', 'requires_action', 'processing')
         order by id desc limit 1",
        charge as ChargeId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Into::into))
}

/// Newest first; a charge has few.
pub(crate) async fn list_of_charge(tx: &mut Tx, charge: ChargeId) -> Result<Vec<Payment>, Error> {
    let rows = select_payments!(
        "where id in (select paid.id from app.payments_of(array[$1::uuid]) paid (id)) order by id desc",
        charge as ChargeId
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Open payments with a page at the gateway that were not looked up since `before`.
pub(crate) async fn list_unsettled(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<Vec<Payment>, Error> {
    let rows = select_payments!(
        "where status in ('created', 'requires_action', 'processing') and gateway_ref is not null
           and coalesce(checked_at, created_at) <= $1
         order by checked_at nulls first limit $2",
        before as Timestamp,
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Where the payment of a charge stands, over all its attempts: the one that holds money, else the newest. `None` before
/// the first attempt.
pub async fn status_of(tx: &mut Tx, charge: ChargeId) -> Result<Option<PaymentStatus>, Error> {
    let found = sqlx::query_scalar!(
        "select status from payments
             where id in (select paid.id from app.payments_of(array[$1::uuid]) paid (id))
             order by id desc",
        charge as ChargeId
    )
    .fetch_all(tx.conn())
    .await?;
    let statuses: Vec<PaymentStatus> = found.iter().map(|status| PaymentStatus::read(status)).collect();
    let paid = statuses.iter().filter(|status| status.has_money()).min_by_key(|status| status.rank());
    Ok(paid.or(statuses.first()).copied())
}

/// Money for this charge is on its way: do not let the time lapse before asking the gateway.
pub async fn is_processing(tx: &mut Tx, charge: ChargeId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from payments where id in (select paid.id from app.payments_of(array[$1::uuid]) paid (id))
                          and status = 'processing') as "found!""#,
        charge as ChargeId
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Remember the gateway's page. Returns the payment's state after that: it may have moved on meanwhile.
pub(crate) async fn set_checkout(
    tx: &mut Tx,
    id: PaymentId,
    gateway_ref: &str,
    url: &str,
) -> Result<Option<PaymentStatus>, Error> {
    let status = sqlx::query_scalar!(
        "update payments set gateway_ref = $2, checkout_url = $3,
                status = case when status = 'created' then 'requires_action' else status end,
                updated_at = clock_timestamp()
         where id = $1 and (gateway_ref is null or gateway_ref = $2)
         returning status",
        id as PaymentId,
        gateway_ref,
        url
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(status.as_deref().map(PaymentStatus::read))
}

pub(crate) async fn set_gateway_ref(tx: &mut Tx, id: PaymentId, gateway_ref: &str) -> Result<(), Error> {
    sqlx::query!(
        "update payments set gateway_ref = $2, updated_at = clock_timestamp() where id = $1 and gateway_ref is null",
        id as PaymentId,
        gateway_ref
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn set_status(tx: &mut Tx, id: PaymentId, status: PaymentStatus) -> Result<(), Error> {
    sqlx::query!(
        "update payments set status = $2, updated_at = clock_timestamp() where id = $1",
        id as PaymentId,
        status.as_str()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn set_captured(tx: &mut Tx, id: PaymentId, at: Timestamp) -> Result<(), Error> {
    sqlx::query!(
        "update payments set status = 'captured', captured_at = $2, updated_at = clock_timestamp()
         where id = $1 and captured_at is null",
        id as PaymentId,
        at as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn set_checked(tx: &mut Tx, id: PaymentId) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!("update payments set checked_at = $2 where id = $1", id as PaymentId, now as Timestamp)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Guarded: false when more would be given back than was captured.
pub(crate) async fn take_for_refund(tx: &mut Tx, id: PaymentId, amount: i64) -> Result<bool, Error> {
    let done = sqlx::query!(
        "update payments set refunded = refunded + $2, updated_at = clock_timestamp()
         where id = $1 and captured_at is not null and $2::bigint > 0 and refunded + disputed + $2 <= amount",
        id as PaymentId,
        amount
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What of a payment is still there: neither given back, nor promised, nor in dispute.
pub(crate) async fn left_of(tx: &mut Tx, id: PaymentId) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(
        r#"select amount - refunded - disputed as "left!" from payments where id = $1"#,
        id as PaymentId
    )
    .fetch_one(tx.conn())
    .await?)
}

/// More, or less, of a payment is in dispute or lost in one.
pub(crate) async fn add_disputed(tx: &mut Tx, id: PaymentId, amount: i64) -> Result<(), Error> {
    sqlx::query!(
        "update payments set disputed = disputed + $2, updated_at = clock_timestamp() where id = $1",
        id as PaymentId,
        amount
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The gateway would not give it back: the amount is free for another attempt.
pub(crate) async fn release_from_refund(tx: &mut Tx, id: PaymentId, amount: i64) -> Result<(), Error> {
    sqlx::query!(
        "update payments set refunded = refunded - $2, updated_at = clock_timestamp() where id = $1",
        id as PaymentId,
        amount
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The payment is another charge's now.
pub(crate) async fn set_charge(
    tx: &mut Tx,
    id: PaymentId,
    charge: ChargeId,
    practitioner: PractitionerId,
) -> Result<(), Error> {
    sqlx::query!(
        "update payments set charge_id = $2, practitioner_id = $3, updated_at = clock_timestamp() where id = $1",
        id as PaymentId,
        charge as ChargeId,
        practitioner as PractitionerId
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Captured payments that still hold money of a charge, oldest first.
pub(crate) async fn list_refundable(tx: &mut Tx, charge: ChargeId) -> Result<Vec<(PaymentId, Money)>, Error> {
    let rows = sqlx::query!(
        r#"select id as "id: PaymentId", app.part_left(id, $1) as "left!", currency as "currency: Currency"
           from payments
           where id in (select paid.id from app.payments_of(array[$1::uuid]) paid (id))
             and captured_at is not null and app.part_left(id, $1) > 0
           order by id"#,
        charge as ChargeId
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, Money::new(row.left, row.currency))).collect())
}

/// The cursor of a list by id.
pub(crate) fn before(request: &kernel::PageRequest) -> Option<Uuid> {
    request.cursor.as_ref().and_then(|cursor| cursor.0.parse().ok())
}
