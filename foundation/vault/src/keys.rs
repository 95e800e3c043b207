//! Data keys: read, unwrapped, and kept in memory for a while.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use db::Tx;
use kernel::{Secret, Timestamp};
use uuid::Uuid;

use crate::{
    Error,
    at::Scope,
    cipher::{self, KEY_LEN, Key},
    master::KeyRing,
    store::{self, KeyRow},
};

/// Cached keys at most; about 4 MB.
const CACHED_KEYS: usize = 8_192;
/// A key destroyed elsewhere is forgotten here within this time.
const CACHED_MINUTES: i64 = 15;
const WRAP_FORMAT: u8 = 1;

/// The in-memory cache of unwrapped data keys. Only keys of committed rows come in.
#[derive(Default)]
pub(crate) struct DataKeys(Mutex<Cache>);

#[derive(Default)]
struct Cache {
    keys: HashMap<(Scope, u16), Cached>,
    newest: HashMap<Scope, u16>,
}

struct Cached {
    key: Key,
    until: Timestamp,
}

impl DataKeys {
    /// The key that seals new content of this scope.
    pub(crate) async fn newest_or_new(&self, tx: &mut Tx, ring: &KeyRing, scope: Scope) -> Result<(u16, Key), Error> {
        if let Some(found) = self.cached_newest(scope, tx.now()) {
            return Ok(found);
        }
        let row = match store::find_newest(tx, scope.patient()).await? {
            Some(row) => row,
            None => Self::make(tx, ring, scope).await?,
        };
        let key = self.unwrap(tx.now(), ring, scope, &row, Newest::Yes).await?;
        Ok((row.version_u16()?, key))
    }

    pub(crate) async fn of_version(
        &self,
        tx: &mut Tx,
        ring: &KeyRing,
        scope: Scope,
        version: u16,
    ) -> Result<Key, Error> {
        if let Some(key) = self.cached(scope, version, tx.now()) {
            return Ok(key);
        }
        let row = store::find_version(tx, scope.patient(), version).await?.ok_or_else(|| Error::NoKey {
            owner: scope.patient().map_or_else(|| "the platform".into(), |id| format!("patient {id}")),
            version,
        })?;
        self.unwrap(tx.now(), ring, scope, &row, Newest::Unknown).await
    }

    /// Two requests may both find no key: one insert wins, both read the winner's.
    async fn make(tx: &mut Tx, ring: &KeyRing, scope: Scope) -> Result<KeyRow, Error> {
        let plain = cipher::random_key().map_err(|_| Error::Cipher)?;
        let now = tx.now();
        let key_id = tx.random().uuid7(now);
        let version = 1;
        let (master_id, wrapped) = wrap(ring, key_id, scope, version, &plain)?;
        store::insert_first(tx, key_id, scope.patient(), &wrapped, &master_id).await?;
        store::find_newest(tx, scope.patient()).await?.ok_or(Error::Cipher)
    }

    async fn unwrap(
        &self,
        now: Timestamp,
        ring: &KeyRing,
        scope: Scope,
        row: &KeyRow,
        newest: Newest,
    ) -> Result<Key, Error> {
        let version = row.version_u16()?;
        let plain = unwrap(ring, row, scope).await?;
        let key = Key::new(&plain).map_err(|_| Error::Cipher)?;
        if row.settled {
            let cached = Cached { key: key.clone(), until: now.plus_minutes(CACHED_MINUTES) };
            self.remember(scope, version, cached, newest);
        }
        Ok(key)
    }

    fn cached(&self, scope: Scope, version: u16, now: Timestamp) -> Option<Key> {
        let cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        cache.keys.get(&(scope, version)).filter(|cached| now < cached.until).map(|cached| cached.key.clone())
    }

    fn cached_newest(&self, scope: Scope, now: Timestamp) -> Option<(u16, Key)> {
        let version = *self.0.lock().unwrap_or_else(PoisonError::into_inner).newest.get(&scope)?;
        self.cached(scope, version, now).map(|key| (version, key))
    }

    fn remember(&self, scope: Scope, version: u16, cached: Cached, newest: Newest) {
        let mut cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if cache.keys.len() >= CACHED_KEYS {
            let now = cached.until.plus_minutes(-CACHED_MINUTES);
            cache.keys.retain(|_, kept| now < kept.until);
            if cache.keys.len() >= CACHED_KEYS {
                cache.keys.clear();
            }
            cache.newest.clear();
        }
        cache.keys.insert((scope, version), cached);
        if matches!(newest, Newest::Yes) {
            cache.newest.insert(scope, version);
        }
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).keys.len()
    }
}

enum Newest {
    Yes,
    Unknown,
}

/// Binds a wrapped key to its row: id, owner, version and the master that wraps it.
fn wrap_aad(key_id: Uuid, scope: Scope, version: u16, master_id: &str) -> Vec<u8> {
    let mut aad = b"bedside-wrap-1".to_vec();
    aad.extend_from_slice(key_id.as_bytes());
    scope.append_to(&mut aad);
    aad.extend_from_slice(&version.to_be_bytes());
    aad.extend_from_slice(master_id.as_bytes());
    aad
}

/// Wrap under the newest master key: its id, and format ‖ nonce ‖ ciphertext ‖ tag.
pub(crate) fn wrap(
    ring: &KeyRing,
    key_id: Uuid,
    scope: Scope,
    version: u16,
    plain: &Secret<[u8; KEY_LEN]>,
) -> Result<(String, Vec<u8>), Error> {
    let (master_id, master) = ring.current().ok_or(Error::Cipher)?;
    let mut wrapped = vec![WRAP_FORMAT];
    master
        .encrypt_to(&mut wrapped, plain.expose(), &wrap_aad(key_id, scope, version, &master_id))
        .map_err(|_| Error::Cipher)?;
    Ok((master_id, wrapped))
}

pub(crate) async fn unwrap(ring: &KeyRing, row: &KeyRow, scope: Scope) -> Result<Secret<[u8; KEY_LEN]>, Error> {
    let master = ring.find(&row.kek_id).await?;
    let tampered = || {
        tracing::error!(key = %row.key_id, "vault.key_tampered");
        Error::KeyTampered(row.key_id)
    };
    let body = row.wrapped.strip_prefix(&[WRAP_FORMAT]).ok_or_else(tampered)?;
    let aad = wrap_aad(row.key_id, scope, row.version_u16()?, &row.kek_id);
    let plain = master.decrypt(body, &aad).map_err(|_| tampered())?;
    Ok(Secret::new(plain.try_into().map_err(|_| tampered())?))
}
