use db::{Context, Db};

use crate::{Error, Vault, at::Scope, keys, store};

/// Keys rewrapped in one transaction.
const BATCH: i64 = 200;

/// What a rotation did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotation {
    pub rewrapped: u64,
    /// Keys still under an older master: held by another rotation at work, or 0.
    pub remaining: i64,
}

/// Make a new master key and rewrap every data key under it, in small transactions. Killed midway, run it again: it finishes the
/// rotation that was begun before it begins another. Nothing is unreadable at any moment, for old masters stay in the ring; keep
/// their files as long as backups need them.
pub async fn rotate_master(db: &Db, vault: &Vault) -> Result<Rotation, Error> {
    vault.rotate(db, u64::MAX).await
}

async fn unfinished(db: &Db, vault: &Vault) -> Result<i64, Error> {
    vault.ring.reload().await?;
    let mut tx = db.begin(&Context::system("vault.rotate")).await?;
    let pending = store::count_under_other_masters(&mut tx, &vault.current_master()?).await?;
    tx.commit().await?;
    Ok(pending)
}

impl Vault {
    /// As `rotate_master`, but in at most so many transactions.
    pub(crate) async fn rotate(&self, db: &Db, batches: u64) -> Result<Rotation, Error> {
        if unfinished(db, self).await? == 0 {
            self.ring.add_master().await?;
        }
        let mut rewrapped = 0;
        for _ in 0..batches {
            let done = self.rewrap_batch(db).await?;
            rewrapped += done;
            if done == 0 {
                break;
            }
        }
        Ok(Rotation { rewrapped, remaining: unfinished(db, self).await? })
    }

    fn current_master(&self) -> Result<String, Error> {
        self.ring.current().map(|(id, _)| id).ok_or(Error::Cipher)
    }

    async fn rewrap_batch(&self, db: &Db) -> Result<u64, Error> {
        let mut tx = db.begin(&Context::system("vault.rotate")).await?;
        let current = self.current_master()?;
        let rows = store::lock_under_other_masters(&mut tx, &current, BATCH).await?;
        for row in &rows {
            let scope = row.patient_id.map_or(Scope::Platform, |id| Scope::Patient(id.into()));
            let plain = keys::unwrap(&self.ring, row, scope).await?;
            let (master_id, wrapped) = keys::wrap(&self.ring, row.key_id, scope, row.version_u16()?, &plain)?;
            store::set_wrapped(&mut tx, row.key_id, &wrapped, &master_id).await?;
        }
        tx.commit().await?;
        Ok(rows.len() as u64)
    }
}
