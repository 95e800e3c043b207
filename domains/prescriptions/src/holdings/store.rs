//! SQL of what is prescribed. In the system's context.

use db::{Error, Tx};
use kernel::{
    Timestamp,
    ids::{PatientId, PrescriptionItemId},
};

/// Signed prescriptions of one record, all or those signed at or after `since`.
pub(super) async fn count(tx: &mut Tx, patient: PatientId, since: Option<Timestamp>) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from prescriptions
           where patient_id = $1 and signed_at is not null and status <> 'cancelled' and ($2::timestamptz is null or signed_at >= $2)"#,
        patient as PatientId,
        since as Option<Timestamp>
    )
    .fetch_one(tx.conn())
    .await?)
}

pub(super) struct Item {
    pub(super) id: PrescriptionItemId,
    pub(super) content_sealed: Vec<u8>,
}

/// Items of what is prescribed now.
pub(super) async fn list_active(tx: &mut Tx, patient: PatientId) -> Result<Vec<Item>, Error> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        Item,
        r#"select i.id as "id: PrescriptionItemId", i.content_sealed
           from prescriptions p join prescription_items i on i.prescription_id = p.id
           where p.patient_id = $1 and p.status in ('active', 'on_hold') and p.valid_until > $2 limit 500"#,
        patient as PatientId,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?)
}
