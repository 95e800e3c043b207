//! What records hold. Charts, appointments, visits and prescriptions are of rooms to the right, which hand this in.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use db::Tx;
use kernel::{Timestamp, ids::PatientId};
use vault::Vault;

/// Two records, in no order yet.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    pub one: PatientId,
    pub other: PatientId,
}

/// How much of one kind both hold.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// Fluent key.
    pub key: &'static str,
    pub one: i64,
    pub other: i64,
}

/// What the two say against each other. Nothing of it is decided by joining: both stand in the chart.
#[derive(Clone, Copy, Debug)]
pub struct Conflict {
    /// Fluent key, with `count`.
    pub key: &'static str,
    pub count: i64,
}

/// What must be over before a record is retired.
#[derive(Clone, Copy, Debug)]
pub struct Obstacle {
    /// Fluent key, with `count`; says what to do.
    pub key: &'static str,
    /// In whose record.
    pub of: PatientId,
    pub count: i64,
}

/// What one room says of two records: counts and kinds, nothing of health.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    pub holds: Vec<Held>,
    pub conflicts: Vec<Conflict>,
    pub obstacles: Vec<Obstacle>,
}

#[async_trait]
pub trait Holdings: Send + Sync {
    /// In the system's context.
    async fn look(&self, tx: &mut Tx, vault: &Vault, pair: Pair) -> Result<Seen, db::Error>;

    /// What was written into `survivor` at or after `since`: it stays there when the records are taken apart. Key and count.
    async fn since(
        &self,
        tx: &mut Tx,
        survivor: PatientId,
        since: Timestamp,
    ) -> Result<Vec<(&'static str, i64)>, db::Error>;
}

/// All rooms that hold something, put into the application by the server (`app.part::<Parts>()`).
#[derive(Clone, Default)]
pub struct Parts(pub Vec<Arc<dyn Holdings>>);

impl Parts {
    pub(super) async fn look(&self, tx: &mut Tx, vault: &Vault, pair: Pair) -> Result<Seen, db::Error> {
        let mut all = Seen::default();
        for part in &self.0 {
            let seen = part.look(tx, vault, pair).await?;
            all.holds.extend(seen.holds);
            all.conflicts.extend(seen.conflicts.into_iter().filter(|conflict| conflict.count > 0));
            all.obstacles.extend(seen.obstacles.into_iter().filter(|obstacle| obstacle.count > 0));
        }
        Ok(all)
    }

    pub(super) async fn since(
        &self,
        tx: &mut Tx,
        survivor: PatientId,
        since: Timestamp,
    ) -> Result<Vec<(&'static str, i64)>, db::Error> {
        let mut all = Vec::new();
        for part in &self.0 {
            all.extend(part.since(tx, survivor, since).await?.into_iter().filter(|(_, count)| *count > 0));
        }
        Ok(all)
    }
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Parts({})", self.0.len())
    }
}
