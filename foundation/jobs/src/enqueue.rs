use db::Tx;
use kernel::{
    Timestamp,
    ids::{EventId, JobId},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::store::{self, NewJob};

/// A piece of work. Ids only: the payload lies in the clear.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// `domain.verb`, unique in the program. It is kept in rows: renaming it orphans them.
    const NAME: &'static str;
    /// With the waits between them, twelve attempts span about two and a half hours.
    const MAX_ATTEMPTS: i32 = 12;
}

/// News of a domain, told in the transaction that makes it true. Ids only.
pub trait Event: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// `domain.what_happened`.
    const NAME: &'static str;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Now,
    At(Timestamp),
}

/// Enqueue a job with this transaction: it exists if and only if the transaction commits.
pub async fn enqueue<J: Job>(tx: &mut Tx, job: &J, when: When) -> Result<JobId, db::Error> {
    insert(tx, job, when, None).await
}

/// As `enqueue`, but the same job with the same key is kept once, however often it is asked for.
pub async fn enqueue_once<J: Job>(tx: &mut Tx, job: &J, key: &str, when: When) -> Result<(), db::Error> {
    insert(tx, job, when, Some(key)).await.map(|_| ())
}

/// Tell every subscriber, once this transaction commits.
pub async fn publish<E: Event>(tx: &mut Tx, event: &E) -> Result<EventId, db::Error> {
    let id = tx.id::<EventId>();
    store::insert_event(tx, id, E::NAME, &payload(event)?).await?;
    store::hint(tx).await?;
    Ok(id)
}

async fn insert<J: Job>(tx: &mut Tx, job: &J, when: When, key: Option<&str>) -> Result<JobId, db::Error> {
    let id = tx.id::<JobId>();
    let due_at = match when {
        When::Now => tx.now(),
        When::At(at) => at,
    };
    let new = NewJob { id, name: J::NAME, key, due_at, max_attempts: J::MAX_ATTEMPTS };
    store::insert_job(tx, &new, &payload(job)?).await?;
    if due_at <= tx.now() {
        store::hint(tx).await?;
    }
    Ok(id)
}

fn payload<T: Serialize>(value: &T) -> Result<serde_json::Value, db::Error> {
    serde_json::to_value(value).map_err(|error| sqlx::Error::Encode(Box::new(error)).into())
}
