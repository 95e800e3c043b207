//! One round of work, used by the long-running runner and by tests alike.

use std::time::Duration;

use db::{Context, Db};
use kernel::ids::JobId;
use serde_json::Value;
use tokio::task::JoinSet;

use crate::{
    Failed, Registry, backoff,
    failed::Again,
    store::{self, Claimed, NewJob},
};

pub(crate) const LEASE_SECONDS: i64 = 60;
const HEARTBEAT: Duration = Duration::from_secs(20);
const EVENTS_AT_ONCE: i64 = 100;
const KEPT_DAYS: i64 = 7;

pub(crate) fn context() -> Context {
    Context::system("jobs")
}

/// Turn waiting events into jobs, one per subscriber. Returns how many events there were.
pub(crate) async fn fan_out<S>(db: &Db, registry: &Registry<S>) -> Result<usize, db::Error> {
    let mut tx = db.begin(&context()).await?;
    let events = store::lock_waiting_events(&mut tx, EVENTS_AT_ONCE).await?;
    if events.is_empty() {
        return Ok(0);
    }
    for event in &events {
        let key = event.id.to_string();
        for subscriber in registry.subscribers.get(event.name.as_str()).into_iter().flatten() {
            let job = NewJob { id: tx.id(), name: subscriber, key: Some(&key), due_at: tx.now(), max_attempts: 12 };
            store::insert_job(&mut tx, &job, &event.payload).await?;
        }
    }
    let ids: Vec<_> = events.iter().map(|event| event.id.uuid()).collect();
    store::set_fanned_out(&mut tx, &ids).await?;
    tx.commit().await?;
    Ok(events.len())
}

/// Make the job of the current tick of every schedule, where nobody has yet, and tidy up.
pub(crate) async fn tick<S>(db: &Db, registry: &Registry<S>) -> Result<(), db::Error> {
    let mut tx = db.begin(&context()).await?;
    for schedule in &registry.schedules {
        let tick = tx.now().unix_seconds().div_euclid(i64::from(schedule.minutes) * 60).to_string();
        let job = NewJob { id: tx.id(), name: schedule.name, key: Some(&tick), due_at: tx.now(), max_attempts: 3 };
        store::insert_job(&mut tx, &job, &Value::Null).await?;
    }
    let buried = store::bury_abandoned(&mut tx).await?;
    if buried > 0 {
        tracing::error!(buried, "jobs.abandoned");
    }
    let before = tx.now().plus_days(-KEPT_DAYS);
    store::delete_old(&mut tx, before).await?;
    tx.commit().await
}

pub(crate) async fn claim<S: Clone + Send + Sync + 'static>(
    db: &Db,
    registry: &Registry<S>,
    limit: i64,
) -> Result<Vec<Claimed>, db::Error> {
    let names = registry.names();
    let mut tx = db.begin(&context()).await?;
    let lease_ends = tx.now().plus_seconds(LEASE_SECONDS);
    let mut claimed = store::claim(&mut tx, &names, lease_ends, limit).await?;
    tx.commit().await?;
    // `returning` has no order; the oldest goes first.
    claimed.sort_by_key(|job| job.id);
    Ok(claimed)
}

/// Run one claimed job to its end, keeping the lease alive, and write down how it went.
pub(crate) async fn perform<S>(db: &Db, registry: &Registry<S>, state: S, job: Claimed) -> Result<(), Failed>
where
    S: Clone + Send + Sync + 'static,
{
    let Claimed { id, name, payload, attempts, max_attempts, token } = job;
    let outcome = match registry.handlers.get(&name) {
        Some(handler) => {
            // A task of its own, so that a panic is this job's failure and nobody else's.
            let mut task = JoinSet::new();
            task.spawn(handler(state, payload));
            supervise(db, &mut task, id, token).await
        }
        None => Err(Failed::because("this program has no handler for it")),
    };
    let settled = settle(db, &outcome, Settling { id, token, attempts, max_attempts }).await;
    match settled {
        Ok(true) => {}
        Ok(false) => tracing::warn!(job = %id, name, "jobs.lease_lost"),
        Err(error) => tracing::error!(job = %id, name, %error, "jobs.not_settled"),
    }
    match &outcome {
        Ok(()) => metrics::counter!("jobs_done_total", "name" => name).increment(1),
        Err(failed) => {
            tracing::warn!(job = %id, name, attempts, why = failed.why, "jobs.failed");
            metrics::counter!("jobs_failed_total", "name" => name).increment(1);
        }
    }
    outcome
}

async fn supervise(
    db: &Db,
    task: &mut JoinSet<Result<(), Failed>>,
    id: JobId,
    token: uuid::Uuid,
) -> Result<(), Failed> {
    loop {
        match tokio::time::timeout(HEARTBEAT, task.join_next()).await {
            Ok(Some(Ok(outcome))) => return outcome,
            Ok(Some(Err(panic))) => return Err(Failed::because(format!("the handler panicked: {panic}"))),
            Ok(None) => return Err(Failed::because("the handler vanished")),
            Err(_still_running) => {
                // A heartbeat that cannot be written is no reason to stop: the lease has time for two more.
                if let Ok(false) = extend(db, id, token).await {
                    task.abort_all();
                    return Err(Failed::because("the lease was lost to another worker"));
                }
            }
        }
    }
}

async fn extend(db: &Db, id: JobId, token: uuid::Uuid) -> Result<bool, db::Error> {
    let mut tx = db.begin(&context()).await?;
    let lease_ends = tx.now().plus_seconds(LEASE_SECONDS);
    let held = store::extend_lease(&mut tx, id, token, lease_ends).await?;
    tx.commit().await?;
    Ok(held)
}

#[derive(Clone, Copy)]
struct Settling {
    id: JobId,
    token: uuid::Uuid,
    attempts: i32,
    max_attempts: i32,
}

/// False when another worker holds the job by now: then its word counts, not ours.
async fn settle(db: &Db, outcome: &Result<(), Failed>, job: Settling) -> Result<bool, db::Error> {
    let Settling { id, token, attempts, max_attempts } = job;
    let mut tx = db.begin(&context()).await?;
    let held = match outcome {
        Ok(()) => store::set_done(&mut tx, id, token).await?,
        Err(Failed { why, again: Again::Later }) if attempts < max_attempts => {
            let wait = backoff::wait_seconds(attempts, tx.random());
            let due_at = tx.now().plus_seconds(wait);
            store::set_ready(&mut tx, id, token, due_at, why).await?
        }
        Err(Failed { why, .. }) => {
            tracing::error!(job = %id, attempts, "jobs.dead");
            store::set_dead(&mut tx, id, token, why).await?
        }
    };
    tx.commit().await?;
    Ok(held)
}

pub(crate) async fn release(db: &Db, id: JobId, token: uuid::Uuid) -> Result<(), db::Error> {
    let mut tx = db.begin(&context()).await?;
    store::release(&mut tx, id, token).await?;
    tx.commit().await
}

/// What `run_until_idle` did.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Idle {
    pub ran: usize,
    /// Name and reason of every attempt that failed; the jobs wait for their next attempt.
    pub failures: Vec<(String, String)>,
}

/// For tests: do everything that is due by the database's (shifted) time, one after the other, until nothing is.
pub async fn run_until_idle<S>(db: &Db, registry: &Registry<S>, state: S) -> Result<Idle, db::Error>
where
    S: Clone + Send + Sync + 'static,
{
    let mut idle = Idle::default();
    tick(db, registry).await?;
    loop {
        let told = fan_out(db, registry).await?;
        let jobs = claim(db, registry, 50).await?;
        if told == 0 && jobs.is_empty() {
            return Ok(idle);
        }
        for job in jobs {
            let name = job.name.clone();
            idle.ran += 1;
            if let Err(failed) = perform(db, registry, state.clone(), job).await {
                idle.failures.push((name, failed.why));
            }
        }
    }
}
