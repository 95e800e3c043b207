use db::{Error, Tx};
use kernel::{
    Timestamp,
    ids::{CareLinkId, PatientId, PractitionerId},
};

use super::Source;

pub(super) async fn insert_if_absent(
    tx: &mut Tx,
    patient: PatientId,
    practitioner: PractitionerId,
    source: Source,
    valid_until: Option<Timestamp>,
) -> Result<(), Error> {
    let now = tx.now();
    let id = tx.id::<CareLinkId>();
    sqlx::query!(
        r#"insert into care_links (id, patient_id, practitioner_id, source_kind, source_id, valid_from, valid_until)
           values ($1, $2, $3, $4, $5, $6, $7)
           on conflict (source_kind, source_id) do nothing"#,
        id as CareLinkId,
        patient as PatientId,
        practitioner as PractitionerId,
        source.kind(),
        source.id(),
        now as Timestamp,
        valid_until as Option<Timestamp>,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn upsert_open(
    tx: &mut Tx,
    patient: PatientId,
    practitioner: PractitionerId,
    source: Source,
) -> Result<(), Error> {
    let now = tx.now();
    let id = tx.id::<CareLinkId>();
    sqlx::query!(
        r#"insert into care_links as l (id, patient_id, practitioner_id, source_kind, source_id, valid_from)
           values ($1, $2, $3, $4, $5, $6)
           on conflict (source_kind, source_id) do update
               set valid_until = null, closed_at = null, updated_at = $6
               where l.patient_id = excluded.patient_id and l.practitioner_id = excluded.practitioner_id"#,
        id as CareLinkId,
        patient as PatientId,
        practitioner as PractitionerId,
        source.kind(),
        source.id(),
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_valid_until(tx: &mut Tx, source: Source, at: Timestamp) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        r#"update care_links set valid_until = greatest(valid_from, $3::timestamptz), updated_at = $4
           where source_kind = $1 and source_id = $2 and closed_at is null"#,
        source.kind(),
        source.id(),
        at as Timestamp,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_closed(tx: &mut Tx, source: Source) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        r#"update care_links set closed_at = $3, updated_at = $3
           where source_kind = $1 and source_id = $2 and closed_at is null"#,
        source.kind(),
        source.id(),
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
