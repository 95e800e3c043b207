//! Calendars elsewhere, and when they say that their doctor is busy.

use db::{Error, Tx};
use kernel::{
    TimeSlot, Timestamp, Zone,
    ids::{AccountId, OutsideCalendarId, PractitionerId},
};
use vault::At;

use super::model::{AddCalendar, Outside, kind_word};

pub(super) const fn place_of(id: OutsideCalendarId) -> At {
    At::new("outside_calendars", "source_sealed", id.uuid())
}

pub(super) async fn list(tx: &mut Tx, doctor: PractitionerId) -> Result<Vec<Outside>, Error> {
    let rows = sqlx::query_as!(
        Outside,
        r#"select id as "id: OutsideCalendarId", name, kind, host, answered_at as "answered_at: Timestamp",
                  next_fetch_at as "next_fetch_at: Timestamp", busy_count, failures, trouble, created_at as "created_at: Timestamp"
           from outside_calendars where practitioner_id = $1 order by id"#,
        doctor as PractitionerId
    );
    Ok(rows.fetch_all(tx.conn()).await?)
}

/// Two who add at once wait for each other here.
pub(super) async fn lock_doctor(tx: &mut Tx, doctor: PractitionerId) -> Result<(), Error> {
    sqlx::query!(
        "select pg_advisory_xact_lock(hashtextextended('outside_calendars:' || $1::uuid, 0))",
        doctor as PractitionerId
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn insert(
    tx: &mut Tx,
    id: OutsideCalendarId,
    doctor: PractitionerId,
    new: &AddCalendar,
    sealed: &[u8],
) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into outside_calendars (id, practitioner_id, name, kind, host, source_sealed, next_fetch_at, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        id as OutsideCalendarId,
        doctor as PractitionerId,
        new.name,
        kind_word(new.kind),
        new.host,
        sealed,
        super::model::next(now, 0) as Timestamp,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn is_of(tx: &mut Tx, doctor: PractitionerId, id: OutsideCalendarId) -> Result<bool, Error> {
    let found = sqlx::query_scalar!(
        r#"select exists (select from outside_calendars where id = $1 and practitioner_id = $2) as "found!""#,
        id as OutsideCalendarId,
        doctor as PractitionerId
    );
    Ok(found.fetch_one(tx.conn()).await?)
}

/// Its busy times go with it.
pub(super) async fn delete(tx: &mut Tx, doctor: PractitionerId, id: OutsideCalendarId) -> Result<bool, Error> {
    let done = sqlx::query!(
        "delete from outside_calendars where id = $1 and practitioner_id = $2",
        id as OutsideCalendarId,
        doctor as PractitionerId
    );
    Ok(done.execute(tx.conn()).await?.rows_affected() == 1)
}

/// Those whose turn it is; the turn moves on with this transaction.
pub(super) async fn take_due(tx: &mut Tx, next: Timestamp, limit: i64) -> Result<Vec<OutsideCalendarId>, Error> {
    let now = tx.now();
    let rows = sqlx::query_scalar!(
        r#"update outside_calendars set next_fetch_at = $2
           where id in (select id from outside_calendars where next_fetch_at <= $1 order by next_fetch_at limit $3
                        for update skip locked)
           returning id as "id: OutsideCalendarId""#,
        now as Timestamp,
        next as Timestamp,
        limit
    );
    Ok(rows.fetch_all(tx.conn()).await?)
}

/// A calendar, and whose it is.
pub(super) struct Asked {
    pub(super) practitioner: PractitionerId,
    pub(super) account: AccountId,
    pub(super) zone: Zone,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) source_sealed: Vec<u8>,
    pub(super) tag: Option<String>,
    pub(super) answered_at: Option<Timestamp>,
    pub(super) read_at: Option<Timestamp>,
    pub(super) failures: i32,
    pub(super) told_at: Option<Timestamp>,
}

pub(super) async fn find_asked(tx: &mut Tx, id: OutsideCalendarId) -> Result<Option<Asked>, Error> {
    let row = sqlx::query_as!(
        Asked,
        r#"select c.practitioner_id as "practitioner: PractitionerId", p.account_id as "account: AccountId",
                  p.time_zone as "zone: Zone", c.name, c.kind, c.source_sealed, c.tag, c.answered_at as "answered_at: Timestamp",
                  c.read_at as "read_at: Timestamp", c.failures, c.told_at as "told_at: Timestamp"
           from outside_calendars c join practitioners p on p.id = c.practitioner_id where c.id = $1"#,
        id as OutsideCalendarId
    );
    Ok(row.fetch_optional(tx.conn()).await?)
}

/// As `find_asked`, held until the transaction ends; `None` when it was removed meanwhile.
pub(super) async fn lock_asked(tx: &mut Tx, id: OutsideCalendarId) -> Result<Option<Asked>, Error> {
    let held = sqlx::query_scalar!(
        r#"select id as "id: OutsideCalendarId" from outside_calendars where id = $1 for update"#,
        id as OutsideCalendarId
    );
    match held.fetch_optional(tx.conn()).await? {
        Some(id) => find_asked(tx, id).await,
        None => Ok(None),
    }
}

pub(super) async fn replace_busy(
    tx: &mut Tx,
    id: OutsideCalendarId,
    doctor: PractitionerId,
    busy: &[TimeSlot],
) -> Result<(), Error> {
    sqlx::query!("delete from outside_busy where calendar_id = $1", id as OutsideCalendarId).execute(tx.conn()).await?;
    let from: Vec<Timestamp> = busy.iter().map(|slot| slot.starts_at()).collect();
    let until: Vec<Timestamp> = busy.iter().map(|slot| slot.ends_at()).collect();
    sqlx::query!(
        "insert into outside_busy (calendar_id, practitioner_id, busy_from, busy_until)
         select $1, $2, busy_from, busy_until from unnest($3::timestamptz[], $4::timestamptz[]) as b (busy_from, busy_until)",
        id as OutsideCalendarId,
        doctor as PractitionerId,
        &from as &[Timestamp],
        &until as &[Timestamp]
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// It answered that nothing has changed.
pub(super) async fn set_answered(tx: &mut Tx, id: OutsideCalendarId, next: Timestamp) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update outside_calendars set answered_at = $2, next_fetch_at = $3, failures = 0, trouble = null, told_at = null,
             updated_at = $2 where id = $1",
        id as OutsideCalendarId,
        now as Timestamp,
        next as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_read(
    tx: &mut Tx,
    id: OutsideCalendarId,
    tag: Option<&str>,
    busy: usize,
    next: Timestamp,
) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update outside_calendars set answered_at = $2, read_at = $2, next_fetch_at = $3, tag = $4, busy_count = $5, failures = 0,
             trouble = null, told_at = null, updated_at = $2 where id = $1",
        id as OutsideCalendarId,
        now as Timestamp,
        next as Timestamp,
        tag,
        i32::try_from(busy).unwrap_or(i32::MAX)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_trouble(
    tx: &mut Tx,
    id: OutsideCalendarId,
    why: &str,
    next: Timestamp,
    tells: bool,
) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update outside_calendars set failures = failures + 1, trouble = $2, next_fetch_at = $3,
             told_at = case when $4 then $5 else told_at end, updated_at = $5 where id = $1",
        id as OutsideCalendarId,
        why,
        next as Timestamp,
        tells,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
