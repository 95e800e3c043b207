//! All SQL of shares.

use db::{Error, Tx};
use kernel::{
    Currency, Timestamp,
    ids::{ChargeId, PaymentId, PractitionerId, ShareId},
};

use crate::splits::Parts;

/// A payee's part of a payment, with all the other parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Share {
    pub(crate) id: ShareId,
    pub(crate) payment: PaymentId,
    pub(crate) charge: ChargeId,
    pub(crate) payee: PractitionerId,
    pub(crate) currency: Currency,
    pub(crate) parts: Parts,
    /// Of the payment, in minor units; and the payee's part of that.
    pub(crate) returned: i64,
    pub(crate) doctor_returned: i64,
    /// It lies on the payee's available balance.
    pub(crate) released: bool,
}

struct ShareRow {
    id: ShareId,
    payment: PaymentId,
    charge: ChargeId,
    payee: PractitionerId,
    currency: Currency,
    doctor: i64,
    platform: i64,
    commission_tax: i64,
    tax: i64,
    fee: i64,
    excess: i64,
    returned: i64,
    doctor_returned: i64,
    released: bool,
}

impl From<ShareRow> for Share {
    fn from(row: ShareRow) -> Self {
        let parts = Parts {
            doctor: row.doctor,
            platform: row.platform,
            commission_tax: row.commission_tax,
            tax: row.tax,
            fee: row.fee,
            excess: row.excess,
        };
        Self {
            id: row.id,
            payment: row.payment,
            charge: row.charge,
            payee: row.payee,
            currency: row.currency,
            parts,
            returned: row.returned,
            doctor_returned: row.doctor_returned,
            released: row.released,
        }
    }
}

pub(crate) async fn insert(tx: &mut Tx, share: &Share) -> Result<(), Error> {
    let parts = share.parts;
    sqlx::query!(
        "insert into payee_shares (id, payment_id, charge_id, practitioner_id, currency, paid, doctor, platform, commission_tax, tax,
             fee, excess)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        share.id as ShareId,
        share.payment as PaymentId,
        share.charge as ChargeId,
        share.payee as PractitionerId,
        share.currency as Currency,
        parts.paid(),
        parts.doctor,
        parts.platform,
        parts.commission_tax,
        parts.tax,
        parts.fee,
        parts.excess
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The share of what a payment paid for a charge. Holds the row. The locks of the charge and of the payment are taken first.
pub(crate) async fn lock_of(tx: &mut Tx, payment: PaymentId, charge: ChargeId) -> Result<Option<Share>, Error> {
    let row = sqlx::query_as!(
        ShareRow,
        r#"select id as "id: ShareId", payment_id as "payment: PaymentId", charge_id as "charge: ChargeId",
                  practitioner_id as "payee: PractitionerId", currency as "currency: Currency", doctor, platform, commission_tax,
                  tax, fee, excess, returned, doctor_returned, released_at is not null as "released!"
           from payee_shares where payment_id = $1 and charge_id = $2 and carried_at is null for update"#,
        payment as PaymentId,
        charge as ChargeId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Into::into))
}

/// What is left of each charge that a payment paid, neither given back nor promised, in the order of the charges' ids.
pub(crate) async fn list_left(tx: &mut Tx, payment: PaymentId) -> Result<Vec<(ChargeId, i64)>, Error> {
    let rows = sqlx::query!(
        r#"select s.charge_id as "charge: ChargeId",
                  (s.paid + s.excess - s.returned - (select coalesce(sum(r.amount), 0) from refunds r
                   where r.payment_id = s.payment_id and r.charge_id = s.charge_id
                     and r.status in ('requested', 'approved', 'submitted')))::bigint as "left!"
           from payee_shares s where s.payment_id = $1 and s.carried_at is null order by s.charge_id"#,
        payment as PaymentId
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.charge, row.left)).collect())
}

/// Shares whose time has come. Those that another transaction holds are left to it.
pub(crate) async fn lock_due(tx: &mut Tx, payee: Option<PractitionerId>, limit: i64) -> Result<Vec<Share>, Error> {
    let now = tx.now();
    let rows = sqlx::query_as!(
        ShareRow,
        r#"select s.id as "id: ShareId", s.payment_id as "payment: PaymentId", s.charge_id as "charge: ChargeId",
                  s.practitioner_id as "payee: PractitionerId", s.currency as "currency: Currency", s.doctor, s.platform,
                  s.commission_tax, s.tax, s.fee, s.excess, s.returned, s.doctor_returned, false as "released!"
           from payee_shares s
           where s.released_at is null and s.carried_at is null and not s.frozen and s.available_at <= $1
             and not exists (select from refunds w where w.payment_id = s.payment_id
                          and w.charge_id = s.charge_id and w.status in ('requested', 'approved', 'submitted')) and ($2::uuid is null or s.practitioner_id = $2)
           order by s.available_at, s.id limit $3 for update of s skip locked"#,
        now as Timestamp,
        payee as Option<PractitionerId>,
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

pub(crate) async fn set_released(tx: &mut Tx, id: ShareId, at: Timestamp) -> Result<(), Error> {
    sqlx::query!(
        "update payee_shares set released_at = $2, updated_at = clock_timestamp() where id = $1",
        id as ShareId,
        at as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The window is the one of the rule that the charge was raised under.
pub(crate) async fn set_completed(tx: &mut Tx, charge: ChargeId, at: Timestamp) -> Result<(), Error> {
    sqlx::query!(
        "update payee_shares s set completed_at = $2,
             available_at = $2 + coalesce(r.dispute_hours, 48) * interval '1 hour', updated_at = clock_timestamp()
         from charges c left join split_rules r on r.id = c.split_rule_id
         where s.charge_id = $1 and c.id = s.charge_id and s.released_at is null and s.carried_at is null
           and (s.completed_at is null or s.completed_at < $2)",
        charge as ChargeId,
        at as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn set_returned(tx: &mut Tx, id: ShareId, returned: i64, doctor_returned: i64) -> Result<(), Error> {
    sqlx::query!(
        "update payee_shares set returned = $2, doctor_returned = $3, updated_at = clock_timestamp() where id = $1",
        id as ShareId,
        returned,
        doctor_returned
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn set_carried(tx: &mut Tx, id: ShareId, at: Timestamp) -> Result<(), Error> {
    sqlx::query!(
        "update payee_shares set carried_at = $2, completed_at = null, available_at = null, updated_at = clock_timestamp()
         where id = $1",
        id as ShareId,
        at as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Nothing of it can be paid out while it is.
pub(crate) async fn set_frozen(tx: &mut Tx, payment: PaymentId, frozen: bool) -> Result<(), Error> {
    sqlx::query!(
        "update payee_shares set frozen = $2, updated_at = clock_timestamp() where payment_id = $1 and carried_at is null",
        payment as PaymentId,
        frozen
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Give shares to payments that were brought in with their journal and have none. How many. System context.
pub async fn adopt(tx: &mut Tx) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(r#"select app.adopt_payments() as "adopted!""#).fetch_one(tx.conn()).await?)
}
