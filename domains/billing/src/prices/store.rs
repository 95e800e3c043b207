//! All SQL of prices: lists, taxes, discounts, and the lines of bills.

use db::{Error, Tx};
use kernel::{
    Currency, Money, Timestamp,
    ids::{BillLineId, ChargeId, DiscountId, PatientId, PractitionerId},
};

use super::{
    Line, LineKind, Off,
    model::{Discount, Tax},
};
use crate::charges::Subject;

mod admin;

pub(crate) use admin::{
    DiscountRow, TaxRow, end_discount, end_list_price, end_tax, insert_discount, insert_list_price, insert_tax,
    list_discounts, list_taxes,
};

/// A discount as its columns hold it: a share, or an amount with its currency.
pub(crate) fn off(basis_points: Option<i32>, amount: Option<i64>, currency: Option<Currency>) -> Off {
    match (amount, currency) {
        (Some(amount), Some(currency)) => Off::Fixed(Money::new(amount, currency)),
        _ => Off::Share(basis_points.and_then(|points| u32::try_from(points).ok()).unwrap_or_default()),
    }
}

/// The discounts without a code that hold now, oldest first.
pub(crate) async fn list_automatic(tx: &mut Tx, practitioner: PractitionerId) -> Result<Vec<Discount>, Error> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select id as "id: DiscountId", name, basis_points, amount, currency as "currency: Currency"
           from discounts
           where code is null and (practitioner_id is null or practitioner_id = $1)
             and valid_from <= $2 and (valid_until is null or valid_until > $2)
           order by id"#,
        practitioner as PractitionerId,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Discount {
            id: row.id,
            off: off(row.basis_points, row.amount, row.currency),
            name: row.name,
            is_voucher: false,
        })
        .collect())
}

/// The taxes that hold now in the country where the doctor works.
pub(crate) async fn list_taxes_of(tx: &mut Tx, practitioner: PractitionerId) -> Result<Vec<Tax>, Error> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select t.name, t.basis_points, t.inclusive
           from tax_rates t join practitioners p on p.country = t.country
           where p.id = $1 and t.valid_from <= $2 and (t.valid_until is null or t.valid_until > $2)
           order by t.inclusive desc, t.id"#,
        practitioner as PractitionerId,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Tax {
            name: row.name,
            basis_points: u32::try_from(row.basis_points).unwrap_or_default(),
            inclusive: row.inclusive,
        })
        .collect())
}

/// To which bill lines belong.
#[derive(Clone, Copy)]
pub(crate) struct Whose {
    pub(crate) subject: Subject,
    pub(crate) charge: Option<ChargeId>,
    pub(crate) patient: PatientId,
    pub(crate) practitioner: PractitionerId,
}

pub(crate) async fn insert_lines(tx: &mut Tx, whose: Whose, lines: &[Line]) -> Result<(), Error> {
    for (place, line) in (0..).zip(lines) {
        insert_line(tx, whose, place, line).await?;
    }
    Ok(())
}

async fn insert_line(tx: &mut Tx, whose: Whose, place: i32, line: &Line) -> Result<(), Error> {
    let id = tx.id::<BillLineId>();
    sqlx::query!(
        "insert into bill_lines (id, subject_kind, subject_id, charge_id, patient_id, practitioner_id, place, kind, label,
                                 basis_points, included, amount, currency, discount_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        id as BillLineId,
        whose.subject.kind(),
        whose.subject.id(),
        whose.charge as Option<ChargeId>,
        whose.patient as PatientId,
        whose.practitioner as PractitionerId,
        place,
        line.kind.as_str(),
        line.label,
        line.basis_points.and_then(|points| i32::try_from(points).ok()),
        line.included,
        line.money.amount,
        line.money.currency as Currency,
        line.discount as Option<DiscountId>
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The lines that were kept for this thing become the charge's. How many there were.
pub(crate) async fn set_lines_charged(tx: &mut Tx, whose: Whose, charge: ChargeId) -> Result<u64, Error> {
    let done = sqlx::query!(
        "update bill_lines set charge_id = $3, updated_at = clock_timestamp()
         where subject_kind = $1 and subject_id = $2 and charge_id is null and practitioner_id = $4",
        whose.subject.kind(),
        whose.subject.id(),
        charge as ChargeId,
        whose.practitioner as PractitionerId
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}

pub(crate) async fn delete_lines(tx: &mut Tx, charge: ChargeId) -> Result<(), Error> {
    sqlx::query!("delete from bill_lines where charge_id = $1", charge as ChargeId).execute(tx.conn()).await?;
    Ok(())
}

pub(crate) async fn list_lines(tx: &mut Tx, charge: ChargeId) -> Result<Vec<Line>, Error> {
    let rows = sqlx::query!(
        r#"select kind, label, basis_points, included, amount, currency as "currency: Currency",
                  discount_id as "discount_id: DiscountId"
           from bill_lines where charge_id = $1 order by place"#,
        charge as ChargeId
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Line {
            kind: LineKind::read(&row.kind),
            label: row.label,
            basis_points: row.basis_points.and_then(|points| u32::try_from(points).ok()),
            included: row.included,
            money: Money::new(row.amount, row.currency),
            discount: row.discount_id,
        })
        .collect())
}
