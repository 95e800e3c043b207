use db::Tx;
use kernel::{Timestamp, ids::JobId};

use crate::store;

/// A job that used up its attempts and waits for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadJob {
    pub id: JobId,
    pub name: String,
    pub attempts: i32,
    pub last_error: Option<String>,
    pub died_at: Timestamp,
}

/// The latest dead jobs. Needs a system context.
pub async fn list_dead(tx: &mut Tx, limit: i64) -> Result<Vec<DeadJob>, db::Error> {
    store::list_dead(tx, limit).await
}

/// Put a dead job back with all its attempts. False when it is not dead. Needs a system context.
pub async fn revive(tx: &mut Tx, id: JobId) -> Result<bool, db::Error> {
    store::set_revived(tx, id).await
}
