//! SQL of supervisions.

use db::Tx;
use kernel::{
    LocalDate, Timestamp, Zone,
    ids::{AccountId, PractitionerId, SupervisionId},
};

use super::{NewSupervision, Supervision};

/// The zone of a doctor, in which a day is a day.
pub(super) async fn find_zone(tx: &mut Tx, doctor: PractitionerId) -> Result<Option<Zone>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select time_zone as "zone: Zone" from practitioners where id = $1"#,
        doctor as PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The name of a doctor.
pub(super) async fn find_name(tx: &mut Tx, doctor: PractitionerId) -> Result<Option<String>, db::Error> {
    Ok(sqlx::query_scalar!("select full_name from practitioners where id = $1", doctor as PractitionerId)
        .fetch_optional(tx.conn())
        .await?)
}

/// Who supervises this doctor and who did, the latest first.
pub(super) async fn list_of(tx: &mut Tx, trainee: PractitionerId) -> Result<Vec<Supervision>, db::Error> {
    Ok(sqlx::query_as!(
        Supervision,
        r#"select s.id as "id: SupervisionId", s.trainee_id as "trainee: PractitionerId",
                  s.supervisor_id as "supervisor: PractitionerId", d.full_name as supervisor_name,
                  s.from_day as "from: LocalDate", s.until_day as "until: LocalDate", s.ended_at as "ended_at: Timestamp",
                  t.time_zone as "zone: Zone"
           from supervisions s join practitioners d on d.id = s.supervisor_id join practitioners t on t.id = s.trainee_id
           where s.trainee_id = $1 order by s.from_day desc, s.id desc limit 100"#,
        trainee as PractitionerId
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Whom this doctor supervises at this moment.
pub(super) async fn list_trainees(
    tx: &mut Tx,
    supervisor: PractitionerId,
) -> Result<Vec<(PractitionerId, String)>, db::Error> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select t.id as "id: PractitionerId", t.full_name from supervisions s join practitioners t on t.id = s.trainee_id
           where s.supervisor_id = $1 and app.supervision_holds(s.id, $2) order by t.full_name, t.id limit 100"#,
        supervisor as PractitionerId,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.full_name)).collect())
}

/// By which supervision, and by whom, this doctor's notes are checked at this moment.
pub(crate) async fn find_in_force(
    tx: &mut Tx,
    trainee: PractitionerId,
) -> Result<Option<(SupervisionId, PractitionerId)>, db::Error> {
    let now = tx.now();
    let row = sqlx::query!(
        r#"select s.id as "id: SupervisionId", s.supervisor_id as "supervisor: PractitionerId"
           from supervisions s join practitioners t on t.id = s.trainee_id
           where s.trainee_id = $1 and s.ended_at is null
             and ($2::timestamptz at time zone t.time_zone)::date between s.from_day and coalesce(s.until_day, 'infinity'::date)"#,
        trainee as PractitionerId,
        now as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (row.id, row.supervisor)))
}

/// Whose notes it is about and whether it was ended; held until the transaction ends.
pub(super) async fn lock(tx: &mut Tx, id: SupervisionId) -> Result<Option<(PractitionerId, bool)>, db::Error> {
    let row = sqlx::query!(
        r#"select trainee_id as "trainee: PractitionerId", ended_at is not null as "over!" from supervisions where id = $1 for update"#,
        id as SupervisionId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (row.trainee, row.over)))
}

pub(super) async fn insert(
    tx: &mut Tx,
    id: SupervisionId,
    new: &NewSupervision,
    by: AccountId,
) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into supervisions (id, trainee_id, supervisor_id, from_day, until_day, made_by, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)",
        id as SupervisionId,
        new.trainee as PractitionerId,
        new.supervisor as PractitionerId,
        new.from as LocalDate,
        new.until as Option<LocalDate>,
        by as AccountId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_ended(tx: &mut Tx, id: SupervisionId, by: AccountId) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update supervisions set ended_at = $2, ended_by = $3, updated_at = $2 where id = $1",
        id as SupervisionId,
        now as Timestamp,
        by as AccountId
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A doctor who may be chosen as a supervisor.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) id: PractitionerId,
    pub(super) name: String,
    pub(super) specialties: Vec<String>,
}

/// Published doctors with these words in their name; those of the trainee's specialty where there are no words.
pub(super) async fn search_candidates(
    tx: &mut Tx,
    trainee: PractitionerId,
    words: &str,
) -> Result<Vec<Candidate>, db::Error> {
    Ok(sqlx::query_as!(
        Candidate,
        r#"select d.id as "id: PractitionerId", d.full_name as name, d.specialties
           from practitioners d join practitioners t on t.id = $1
           where d.status = 'published' and d.id <> t.id
             and (($2 <> '' and d.full_name ilike '%' || replace(replace(replace($2, '\', '\\'), '%', '\%'), '_', '\_') || '%')
                  or ($2 = '' and d.specialties && t.specialties))
           order by d.full_name, d.id limit 20"#,
        trainee as PractitionerId,
        words
    )
    .fetch_all(tx.conn())
    .await?)
}
