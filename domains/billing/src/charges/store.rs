//! All SQL of charges.

use db::{Error, Tx};
use kernel::{
    Currency, Money, Timestamp,
    ids::{AppointmentId, ChargeId, PatientId, PaymentId, PractitionerId, SplitRuleId},
};
use uuid::Uuid;

mod bills;

pub(crate) use bills::{BillRow, Show, list_bills};

use super::{Charge, ChargeStatus, Subject};

struct ChargeRow {
    id: ChargeId,
    patient_id: PatientId,
    practitioner_id: PractitionerId,
    subject_id: Uuid,
    visit_id: Option<AppointmentId>,
    amount: i64,
    currency: Currency,
    platform_basis_points: i32,
    split_rule: Option<SplitRuleId>,
    status: String,
    payable_until: Timestamp,
}

impl From<ChargeRow> for Charge {
    fn from(row: ChargeRow) -> Self {
        Self {
            id: row.id,
            patient: row.patient_id,
            practitioner: row.practitioner_id,
            subject: Subject::read(row.subject_id, row.visit_id),
            price: Money::new(row.amount, row.currency),
            platform_basis_points: u32::try_from(row.platform_basis_points).unwrap_or_default(),
            split_rule: row.split_rule,
            status: ChargeStatus::read(&row.status),
            payable_until: row.payable_until,
        }
    }
}

/// Reads charges with one list of columns: the rest of the statement and its arguments follow.
macro_rules! select_charges {
    ($rest:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            ChargeRow,
            r#"select id as "id: ChargeId", patient_id as "patient_id: PatientId",
                      practitioner_id as "practitioner_id: PractitionerId", subject_id, visit_id as "visit_id: AppointmentId",
                      amount, currency as "currency: Currency", platform_basis_points,
                      split_rule_id as "split_rule: SplitRuleId", status, payable_until as "payable_until: Timestamp"
               from charges "# + $rest
            $(, $argument)*
        )
    };
}

pub(crate) async fn insert(tx: &mut Tx, charge: &Charge) -> Result<(), Error> {
    let now = tx.now();
    let basis_points = i32::try_from(charge.platform_basis_points).unwrap_or(10_000);
    sqlx::query!(
        "insert into charges (id, patient_id, practitioner_id, subject_kind, subject_id, amount, currency,
                              platform_basis_points, split_rule_id, status, payable_until, created_at, visit_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        charge.id as ChargeId,
        charge.patient as PatientId,
        charge.practitioner as PractitionerId,
        charge.subject.kind(),
        charge.subject.id(),
        charge.price.amount,
        charge.price.currency as Currency,
        basis_points,
        charge.split_rule as Option<SplitRuleId>,
        charge.status.as_str(),
        charge.payable_until as Timestamp,
        now as Timestamp,
        charge.subject.order_visit() as Option<AppointmentId>
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Holds the row: every change of a charge, its payments and refunds takes this lock first.
pub(crate) async fn lock(tx: &mut Tx, id: ChargeId) -> Result<Option<Charge>, Error> {
    let row = select_charges!("where id = $1 for update", id as ChargeId).fetch_optional(tx.conn()).await?;
    Ok(row.map(Into::into))
}

pub(crate) async fn find(tx: &mut Tx, id: ChargeId) -> Result<Option<Charge>, Error> {
    let row = select_charges!("where id = $1", id as ChargeId).fetch_optional(tx.conn()).await?;
    Ok(row.map(Into::into))
}

/// All charges of a visit's bill that one of these patients must pay. Holds the rows, in the order of their ids: so does everybody else.
pub(crate) async fn lock_bill(tx: &mut Tx, patients: &[PatientId], visit: AppointmentId) -> Result<Vec<Charge>, Error> {
    let patients: Vec<Uuid> = patients.iter().map(|patient| patient.uuid()).collect();
    let rows = select_charges!(
        "where ((subject_kind = 'appointment' and subject_id = $1) or visit_id = $1) and patient_id = any ($2)
         order by id for update",
        visit.uuid(),
        &patients
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// The charges that a payment pays besides its own, in the order of their ids. Holds the rows.
pub(crate) async fn lock_parts(tx: &mut Tx, payment: PaymentId) -> Result<Vec<(Charge, Money)>, Error> {
    let rows = select_charges!(
        "where id in (select t.charge_id from payment_parts t where t.payment_id = $1) order by id for update",
        payment as PaymentId
    )
    .fetch_all(tx.conn())
    .await?;
    let amounts = sqlx::query_scalar!(
        "select amount from payment_parts where payment_id = $1 order by charge_id",
        payment as PaymentId
    )
    .fetch_all(tx.conn())
    .await?;
    let charges = rows.into_iter().map(Charge::from).zip(amounts);
    let with_money = |(charge, amount): (Charge, i64)| {
        let money = Money::new(amount, charge.price.currency);
        (charge, money)
    };
    Ok(charges.map(with_money).collect())
}

/// The newest charge of an appointment that one of these patients must pay.
pub(crate) async fn find_for_appointment(
    tx: &mut Tx,
    patients: &[PatientId],
    appointment: AppointmentId,
) -> Result<Option<Charge>, Error> {
    let patients: Vec<Uuid> = patients.iter().map(|patient| patient.uuid()).collect();
    let row = select_charges!(
        "where subject_kind = 'appointment' and subject_id = $1 and patient_id = any ($2)
         order by created_at desc, id desc limit 1",
        appointment.uuid(),
        &patients
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Into::into))
}

pub(crate) async fn set_void(tx: &mut Tx, id: ChargeId) -> Result<(), Error> {
    sqlx::query!(
        "update charges set status = 'void', updated_at = clock_timestamp() where id = $1 and status = 'open'",
        id as ChargeId
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn set_settled(tx: &mut Tx, id: ChargeId, at: Timestamp) -> Result<(), Error> {
    sqlx::query!(
        "update charges set status = 'settled', settled_at = $2, updated_at = clock_timestamp()
         where id = $1 and status in ('open', 'void')",
        id as ChargeId,
        at as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What was paid for it pays something else now: nothing is owed, and nothing was taken for it.
pub(crate) async fn set_carried(tx: &mut Tx, id: ChargeId) -> Result<(), Error> {
    sqlx::query!(
        "update charges set status = 'void', settled_at = null, updated_at = clock_timestamp()
         where id = $1 and status = 'settled'",
        id as ChargeId
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn set_refunded(tx: &mut Tx, id: ChargeId, status: ChargeStatus) -> Result<(), Error> {
    sqlx::query!(
        "update charges set status = $2, updated_at = clock_timestamp()
         where id = $1 and status in ('settled', 'partially_refunded')",
        id as ChargeId,
        status.as_str()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What is owed changes while nothing is paid yet: a voucher.
pub(crate) async fn set_amount(tx: &mut Tx, id: ChargeId, amount: i64) -> Result<(), Error> {
    sqlx::query!(
        "update charges set amount = $2, updated_at = clock_timestamp() where id = $1 and status = 'open'",
        id as ChargeId,
        amount
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn set_payable_until(tx: &mut Tx, id: ChargeId, until: Timestamp) -> Result<(), Error> {
    sqlx::query!(
        "update charges set payable_until = $2, updated_at = clock_timestamp() where id = $1 and status = 'open'",
        id as ChargeId,
        until as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
