//! What was just read of a session, for a second: a page asks several times over (itself, its pieces, its live news).
//!
//! A change that this process commits (sign-out, role, suspension, new notice) ends it at once, by `db::Standing`; one that
//! another process commits is seen when the second is over. So a revoked session is refused within a second everywhere.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use db::{Db, Tick};

use super::store::Found;
use crate::tokens::TokenHash;

const KEPT: Duration = Duration::from_secs(1);
/// Above this many, those past their second are swept out.
const MANY: usize = 4096;

#[derive(Debug, Default)]
pub(super) struct Recent(Mutex<HashMap<TokenHash, Entry>>);

#[derive(Debug)]
struct Entry {
    found: Found,
    read_at: Instant,
    tick: Tick,
    /// The shift of the database's clock at that time: in tests, hours pass at once.
    shift: i64,
}

impl Entry {
    fn holds(&self, db: &Db) -> bool {
        self.read_at.elapsed() < KEPT
            && self.shift == db.clock().shift_micros()
            && db.standing().holds(self.found.account, self.tick)
    }
}

impl Recent {
    /// What the session stands for: as just read, or from the database.
    pub(super) async fn find(
        &self,
        db: &Db,
        hash: &TokenHash,
        read: impl AsyncFnOnce(&Db, &TokenHash) -> Result<Option<Found>, db::Error>,
    ) -> Result<Option<Found>, db::Error> {
        if let Some(found) = self.remembered(db, hash) {
            return Ok(Some(found));
        }
        // Taken before the reading: what changes meanwhile must not be overlooked.
        let (tick, shift, read_at) = (db.standing().tick(), db.clock().shift_micros(), Instant::now());
        let found = read(db, hash).await?;
        // One not seen for a minute is about to be written down as seen: it is read again after that.
        if let Some(found) = found.as_ref().filter(|found| !found.idle) {
            self.remember(*hash, Entry { found: found.clone(), read_at, tick, shift });
        }
        Ok(found)
    }

    fn remembered(&self, db: &Db, hash: &TokenHash) -> Option<Found> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.get(hash).filter(|entry| entry.holds(db)).map(|entry| entry.found.clone())
    }

    fn remember(&self, hash: TokenHash, entry: Entry) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= MANY {
            entries.retain(|_, entry| entry.read_at.elapsed() < KEPT);
        }
        entries.insert(hash, entry);
    }
}
