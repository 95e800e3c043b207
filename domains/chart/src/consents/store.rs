//! SQL of consents, and of who may see a record.

use db::{Error, Tx};
use kernel::{
    Timestamp,
    ids::{AccountId, ConsentId, PatientId, PractitionerId},
};

use super::model::{Consent, Decision, Scope, WORDING};

/// The latest decision about a doctor, as its version.
pub(super) async fn lock_last(tx: &mut Tx, patient: PatientId, doctor: PractitionerId) -> Result<i32, Error> {
    sqlx::query_scalar!(
        r#"select pg_advisory_xact_lock(hashtextextended('consents:' || $1::uuid::text, 0))::text as "held""#,
        patient as PatientId
    )
    .fetch_one(tx.conn())
    .await?;
    find_last(tx, patient, doctor).await
}

async fn find_last(tx: &mut Tx, patient: PatientId, doctor: PractitionerId) -> Result<i32, Error> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(max(version), 0) as "last!" from consents where patient_id = $1 and practitioner_id = $2"#,
        patient as PatientId,
        doctor as PractitionerId
    )
    .fetch_one(tx.conn())
    .await?)
}

pub(super) struct NewConsent {
    pub(super) id: ConsentId,
    pub(super) patient: PatientId,
    pub(super) doctor: PractitionerId,
    pub(super) version: i32,
    pub(super) decision: Decision,
    pub(super) scope: Scope,
    pub(super) ends_at: Option<Timestamp>,
    pub(super) by: AccountId,
}

pub(super) async fn insert(tx: &mut Tx, new: &NewConsent) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into consents (id, patient_id, practitioner_id, version, decision, scope, wording, ends_at, decided_by, decided_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"#,
        new.id as ConsentId,
        new.patient as PatientId,
        new.doctor as PractitionerId,
        new.version,
        new.decision.as_str(),
        new.scope.as_str(),
        WORDING,
        new.ends_at as Option<Timestamp>,
        new.by as AccountId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Every version of what a patient decided, newest first.
pub(super) async fn list_for(tx: &mut Tx, patient: PatientId) -> Result<Vec<Consent>, Error> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select c.id as "id: ConsentId", c.practitioner_id as "doctor: PractitionerId", p.full_name as "name?", c.version, c.decision, c.scope,
                  c.wording, c.decided_at as "decided_at: Timestamp", c.ends_at as "ends_at: Timestamp",
                  c.version = max(c.version) over (partition by c.practitioner_id) as "latest!"
           from consents c left join practitioners p on p.id = c.practitioner_id
           where c.patient_id = $1 order by c.decided_at desc, c.version desc limit 200"#,
        patient as PatientId
    )
    .fetch_all(tx.conn())
    .await?;
    let consents = rows.into_iter().map(|row| Consent {
        id: row.id,
        doctor_id: row.doctor,
        doctor: row.name.unwrap_or_default(),
        version: row.version,
        decision: Decision::of(&row.decision),
        scope: Scope::of(&row.scope),
        wording: row.wording,
        decided_at: row.decided_at,
        ends_at: row.ends_at,
        stands: row.latest && row.ends_at.is_none_or(|end| end > now),
    });
    Ok(consents.collect())
}

/// A doctor who may read a record now, and why.
pub(super) struct Reader {
    pub(super) doctor: PractitionerId,
    pub(super) name: String,
    /// An appointment, or the patient's word.
    pub(super) by_consent: bool,
    /// Checks a note of another doctor, and reads for that alone.
    pub(super) checks: bool,
    /// `record` or `everything`, where the patient said so.
    pub(super) scope: Scope,
    pub(super) until: Option<Timestamp>,
}

/// Whether the record of `patient` is open to this doctor now, in the care of the patient or to check a note: as `app.basis`, seen from
/// the patient's side.
pub(super) async fn is_open_to(tx: &mut Tx, patient: PatientId, doctor: PractitionerId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar!(
        r#"select app.opens_to($2, $1) is not null
               or ($2 in (select s.id from app.supervisors_of($1) s (id)) and not exists (
                   select from (select distinct on (c.patient_id) c.decision from consents c
                                where c.practitioner_id = $2 and c.patient_id = any (app.joined($1))
                                order by c.patient_id, c.version desc) last
                   where last.decision = 'revoked')) as "open!""#,
        patient as PatientId,
        doctor as PractitionerId
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Who may read the record of `patient` now by a care link or a consent, by name: whoever ever had one, and `app.opens_to` says so. And
/// whoever checks a note.
pub(super) async fn list_readers(tx: &mut Tx, patient: PatientId) -> Result<Vec<Reader>, Error> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"with each as (
               select distinct on (practitioner_id, patient_id) practitioner_id, decision, scope, ends_at, decided_at, version
               from consents where patient_id = any (app.joined($1)) order by practitioner_id, patient_id, version desc),
           last as (
               select distinct on (practitioner_id) practitioner_id, decision, decided_at
               from each order by practitioner_id, decided_at desc, version desc),
           known as (
               select practitioner_id from each
               union select practitioner_id from care_links where patient_id = any (app.joined($1))),
           readers as materialized (select practitioner_id, app.opens_to(practitioner_id, $1) as basis from known),
           linked as (
               select l.practitioner_id, case when bool_or(l.valid_until is null) then null else max(l.valid_until) end as until
               from care_links l left join last on last.practitioner_id = l.practitioner_id
               where l.patient_id = any (app.joined($1)) and l.closed_at is null and l.valid_from <= $2 and (l.valid_until is null or l.valid_until > $2)
                 and (last.decision is distinct from 'revoked' or (l.valid_from > last.decided_at and l.source_kind = 'appointment'))
               group by l.practitioner_id),
           given as (
               select distinct on (e.practitioner_id) e.practitioner_id, e.scope, e.ends_at
               from each e join last on last.practitioner_id = e.practitioner_id join readers r on r.practitioner_id = e.practitioner_id
               where e.decision = 'given' and (e.ends_at is null or e.ends_at > $2)
                 and (r.basis = 'consent' or e.decided_at = last.decided_at)
               order by e.practitioner_id, e.decided_at desc, e.version desc),
           checking as (select s.practitioner_id from app.supervisors_of($1) s (practitioner_id)
               where not exists (select from each e where e.practitioner_id = s.practitioner_id and e.decision = 'revoked'))
           select p.id as "doctor!: PractitionerId", p.full_name as "name!", given.practitioner_id is not null as "by_consent!",
                  r.basis is null as "checks!",
                  coalesce(given.scope, 'record') as "scope!",
                  case when given.practitioner_id is not null then given.ends_at else linked.until end as "until: Timestamp"
           from practitioners p left join readers r on r.practitioner_id = p.id left join linked on linked.practitioner_id = p.id
               left join given on given.practitioner_id = p.id and r.basis is not null
           where r.basis is not null or p.id in (select practitioner_id from checking)
           order by p.full_name, p.id limit 200"#,
        patient as PatientId,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Reader {
            doctor: row.doctor,
            name: row.name,
            by_consent: row.by_consent,
            checks: row.checks,
            scope: Scope::of(&row.scope),
            until: row.until,
        })
        .collect())
}

/// A doctor that a patient may mean.
pub(super) struct Found {
    pub(super) doctor: PractitionerId,
    pub(super) name: String,
    pub(super) city: String,
}

/// Published doctors whose name holds these words.
pub(super) async fn search(tx: &mut Tx, words: &str) -> Result<Vec<Found>, Error> {
    let pattern = format!("%{}%", words.replace(['\\', '%', '_'], ""));
    let rows = sqlx::query!(
        r#"select id as "doctor: PractitionerId", full_name as name, city from practitioners
           where status = 'published' and full_name ilike $1 order by full_name, id limit 12"#,
        pattern
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Found { doctor: row.doctor, name: row.name, city: row.city }).collect())
}

/// A doctor who practises here: account and name.
pub(super) async fn find_doctor(tx: &mut Tx, doctor: PractitionerId) -> Result<Option<(AccountId, String)>, Error> {
    let row = sqlx::query!(
        r#"select account_id as "account: AccountId", full_name from practitioners where id = $1 and status = 'published'"#,
        doctor as PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (row.account, row.full_name)))
}

/// A record that is open to the present doctor by consent.
pub(super) struct OpenRecord {
    pub(super) patient: PatientId,
    pub(super) name: String,
    pub(super) since: Timestamp,
    pub(super) until: Option<Timestamp>,
}

/// Records that patients let this doctor see.
pub(super) async fn list_given_to(tx: &mut Tx, doctor: PractitionerId) -> Result<Vec<OpenRecord>, Error> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select patient_id as "patient: PatientId", full_name as name, decided_at as "since: Timestamp", ends_at as "until: Timestamp"
           from (select distinct on (c.patient_id) c.patient_id, p.full_name, c.decision, c.decided_at, c.ends_at
                 from consents c join patients p on p.id = c.patient_id and p.deleted_at is null
                 where c.practitioner_id = $1 order by c.patient_id, c.version desc) last
           where decision = 'given' and (ends_at is null or ends_at > $2) order by decided_at desc limit 200"#,
        doctor as PractitionerId,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| OpenRecord { patient: row.patient, name: row.name, since: row.since, until: row.until })
        .collect())
}

/// Whether the present doctor sees what the patient has hidden.
pub(crate) async fn sees_hidden(tx: &mut Tx, patient: PatientId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar!(r#"select app.sees_hidden($1) as "sees!""#, patient as PatientId)
        .fetch_one(tx.conn())
        .await?)
}

/// The account that is told about a patient; for those who may know the patient's name.
pub(crate) async fn find_account(tx: &mut Tx, patient: PatientId) -> Result<Option<AccountId>, Error> {
    Ok(sqlx::query_scalar!(r#"select app.account_for($1, null) as "account: AccountId""#, patient as PatientId)
        .fetch_one(tx.conn())
        .await?)
}
