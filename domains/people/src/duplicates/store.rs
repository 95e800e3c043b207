//! SQL of keys and pairs.

use std::collections::HashMap;

use db::{Error, Tx};
use kernel::{
    LocalDate, Sex, Timestamp,
    ids::{AccountId, DuplicateId, PatientId},
};
use serde_json::Value;
use uuid::Uuid;

use super::model::{Band, Decision, Pair, Person, Reason, Side};

/// The most records that one record is compared with.
const MOST_IN_COMMON: i64 = 200;

/// A record that waits to be compared.
pub(super) struct Subject {
    pub(super) id: PatientId,
    pub(super) version: i32,
    pub(super) person: Person,
}

/// One that has a key in common with a subject.
pub(super) struct Other {
    /// Which of those that were asked for.
    pub(super) asked: Uuid,
    pub(super) id: PatientId,
    pub(super) record_no: String,
    pub(super) person: Person,
}

pub(super) fn person(
    full_name: String,
    birth_date: Option<LocalDate>,
    sex: &str,
    phones: [Option<String>; 2],
    email: Option<String>,
) -> Person {
    let mut phones: Vec<String> = phones.into_iter().flatten().collect();
    phones.dedup();
    Person { full_name, birth_date, sex: sex.parse().unwrap_or(Sex::Unknown), phones, email }
}

/// Records that are new, or were changed since they were compared, the oldest first. In the system's context.
pub(super) async fn list_to_compare(tx: &mut Tx, most: i64) -> Result<Vec<Subject>, Error> {
    let rows = sqlx::query!(
        r#"select p.id as "id: PatientId", p.version, p.full_name, p.birth_date as "birth_date: LocalDate", p.sex_at_birth, p.phone,
                  a.phone as "account_phone?", a.email::text as "email?"
           from patients p left join accounts a on a.id = p.account_id
           where p.deleted_at is null and p.compared_version is distinct from p.version
           order by p.created_at, p.id limit $1"#,
        most
    )
    .fetch_all(tx.conn())
    .await?;
    let subject = |row: SubjectRow| Subject {
        id: row.id,
        version: row.version,
        person: person(row.full_name, row.birth_date, &row.sex_at_birth, [row.phone, row.account_phone], row.email),
    };
    Ok(rows
        .into_iter()
        .map(|row| {
            subject(SubjectRow {
                id: row.id,
                version: row.version,
                full_name: row.full_name,
                birth_date: row.birth_date,
                sex_at_birth: row.sex_at_birth,
                phone: row.phone,
                account_phone: row.account_phone,
                email: row.email,
            })
        })
        .collect())
}

struct SubjectRow {
    id: PatientId,
    version: i32,
    full_name: String,
    birth_date: Option<LocalDate>,
    sex_at_birth: String,
    phone: Option<String>,
    account_phone: Option<String>,
    email: Option<String>,
}

/// `[{"id": …, "keys": […]}]`: by which each record is found. In the system's context.
pub(super) async fn set_keys(tx: &mut Tx, rows: &Value) -> Result<(), Error> {
    sqlx::query!(
        "update patients p set match_keys = r.keys from jsonb_to_recordset($1) as r(id uuid, keys text[]) where p.id = r.id",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// `[{"id": …, "version": …}]`: compared as they were in this version. In the system's context.
pub(super) async fn set_compared(tx: &mut Tx, rows: &Value) -> Result<(), Error> {
    sqlx::query!(
        "update patients p set compared_version = r.version from jsonb_to_recordset($1) as r(id uuid, version int)
         where p.id = r.id",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// `[{"id": …, "keys": […]}]`: for each, the others with a key in common. The id may be nobody's. In the system's context.
pub(super) async fn list_in_common(tx: &mut Tx, wanted: &Value) -> Result<Vec<Other>, Error> {
    let rows = sqlx::query!(
        r#"select s.id as "asked!", o.id as "id: PatientId", o.record_no, o.full_name, o.birth_date as "birth_date: LocalDate",
                  o.sex_at_birth, o.phone, a.phone as "account_phone?", a.email::text as "email?"
           from jsonb_to_recordset($1) as s(id uuid, keys text[])
           cross join lateral (
               select p.id, p.account_id, p.record_no, p.full_name, p.birth_date, p.sex_at_birth, p.phone
               from patients p where p.match_keys && s.keys and p.id <> s.id and p.deleted_at is null limit $2
           ) o
           left join accounts a on a.id = o.account_id"#,
        wanted,
        MOST_IN_COMMON
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Other {
            asked: row.asked,
            id: row.id,
            record_no: row.record_no,
            person: person(row.full_name, row.birth_date, &row.sex_at_birth, [row.phone, row.account_phone], row.email),
        })
        .collect())
}

/// `[{"id", "one", "other", "score", "band", "reasons"}]`: found, or weighed anew. What was decided stays decided.
pub(super) async fn upsert_pairs(tx: &mut Tx, rows: &Value) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into duplicate_pairs as d (id, patient_id, other_id, score, band, reasons, found_at, created_at, updated_at)
         select r.id, r.one, r.other, r.score, r.band, r.reasons, $2, $2, $2
         from jsonb_to_recordset($1) as r(id uuid, one uuid, other uuid, score int, band text, reasons text[])
         on conflict (patient_id, other_id) do update
             set score = excluded.score, band = excluded.band, reasons = excluded.reasons, updated_at = $2
             where d.status = 'open'",
        rows,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Open pairs of these records that are pairs no longer: a name or a day was corrected. `kept` is as `upsert_pairs` takes it.
pub(super) async fn delete_others(tx: &mut Tx, compared: &[PatientId], kept: &Value) -> Result<(), Error> {
    sqlx::query!(
        "delete from duplicate_pairs d
         where d.status = 'open' and (d.patient_id = any ($1) or d.other_id = any ($1))
           and not exists (select from jsonb_to_recordset($2) as r(one uuid, other uuid)
                           where r.one = d.patient_id and r.other = d.other_id)",
        compared as &[PatientId],
        kept
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Where a page of the list goes on: after this score and id.
#[derive(Clone, Copy, Debug)]
pub(super) struct After {
    pub(super) score: i32,
    pub(super) id: DuplicateId,
}

/// A page of the list, and where the next begins. It may hold less than was asked for: a record may be gone.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) pairs: Vec<Pair>,
    pub(super) next: Option<After>,
}

/// What most speaks for one person first. For administrators.
pub(super) async fn list(tx: &mut Tx, status: Decision, after: Option<After>, most: usize) -> Result<Listed, Error> {
    let limit = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
    let mut rows = sqlx::query!(
        r#"select id as "id: DuplicateId", patient_id as "one: PatientId", other_id as "other: PatientId", score, band, reasons,
                  status, found_at as "found_at: Timestamp", decided_at as "decided_at: Timestamp"
           from duplicate_pairs d
           where not exists (select from record_joins j where j.ended_at is null and j.retired_id in (d.patient_id, d.other_id))
             and status = $1 and ($2::int is null or score < $2 or (score = $2 and id > $3))
           order by score desc, id limit $4"#,
        status.code(),
        after.map(|after| after.score),
        after.map(|after| after.id) as Option<DuplicateId>,
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    let has_more = rows.len() > most;
    rows.truncate(most);
    let next = rows.last().filter(|_| has_more).map(|row| After { score: row.score, id: row.id });
    let ids: Vec<PatientId> = rows.iter().flat_map(|row| [row.one, row.other]).collect();
    let sides = sides_of(tx, &ids).await?;
    let pairs = rows
        .into_iter()
        .filter_map(|row| {
            Some(Pair {
                id: row.id,
                score: row.score,
                band: Band::read(&row.band),
                reasons: row.reasons.iter().filter_map(|code| Reason::read(code)).collect(),
                status: Decision::from_code(&row.status)?,
                found_at: row.found_at,
                decided_at: row.decided_at,
                sides: [sides.get(&row.one).cloned()?, sides.get(&row.other).cloned()?],
            })
        })
        .collect();
    Ok(Listed { pairs, next })
}

async fn sides_of(tx: &mut Tx, ids: &[PatientId]) -> Result<HashMap<PatientId, Side>, Error> {
    let rows = sqlx::query!(
        r#"select p.id as "id: PatientId", p.record_no, p.full_name, p.birth_date as "birth_date: LocalDate", p.sex_at_birth, p.phone,
                  p.country, p.account_id is not null as "has_account!", p.created_at as "since: Timestamp",
                  a.phone as "account_phone?", a.email::text as "email?"
           from patients p left join accounts a on a.id = p.account_id where p.id = any ($1) and p.deleted_at is null"#,
        ids as &[PatientId]
    )
    .fetch_all(tx.conn())
    .await?;
    let side = rows.into_iter().map(|row| {
        let phones = [row.phone, row.account_phone];
        let side = Side {
            id: row.id,
            record_no: row.record_no,
            person: person(row.full_name, row.birth_date, &row.sex_at_birth, phones, row.email),
            country: row.country,
            since: row.since,
            has_account: row.has_account,
        };
        (row.id, side)
    });
    Ok(side.collect())
}

pub(super) async fn count_open(tx: &mut Tx) -> Result<i64, Error> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from duplicate_pairs d where status = 'open'
           and not exists (select from record_joins j where j.ended_at is null and j.retired_id in (d.patient_id, d.other_id))"#
    )
        .fetch_one(tx.conn())
        .await?;
    Ok(count)
}

/// The pair as it stands, held until the transaction ends.
pub(super) async fn lock_status(tx: &mut Tx, pair: DuplicateId) -> Result<Option<Decision>, Error> {
    let status =
        sqlx::query_scalar!("select status from duplicate_pairs where id = $1 for update", pair as DuplicateId)
            .fetch_optional(tx.conn())
            .await?;
    Ok(status.and_then(|code| Decision::from_code(&code)))
}

pub(super) async fn set_decision(
    tx: &mut Tx,
    pair: DuplicateId,
    decision: Decision,
    by: AccountId,
) -> Result<(), Error> {
    let now = tx.now();
    let decided = decision != Decision::Open;
    sqlx::query!(
        "update duplicate_pairs set status = $2, decided_by = $3, decided_at = $4, updated_at = $5 where id = $1",
        pair as DuplicateId,
        decision.code(),
        decided.then_some(by) as Option<AccountId>,
        decided.then_some(now) as Option<Timestamp>,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Each of these people was shown at the desk: a line in the access log of each.
pub(super) async fn record_shown(tx: &mut Tx, shown: &[PatientId], purpose: &str) -> Result<(), Error> {
    sqlx::query!(
        r#"select audit.append('read', 'patient', null, shown.id, $2) as seq from unnest($1::uuid[]) as shown(id)"#,
        shown as &[PatientId],
        purpose
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(())
}
