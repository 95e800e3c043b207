use db::Tx;
use kernel::{
    LocalDate, Timestamp,
    ids::{PatientId, PractitionerId, PrescribingFactsId},
};

/// What the person brings along.
pub(super) struct PersonRow {
    pub(super) birth_date: Option<LocalDate>,
    pub(super) sex: String,
    /// Whether another record is joined with this one.
    pub(super) joined: bool,
}

/// The patient, as far as the transaction's context may see them. What the record does not say, another of the person's may.
pub(super) async fn find_person(tx: &mut Tx, patient: PatientId) -> Result<Option<PersonRow>, db::Error> {
    Ok(sqlx::query_as!(
        PersonRow,
        r#"select coalesce(p.birth_date, (select o.birth_date from patients o where o.id = any (app.joined($1)) and o.birth_date is not null
                      order by o.created_at, o.id limit 1)) as "birth_date?: LocalDate",
                  coalesce(nullif(p.sex_at_birth, 'unknown'), (select o.sex_at_birth from patients o where o.id = any (app.joined($1))
                      and o.sex_at_birth <> 'unknown' order by o.created_at, o.id limit 1), 'unknown') as "sex!",
                  cardinality(app.joined($1)) > 1 as "joined!"
           from patients p where p.id = $1"#,
        patient as PatientId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Whether the patient is in the care of whoever asks.
pub(super) async fn is_cared_for(tx: &mut Tx, patient: PatientId) -> Result<bool, db::Error> {
    let found =
        sqlx::query_scalar!(r#"select app.treats(id) as "treats!" from patients where id = $1"#, patient as PatientId);
    Ok(found.fetch_optional(tx.conn()).await?.unwrap_or(false))
}

pub(super) struct Row {
    pub(super) id: PrescribingFactsId,
    pub(super) recorded_at: Timestamp,
    pub(super) content_sealed: Vec<u8>,
    pub(super) patient: PatientId,
    /// The number of the joined record in which it stands; none for the record's own.
    pub(super) from_record: Option<String>,
}

/// The newest facts of each of the person's records, the newest first, with the audit row of having read them.
pub(super) async fn list_latest(tx: &mut Tx, patient: PatientId, purpose: &str) -> Result<Vec<Row>, db::Error> {
    Ok(sqlx::query_as!(
        Row,
        r#"with seen as materialized (select audit.append('read', 'prescribing_facts', null, $1, $2) as seq)
           select f.id as "id: PrescribingFactsId", f.recorded_at as "recorded_at: Timestamp", f.content_sealed,
                  f.patient_id as "patient: PatientId", o.record_no as "from_record?"
           from seen cross join unnest(app.joined($1)) as r (id)
           join lateral (select id, recorded_at, content_sealed, patient_id from prescribing_facts
               where patient_id = r.id and seen.seq > 0 order by recorded_at desc, id desc limit 1) f on true
           left join patients o on o.id = f.patient_id and f.patient_id <> $1
           order by f.recorded_at desc, f.id desc"#,
        patient as PatientId,
        purpose
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Writes facts down, with the audit row.
pub(super) async fn insert(
    tx: &mut Tx,
    id: PrescribingFactsId,
    patient: PatientId,
    practitioner: PractitionerId,
    sealed: &[u8],
) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"with written as (
               insert into prescribing_facts (id, patient_id, practitioner_id, recorded_at, content_sealed)
               values ($1, $2, $3, $4, $5) returning id, patient_id)
           select audit.append('write', 'prescribing_facts', id, patient_id, 'prescribing') as "seq!" from written"#,
        id as PrescribingFactsId,
        patient as PatientId,
        practitioner as PractitionerId,
        now as Timestamp,
        sealed
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(())
}
