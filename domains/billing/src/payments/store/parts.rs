use db::{Error, Tx};
use kernel::{
    Currency, Timestamp,
    ids::{ChargeId, PatientId, PaymentId, PractitionerId},
};
use uuid::Uuid;

use super::{Payment, PaymentRow};
use crate::charges::Charge;

/// What a payment pays besides its own charge.
pub(crate) async fn insert_parts(tx: &mut Tx, payment: &Payment, charges: &[Charge]) -> Result<(), Error> {
    let ids: Vec<Uuid> = charges.iter().map(|charge| charge.id.uuid()).collect();
    let suppliers: Vec<Uuid> = charges.iter().map(|charge| charge.practitioner.uuid()).collect();
    let amounts: Vec<i64> = charges.iter().map(|charge| charge.price.amount).collect();
    sqlx::query!(
        "insert into payment_parts (payment_id, patient_id, charge_id, supplier_id, amount)
         select $1, $2, part.charge_id, part.supplier_id, part.amount
         from unnest($3::uuid[], $4::uuid[], $5::bigint[]) as part (charge_id, supplier_id, amount)",
        payment.id as PaymentId,
        payment.patient as PatientId,
        &ids,
        &suppliers,
        &amounts
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The charges that a payment pays besides its own.
pub(crate) async fn list_parts(tx: &mut Tx, payment: PaymentId) -> Result<Vec<ChargeId>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select charge_id as "charge: ChargeId" from payment_parts where payment_id = $1 order by charge_id"#,
        payment as PaymentId
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Open payments that pay any of these charges.
pub(crate) async fn list_open(tx: &mut Tx, charges: &[ChargeId]) -> Result<Vec<Payment>, Error> {
    let charges: Vec<Uuid> = charges.iter().map(|charge| charge.uuid()).collect();
    let rows = select_payments!(
        "where id in (select paid.id from app.payments_of($1) paid (id))
           and status in ('created', 'requires_action', 'processing')
         order by id",
        &charges
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// How much of a payment was for this charge.
pub(crate) async fn amount_for(tx: &mut Tx, payment: PaymentId, charge: ChargeId) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce((select t.amount from payment_parts t where t.payment_id = p.id and t.charge_id = $2),
                           p.amount - (select coalesce(sum(t.amount), 0) from payment_parts t where t.payment_id = p.id))::bigint
                  as "amount!"
           from payments p where p.id = $1"#,
        payment as PaymentId,
        charge as ChargeId
    )
    .fetch_one(tx.conn())
    .await?)
}

/// What of that is still there: neither given back, nor promised, nor in dispute. Nothing before the money is there.
pub(crate) async fn left_for(tx: &mut Tx, payment: PaymentId, charge: ChargeId) -> Result<i64, Error> {
    let left = sqlx::query_scalar!("select app.part_left($1, $2)", payment as PaymentId, charge as ChargeId)
        .fetch_one(tx.conn())
        .await?;
    Ok(left.unwrap_or(0))
}

/// A charge that a payment has paid, as whoever gives money back sees it.
#[derive(Debug, Clone)]
pub(crate) struct CoveredRow {
    pub(crate) charge: ChargeId,
    pub(crate) supplier: String,
    pub(crate) left: i64,
}

/// The payment's own charge first.
pub(crate) async fn list_covered(tx: &mut Tx, payment: PaymentId) -> Result<Vec<CoveredRow>, Error> {
    Ok(sqlx::query_as!(
        CoveredRow,
        r#"select c.id as "charge: ChargeId", n.full_name as "supplier!", coalesce(app.part_left(p.id, c.id), 0) as "left!"
           from payments p
           join lateral (select p.charge_id as id union all select t.charge_id from payment_parts t where t.payment_id = p.id) paid on true
           join charges c on c.id = paid.id
           join named_suppliers n on n.id = c.practitioner_id
           where p.id = $1 order by c.id <> p.charge_id, c.id"#,
        payment as PaymentId
    )
    .fetch_all(tx.conn())
    .await?)
}
