//! All SQL of vouchers in use.

use db::{Error, Tx};
use kernel::{
    Currency, Timestamp,
    ids::{ChargeId, DiscountId, PatientId, PractitionerId},
};

use crate::prices::{model::Discount, store::off};

pub(super) struct Voucher {
    pub(super) discount: Discount,
    pub(super) practitioner: Option<PractitionerId>,
    pub(super) valid_from: Timestamp,
    pub(super) valid_until: Option<Timestamp>,
    pub(super) most_uses: Option<i32>,
    pub(super) per_patient: Option<i32>,
}

struct VoucherRow {
    id: DiscountId,
    name: String,
    basis_points: Option<i32>,
    amount: Option<i64>,
    currency: Option<Currency>,
    practitioner_id: Option<PractitionerId>,
    valid_from: Timestamp,
    valid_until: Option<Timestamp>,
    most_uses: Option<i32>,
    per_patient: Option<i32>,
}

impl From<VoucherRow> for Voucher {
    fn from(row: VoucherRow) -> Self {
        Self {
            discount: Discount {
                id: row.id,
                off: off(row.basis_points, row.amount, row.currency),
                name: row.name,
                is_voucher: true,
            },
            practitioner: row.practitioner_id,
            valid_from: row.valid_from,
            valid_until: row.valid_until,
            most_uses: row.most_uses,
            per_patient: row.per_patient,
        }
    }
}

/// Holds the row, so that its uses can be counted. Capitals do not matter.
pub(super) async fn lock(tx: &mut Tx, code: &str) -> Result<Option<Voucher>, Error> {
    let row = sqlx::query_as!(
        VoucherRow,
        r#"select id as "id: DiscountId", name, basis_points, amount, currency as "currency: Currency",
                  practitioner_id as "practitioner_id: PractitionerId", valid_from as "valid_from: Timestamp",
                  valid_until as "valid_until: Timestamp", most_uses, per_patient
           from discounts where code = ($1::text)::citext for update"#,
        code
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Into::into))
}

/// The voucher that a charge has taken; holds its row. The charge's lock is taken first.
pub(super) async fn lock_of_charge(tx: &mut Tx, charge: ChargeId) -> Result<Option<Voucher>, Error> {
    let row = sqlx::query_as!(
        VoucherRow,
        r#"select d.id as "id: DiscountId", d.name, d.basis_points, d.amount, d.currency as "currency: Currency",
                  d.practitioner_id as "practitioner_id: PractitionerId", d.valid_from as "valid_from: Timestamp",
                  d.valid_until as "valid_until: Timestamp", d.most_uses, d.per_patient
           from discounts d join voucher_uses u on u.discount_id = d.id where u.charge_id = $1 for update of d"#,
        charge as ChargeId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Into::into))
}

pub(super) struct Uses {
    pub(super) all: i64,
    pub(super) own: i64,
}

/// Uses by other charges that stand: in all, and of this patient.
pub(super) async fn count_uses(
    tx: &mut Tx,
    discount: DiscountId,
    patient: PatientId,
    except: ChargeId,
) -> Result<Uses, Error> {
    Ok(sqlx::query_as!(
        Uses,
        r#"select count(*) as "all!", count(*) filter (where u.patient_id = $2) as "own!"
           from voucher_uses u join charges c on c.id = u.charge_id
           where u.discount_id = $1 and u.charge_id <> $3 and c.status not in ('void', 'refunded')"#,
        discount as DiscountId,
        patient as PatientId,
        except as ChargeId
    )
    .fetch_one(tx.conn())
    .await?)
}

pub(super) async fn insert_use(
    tx: &mut Tx,
    charge: ChargeId,
    discount: DiscountId,
    patient: PatientId,
) -> Result<(), Error> {
    sqlx::query!(
        "insert into voucher_uses (charge_id, discount_id, patient_id) values ($1, $2, $3)
         on conflict (charge_id) do update set discount_id = excluded.discount_id, updated_at = clock_timestamp()",
        charge as ChargeId,
        discount as DiscountId,
        patient as PatientId
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn delete_use(tx: &mut Tx, charge: ChargeId) -> Result<bool, Error> {
    let done =
        sqlx::query!("delete from voucher_uses where charge_id = $1", charge as ChargeId).execute(tx.conn()).await?;
    Ok(done.rows_affected() == 1)
}
