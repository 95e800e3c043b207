use db::{Error, Tx};
use kernel::{
    Timestamp,
    ids::{EventId, JobId},
};
use serde_json::Value;
use uuid::Uuid;

pub(crate) struct NewJob<'a> {
    pub(crate) id: JobId,
    pub(crate) name: &'a str,
    pub(crate) key: Option<&'a str>,
    pub(crate) due_at: Timestamp,
    pub(crate) max_attempts: i32,
}

/// A job that this worker holds until its lease ends.
pub(crate) struct Claimed {
    pub(crate) id: JobId,
    pub(crate) name: String,
    pub(crate) payload: Value,
    pub(crate) attempts: i32,
    pub(crate) max_attempts: i32,
    pub(crate) token: Uuid,
}

pub(crate) struct WaitingEvent {
    pub(crate) id: EventId,
    pub(crate) name: String,
    pub(crate) payload: Value,
}

/// False when a job of this name and key is kept already.
pub(crate) async fn insert_job(tx: &mut Tx, job: &NewJob<'_>, payload: &Value) -> Result<bool, Error> {
    let done = sqlx::query!(
        "insert into jobs (id, name, payload, dedupe_key, due_at, max_attempts) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing",
        job.id as JobId,
        job.name,
        payload,
        job.key,
        job.due_at as Timestamp,
        job.max_attempts
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn insert_event(tx: &mut Tx, id: EventId, name: &str, payload: &Value) -> Result<(), Error> {
    sqlx::query!("insert into events (id, name, payload) values ($1, $2, $3)", id as EventId, name, payload)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Wakes the runners when this transaction commits.
pub(crate) async fn hint(tx: &mut Tx) -> Result<(), Error> {
    sqlx::query!("select pg_notify('bedside_jobs', '')").execute(tx.conn()).await?;
    Ok(())
}

pub(crate) async fn lock_waiting_events(tx: &mut Tx, limit: i64) -> Result<Vec<WaitingEvent>, Error> {
    let rows = sqlx::query_as!(
        WaitingEvent,
        r#"select id as "id: EventId", name, payload from events where fanned_out_at is null
           order by id limit $1 for update skip locked"#,
        limit
    );
    Ok(rows.fetch_all(tx.conn()).await?)
}

pub(crate) async fn set_fanned_out(tx: &mut Tx, events: &[Uuid]) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update events set fanned_out_at = $2, updated_at = now() where id = any($1)",
        events,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Take due jobs of these names: never claimed ones, and those whose worker let its lease end.
pub(crate) async fn claim(
    tx: &mut Tx,
    names: &[String],
    lease_ends: Timestamp,
    limit: i64,
) -> Result<Vec<Claimed>, Error> {
    let now = tx.now();
    let rows = sqlx::query_as!(
        Claimed,
        r#"with due as materialized (
               select id from jobs
               where state in ('ready', 'running') and due_at <= $1 and attempts < max_attempts and name = any($2)
               order by due_at, id limit $4 for update skip locked)
           update jobs j
           set state = 'running', attempts = attempts + 1, lease_token = gen_random_uuid(), due_at = $3, updated_at = now()
           from due where j.id = due.id
           returning j.id as "id: JobId", name, payload, attempts, max_attempts, lease_token as "token!""#,
        now as Timestamp,
        names,
        lease_ends as Timestamp,
        limit
    );
    Ok(rows.fetch_all(tx.conn()).await?)
}

/// Bury jobs that used up their attempts without anybody left to say so: their workers died.
pub(crate) async fn bury_abandoned(tx: &mut Tx) -> Result<u64, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "update jobs set state = 'dead', lease_token = null, finished_at = $1, updated_at = now(),
                last_error = 'the worker vanished during the last attempt'
         where state in ('ready', 'running') and due_at <= $1 and attempts >= max_attempts",
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}

/// False when the lease was lost to another worker.
pub(crate) async fn extend_lease(tx: &mut Tx, id: JobId, token: Uuid, lease_ends: Timestamp) -> Result<bool, Error> {
    let done = sqlx::query!(
        "update jobs set due_at = $3, updated_at = now() where id = $1 and lease_token = $2",
        id as JobId,
        token,
        lease_ends as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn set_done(tx: &mut Tx, id: JobId, token: Uuid) -> Result<bool, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "update jobs set state = 'done', lease_token = null, finished_at = $3, last_error = null, updated_at = now()
         where id = $1 and lease_token = $2",
        id as JobId,
        token,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn set_ready(
    tx: &mut Tx,
    id: JobId,
    token: Uuid,
    due_at: Timestamp,
    why: &str,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "update jobs set state = 'ready', lease_token = null, due_at = $3, last_error = $4, updated_at = now()
         where id = $1 and lease_token = $2",
        id as JobId,
        token,
        due_at as Timestamp,
        why
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Give a job back unharmed: the attempt does not count.
pub(crate) async fn release(tx: &mut Tx, id: JobId, token: Uuid) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update jobs set state = 'ready', lease_token = null, due_at = $3, attempts = greatest(attempts - 1, 0), updated_at = now()
         where id = $1 and lease_token = $2",
        id as JobId,
        token,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn set_dead(tx: &mut Tx, id: JobId, token: Uuid, why: &str) -> Result<bool, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "update jobs set state = 'dead', lease_token = null, finished_at = $3, last_error = $4, updated_at = now()
         where id = $1 and lease_token = $2",
        id as JobId,
        token,
        now as Timestamp,
        why
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn delete_old(tx: &mut Tx, before: Timestamp) -> Result<u64, Error> {
    let jobs = sqlx::query!("delete from jobs where state = 'done' and finished_at < $1", before as Timestamp)
        .execute(tx.conn())
        .await?;
    let events =
        sqlx::query!("delete from events where fanned_out_at < $1", before as Timestamp).execute(tx.conn()).await?;
    Ok(jobs.rows_affected() + events.rows_affected())
}

pub(crate) async fn list_dead(tx: &mut Tx, limit: i64) -> Result<Vec<crate::DeadJob>, Error> {
    let rows = sqlx::query_as!(
        crate::DeadJob,
        r#"select id as "id: JobId", name, attempts, last_error, finished_at as "died_at!: Timestamp"
           from jobs where state = 'dead' order by finished_at desc limit $1"#,
        limit
    );
    Ok(rows.fetch_all(tx.conn()).await?)
}

pub(crate) async fn set_revived(tx: &mut Tx, id: JobId) -> Result<bool, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "update jobs set state = 'ready', attempts = 0, due_at = $2, finished_at = null, updated_at = now()
         where id = $1 and state = 'dead'",
        id as JobId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}
