use db::Tx;
use kernel::{
    Timestamp,
    ids::{FillId, PatientId, PrescriptionId, PrescriptionItemId},
};

use super::model::Filled;

/// What was dispensed of these prescriptions.
pub(crate) async fn list_of(tx: &mut Tx, prescriptions: &[PrescriptionId]) -> Result<Vec<Filled>, db::Error> {
    let ids: Vec<uuid::Uuid> = prescriptions.iter().map(|id| id.uuid()).collect();
    Ok(sqlx::query_as!(
        Filled,
        r#"select item_id as "item: PrescriptionItemId", fill, quantity, claimed_at as "at: Timestamp"
           from prescription_fills where prescription_id = any ($1) order by claimed_at, id"#,
        &ids
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(super) struct NewFill<'a> {
    pub(super) id: FillId,
    pub(super) prescription: PrescriptionId,
    pub(super) item: PrescriptionItemId,
    pub(super) patient: PatientId,
    pub(super) fill: i32,
    pub(super) quantity: i32,
    pub(super) place: &'a str,
}

/// Writes a part of a fill, with its audit row.
pub(super) async fn insert(tx: &mut Tx, new: NewFill<'_>) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"with filled as (
               insert into prescription_fills (id, prescription_id, item_id, patient_id, fill, quantity, place, claimed_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8) returning prescription_id, patient_id)
           select audit.append('dispense', 'prescription', prescription_id, patient_id, 'dispensing') as "seq!" from filled"#,
        new.id as FillId,
        new.prescription as PrescriptionId,
        new.item as PrescriptionItemId,
        new.patient as PatientId,
        new.fill,
        new.quantity,
        new.place,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(())
}
