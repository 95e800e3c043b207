//! SQL of joins.

use db::{Error, Tx};
use kernel::{
    LocalDate, Sex, Timestamp,
    ids::{AccountId, PatientId, RecordJoinId},
};
use vault::At;

use super::{
    join::JoinError,
    model::{Account, Identity, Joined, Side, Standing},
};

pub(super) fn reason_at(id: RecordJoinId) -> At {
    At::new("record_joins", "reason_sealed", id.uuid())
}

pub(super) fn ending_at(id: RecordJoinId) -> At {
    At::new("record_joins", "ending_sealed", id.uuid())
}

/// The records of these numbers. In the system's context.
pub(super) async fn list_sides(tx: &mut Tx, numbers: &[String]) -> Result<Vec<Side>, Error> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select p.id as "id: PatientId", p.record_no, p.full_name, p.birth_date as "birth_date: LocalDate", p.sex_at_birth, p.phone,
                  p.country, p.created_at as "since: Timestamp", a.status as "account?", a.phone as "account_phone?",
                  a.email::text as "email?",
                  array(select x.account_id from proxies x where x.patient_id = p.id and x.ended_at is null
                        and x.ends_on > ($2::timestamptz at time zone 'UTC')::date) as "speakers!: Vec<AccountId>",
                  exists (select from record_joins j where j.retired_id = p.id and j.ended_at is null) as "retired!",
                  exists (select from record_joins j where j.survivor_id = p.id and j.ended_at is null) as "survivor!"
           from patients p left join accounts a on a.id = p.account_id
           where p.record_no = any ($1) and p.deleted_at is null"#,
        numbers,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let mut phones: Vec<String> = [row.phone, row.account_phone].into_iter().flatten().collect();
            phones.dedup();
            Side {
                id: row.id,
                record_no: row.record_no,
                full_name: row.full_name,
                birth_date: row.birth_date,
                sex: row.sex_at_birth.parse().unwrap_or(Sex::Unknown),
                phones,
                email: row.email,
                country: row.country,
                since: row.since,
                account: Account::of(row.account.as_deref()),
                speakers: row.speakers,
                standing: match (row.retired, row.survivor) {
                    (true, _) => Standing::Retired,
                    (false, true) => Standing::Survivor,
                    (false, false) => Standing::Alone,
                },
            }
        })
        .collect())
}

/// Holds both records until the transaction ends, always in the same order: whoever begins something in one of them, or joins either,
/// comes before or after.
pub(super) async fn lock_records(tx: &mut Tx, records: [PatientId; 2]) -> Result<(), Error> {
    sqlx::query!(
        r#"select id as "id: PatientId" from patients where id = any ($1) order by id for update"#,
        &records as &[PatientId]
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(())
}

/// Whether an administrator has said that these are two people.
pub(super) async fn were_told_apart(tx: &mut Tx, records: [PatientId; 2]) -> Result<bool, Error> {
    let apart = sqlx::query_scalar!(
        r#"select exists (select from duplicate_pairs where patient_id = least($1::uuid, $2::uuid) and other_id = greatest($1::uuid, $2::uuid)
                          and status = 'different') as "apart!""#,
        records[0] as PatientId,
        records[1] as PatientId
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(apart)
}

pub(super) struct NewJoin<'a> {
    pub(super) id: RecordJoinId,
    pub(super) survivor: PatientId,
    pub(super) retired: PatientId,
    pub(super) reason: &'a [u8],
    pub(super) identity: Identity,
    pub(super) by: AccountId,
}

/// In the system's context.
pub(super) async fn insert(tx: &mut Tx, new: &NewJoin<'_>) -> Result<(), JoinError> {
    tx.changes_standing(db::Whose::Everyone);
    let now = tx.now();
    sqlx::query!(
        "insert into record_joins (id, survivor_id, retired_id, reason_sealed, identity, joined_by, joined_at, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7, $7)",
        new.id as RecordJoinId,
        new.survivor as PatientId,
        new.retired as PatientId,
        new.reason,
        new.identity.code(),
        new.by as AccountId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await
    .map_err(Error::from)
    .map_err(|error| match error.constraint() {
        Some("record_joins_one_level") => JoinError::OneLevel,
        Some("record_joins_nobody_waits") => JoinError::DoctorSought,
        _ => JoinError::Db(error),
    })
    .map(|_| ())
}

/// A join that may be taken apart.
pub(super) struct Locked {
    pub(super) survivor: PatientId,
    pub(super) retired: PatientId,
    pub(super) stands: bool,
}

/// Held until the transaction ends. In the system's context.
pub(super) async fn lock(tx: &mut Tx, id: RecordJoinId) -> Result<Option<Locked>, Error> {
    let row = sqlx::query!(
        r#"select survivor_id as "survivor: PatientId", retired_id as "retired: PatientId", ended_at is null as "stands!"
           from record_joins where id = $1 for update"#,
        id as RecordJoinId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Locked { survivor: row.survivor, retired: row.retired, stands: row.stands }))
}

/// In the system's context.
pub(super) async fn set_ended(tx: &mut Tx, id: RecordJoinId, by: AccountId, reason: &[u8]) -> Result<(), Error> {
    tx.changes_standing(db::Whose::Everyone);
    let now = tx.now();
    sqlx::query!(
        "update record_joins set ended_by = $2, ended_at = $3, ending_sealed = $4, updated_at = $3 where id = $1",
        id as RecordJoinId,
        by as AccountId,
        now as Timestamp,
        reason
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The sealed reasons of a join.
pub(super) struct Reasons {
    pub(super) joining: Vec<u8>,
    pub(super) ending: Option<Vec<u8>>,
}

pub(super) async fn find_reasons(tx: &mut Tx, id: RecordJoinId) -> Result<Option<Reasons>, Error> {
    let row = sqlx::query!("select reason_sealed, ending_sealed from record_joins where id = $1", id as RecordJoinId)
        .fetch_optional(tx.conn())
        .await?;
    Ok(row.map(|row| Reasons { joining: row.reason_sealed, ending: row.ending_sealed }))
}

/// Joins, the latest first: one of this id, or those before `after`. For administrators.
pub(super) async fn list(
    tx: &mut Tx,
    only: Option<RecordJoinId>,
    after: Option<RecordJoinId>,
    most: i64,
) -> Result<Vec<Joined>, Error> {
    let rows = sqlx::query!(
        r#"select j.id as "id: RecordJoinId", j.survivor_id as "survivor: PatientId", s.record_no as survivor_no,
                  s.full_name as survivor_name, j.retired_id as "retired: PatientId", r.record_no as retired_no,
                  r.full_name as retired_name, j.identity, b.name as "by?", j.joined_at as "at: Timestamp", e.name as "ended_by?",
                  j.ended_at as "ended_at: Timestamp"
           from record_joins j join patients s on s.id = j.survivor_id join patients r on r.id = j.retired_id
               left join accounts b on b.id = j.joined_by left join accounts e on e.id = j.ended_by
           where ($1::uuid is null or j.id = $1) and ($2::uuid is null or j.id < $2) order by j.id desc limit $3"#,
        only as Option<RecordJoinId>,
        after as Option<RecordJoinId>,
        most
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Joined {
            id: row.id,
            survivor: row.survivor,
            survivor_no: row.survivor_no,
            survivor_name: row.survivor_name,
            retired: row.retired,
            retired_no: row.retired_no,
            retired_name: row.retired_name,
            identity: Identity::of(&row.identity),
            by: row.by.unwrap_or_default(),
            at: row.at,
            ended_by: row.ended_by,
            ended_at: row.ended_at,
        })
        .collect())
}

/// Who hears of a join or its end: whoever is told about these patients, and whoever signs in with an account of theirs. In the system's
/// context.
pub(super) async fn list_told(tx: &mut Tx, records: [PatientId; 2]) -> Result<Vec<AccountId>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select distinct told.account as "account!: AccountId"
           from unnest($1::uuid[]) as r (id) join patients p on p.id = r.id
               cross join lateral (values (app.account_for(r.id, null)), (p.account_id)) as told (account)
               join accounts a on a.id = told.account and a.status = 'active'"#,
        &records as &[PatientId]
    )
    .fetch_all(tx.conn())
    .await?)
}
