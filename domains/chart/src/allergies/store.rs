use db::Tx;
use kernel::{
    Timestamp,
    ids::{AccountId, AllergyId, PatientId},
};
use vault::{At, Vault};

use super::model::{Allergies, Allergy, AllergyContent, Answer};
use crate::ChartError;

/// The allergies that stand in any of the person's records, with the audit row of having read them. "None known" of one record is none
/// where another lists an allergy.
pub async fn list_for(tx: &mut Tx, vault: &Vault, patient: PatientId, purpose: &str) -> Result<Allergies, ChartError> {
    let rows = sqlx::query!(
        r#"with seen as materialized (select audit.append('read', 'allergies', null, $1, $2) as seq)
           select seen.seq as "seq!", w.answer as "answer?", w.answered_at as "answered_at?: Timestamp",
                  a.id as "id?: AllergyId", a.content_sealed as "content_sealed?", a.recorded_at as "recorded_at?: Timestamp",
                  a.recorded_role as "recorded_role?", a.patient_id as "patient?: PatientId", o.record_no as "from_record?"
           from seen
           left join lateral (select answer, answered_at from allergy_answers where patient_id = any (app.joined($1))
               order by answered_at desc limit 1) w on true
           left join allergies a on a.patient_id = any (app.joined($1)) and a.status = 'active'
           left join patients o on o.id = a.patient_id and a.patient_id <> $1
           order by a.recorded_at desc, a.id desc"#,
        patient as PatientId,
        purpose
    )
    .fetch_all(tx.conn())
    .await
    .map_err(db::Error::from)?;
    let none_known =
        rows.first().filter(|row| row.answer.as_deref() == Some("none_known")).and_then(|row| row.answered_at);
    let mut items = Vec::new();
    for row in rows {
        let (Some(id), Some(whose), Some(sealed), Some(recorded_at)) =
            (row.id, row.patient, row.content_sealed, row.recorded_at)
        else {
            continue;
        };
        let content = vault.open_json::<AllergyContent>(tx, whose, at(id), &sealed).await?.into_inner();
        items.push(Allergy {
            id,
            content,
            recorded_at,
            by_clinician: row.recorded_role.as_deref() == Some("clinician"),
            from_record: row.from_record,
        });
    }
    let answer = match (items.is_empty(), none_known) {
        (false, _) => Answer::Listed,
        (true, Some(at)) => Answer::NoneKnown { at },
        (true, None) => Answer::NotAsked,
    };
    Ok(Allergies { answer, items })
}

/// Where the content of an entry is sealed to.
pub(super) fn at(id: AllergyId) -> At {
    At::new("allergies", "content_sealed", id.uuid())
}

pub(super) struct NewRow<'a> {
    pub(super) id: AllergyId,
    pub(super) patient: PatientId,
    pub(super) sealed: &'a [u8],
    pub(super) by: AccountId,
    pub(super) role: &'static str,
    pub(super) purpose: &'static str,
}

pub(super) async fn insert(tx: &mut Tx, row: NewRow<'_>) -> Result<(), ChartError> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"with added as (
               insert into allergies (id, patient_id, status, content_sealed, recorded_by, recorded_role, recorded_at)
               values ($1, $2, 'active', $3, $4, $5, $6) returning id)
           select audit.append('write', 'allergies', added.id, $2, $7) as "seq!" from added"#,
        row.id as AllergyId,
        row.patient as PatientId,
        row.sealed,
        row.by as AccountId,
        row.role,
        now as Timestamp,
        row.purpose
    )
    .fetch_one(tx.conn())
    .await
    .map_err(db::Error::from)?;
    Ok(())
}

/// One entry that stands, held until the transaction ends: whether a clinician wrote it.
pub(super) async fn lock(tx: &mut Tx, patient: PatientId, id: AllergyId) -> Result<Option<Locked>, ChartError> {
    let row = sqlx::query!(
        "select status, recorded_role from allergies where id = $1 and patient_id = any (app.joined($2)) for update",
        id as AllergyId,
        patient as PatientId
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(db::Error::from)?;
    Ok(row.map(|row| Locked { active: row.status == "active", by_clinician: row.recorded_role == "clinician" }))
}

pub(super) struct Locked {
    pub(super) active: bool,
    pub(super) by_clinician: bool,
}

pub(super) async fn set_withdrawn(
    tx: &mut Tx,
    patient: PatientId,
    id: AllergyId,
    by: AccountId,
    purpose: &'static str,
) -> Result<(), ChartError> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"with changed as (
               update allergies set status = 'entered_in_error', withdrawn_by = $3, withdrawn_at = $4, updated_at = $4
               where id = $1 and patient_id = any (app.joined($2)) and status = 'active' returning id)
           select audit.append('withdraw', 'allergies', changed.id, $2, $5) as "seq!" from changed"#,
        id as AllergyId,
        patient as PatientId,
        by as AccountId,
        now as Timestamp,
        purpose
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(db::Error::from)?
    .ok_or(ChartError::AlreadyClosed)?;
    Ok(())
}

pub(super) async fn any_active(tx: &mut Tx, patient: PatientId) -> Result<bool, ChartError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from allergies where patient_id = any (app.joined($1)) and status = 'active') as "any!""#,
        patient as PatientId
    )
    .fetch_one(tx.conn())
    .await
    .map_err(db::Error::from)?)
}

pub(super) async fn set_answer(
    tx: &mut Tx,
    patient: PatientId,
    answer: &'static str,
    by: AccountId,
    purpose: &'static str,
) -> Result<(), ChartError> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"with said as (
               insert into allergy_answers (patient_id, answer, answered_by, answered_at) values ($1, $2, $3, $4)
               on conflict (patient_id) do update
                   set answer = excluded.answer, answered_by = excluded.answered_by, answered_at = excluded.answered_at,
                       updated_at = excluded.answered_at
               returning patient_id)
           select audit.append('answer', 'allergies', null, said.patient_id, $5) as "seq!" from said"#,
        patient as PatientId,
        answer,
        by as AccountId,
        now as Timestamp,
        purpose
    )
    .fetch_one(tx.conn())
    .await
    .map_err(db::Error::from)?;
    Ok(())
}

pub(super) async fn forget_answer(tx: &mut Tx, patient: PatientId) -> Result<(), ChartError> {
    sqlx::query!("delete from allergy_answers where patient_id = $1 and answer = 'listed'", patient as PatientId)
        .execute(tx.conn())
        .await
        .map_err(db::Error::from)?;
    Ok(())
}

/// Whoever writes about one patient's allergies waits here for whoever does so at the same time.
pub(super) async fn lock_section(tx: &mut Tx, patient: PatientId) -> Result<(), ChartError> {
    sqlx::query_scalar!(
        r#"select pg_advisory_xact_lock(hashtextextended('allergies:' || $1::uuid::text, 0))::text as "held""#,
        patient as PatientId
    )
    .fetch_one(tx.conn())
    .await
    .map_err(db::Error::from)?;
    Ok(())
}
