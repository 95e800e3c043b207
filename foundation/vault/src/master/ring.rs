use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use aws_lc_rs::{digest, hmac};
use kernel::Secret;

use super::{AwsKms, Kms, MasterError, folder};
use crate::{
    MasterFrom,
    cipher::{self, KEY_LEN, Key},
};

/// Every master key still needed, the newest of which wraps.
pub(crate) struct KeyRing {
    source: Source,
    ring: RwLock<Ring>,
}

enum Source {
    Memory,
    Folder(PathBuf),
    Kms { folder: PathBuf, kms: Arc<dyn Kms> },
}

struct Ring {
    /// By id, `NNNN-fingerprint`: the last is the newest.
    masters: BTreeMap<String, Key>,
    mac: hmac::Key,
}

impl Ring {
    fn of(mac: &Secret<[u8; KEY_LEN]>) -> Self {
        Self { masters: BTreeMap::new(), mac: hmac::Key::new(hmac::HMAC_SHA256, mac.expose()) }
    }

    fn add(&mut self, number: u32, bytes: &Secret<[u8; KEY_LEN]>) -> Result<(), MasterError> {
        let key = Key::new(bytes).map_err(|_| MasterError::Cipher)?;
        self.masters.insert(format!("{number:04}-{}", fingerprint(bytes)), key);
        Ok(())
    }
}

/// Tells keys apart without telling them: a replaced file is noticed by name.
fn fingerprint(bytes: &Secret<[u8; KEY_LEN]>) -> String {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(b"bedside-master-fingerprint");
    context.update(bytes.expose());
    hex::encode(&context.finish().as_ref()[..8])
}

fn new_key() -> Result<Secret<[u8; KEY_LEN]>, MasterError> {
    cipher::random_key().map_err(|_| MasterError::Cipher)
}

impl KeyRing {
    pub(crate) async fn load(from: &MasterFrom) -> Result<Self, MasterError> {
        let source = match from {
            MasterFrom::Folder(folder) => Source::Folder(folder.clone()),
            MasterFrom::AwsKms { folder, kms } => {
                Source::Kms { folder: folder.clone(), kms: Arc::new(AwsKms::new(kms.clone())?) }
            }
        };
        Self::from_source(source).await
    }

    #[cfg(test)]
    pub(crate) async fn with_kms(folder: &Path, kms: Arc<dyn Kms>) -> Result<Self, MasterError> {
        Self::from_source(Source::Kms { folder: folder.to_owned(), kms }).await
    }

    async fn from_source(source: Source) -> Result<Self, MasterError> {
        let ring = Self { ring: RwLock::new(Ring::of(&new_key()?)), source };
        ring.reload().await?;
        if ring.read(|ring| ring.masters.is_empty()) {
            ring.add_master().await?;
        }
        Ok(ring)
    }

    /// A ring of one random key that no file holds.
    pub(crate) fn in_memory() -> Result<Self, MasterError> {
        let mut ring = Ring::of(&new_key()?);
        ring.add(1, &new_key()?)?;
        Ok(Self { source: Source::Memory, ring: RwLock::new(ring) })
    }

    /// The newest master key and its id.
    pub(crate) fn current(&self) -> Option<(String, Key)> {
        self.read(|ring| ring.masters.last_key_value().map(|(id, key)| (id.clone(), key.clone())))
    }

    /// The master key of this id; looks into the folder again before giving up, for another process may have rotated.
    pub(crate) async fn find(&self, kek_id: &str) -> Result<Key, MasterError> {
        if let Some(key) = self.read(|ring| ring.masters.get(kek_id).cloned()) {
            return Ok(key);
        }
        self.reload().await?;
        self.read(|ring| ring.masters.get(kek_id).cloned()).ok_or_else(|| MasterError::Missing(kek_id.to_owned()))
    }

    /// HMAC-SHA256 under the platform's MAC key.
    pub(crate) fn mac(&self, purpose: &str, bytes: &[u8]) -> [u8; 32] {
        let key = self.read(|ring| ring.mac.clone());
        let mut context = hmac::Context::with_key(&key);
        context.update(&u64::try_from(purpose.len()).unwrap_or(u64::MAX).to_be_bytes());
        context.update(purpose.as_bytes());
        context.update(bytes);
        let mut tag = [0; 32];
        tag.copy_from_slice(context.sign().as_ref());
        tag
    }

    /// Make the next master key; from now on it wraps.
    pub(crate) async fn add_master(&self) -> Result<(), MasterError> {
        let newest = self.read(|ring| ring.masters.last_key_value().map(|(id, _)| id.clone()));
        let number = newest.and_then(|id| id.get(..4)?.parse::<u32>().ok()).unwrap_or(0) + 1;
        let bytes = new_key()?;
        match &self.source {
            Source::Memory => self.write(|ring| ring.add(number, &bytes)),
            Source::Folder(folder) => {
                folder::write_new(&folder::path_of(folder, number, "key"), bytes.expose())?;
                self.reload().await
            }
            Source::Kms { folder, kms } => {
                let blob = kms.encrypt(&bytes).await?;
                folder::write_new(&folder::path_of(folder, number, "kms"), &blob)?;
                self.reload().await
            }
        }
    }

    /// Read the key folder anew.
    pub(crate) async fn reload(&self) -> Result<(), MasterError> {
        let (folder, extension) = match &self.source {
            Source::Memory => return Ok(()),
            Source::Folder(folder) => (folder, "key"),
            Source::Kms { folder, .. } => (folder, "kms"),
        };
        let mut fresh = Ring::of(&self.mac_key(&folder.join(format!("mac.{extension}"))).await?);
        for (number, path) in folder::list(folder, extension)? {
            fresh.add(number, &self.read_key(&path).await?)?;
        }
        self.write(|ring| *ring = fresh);
        Ok(())
    }

    async fn mac_key(&self, path: &Path) -> Result<Secret<[u8; KEY_LEN]>, MasterError> {
        if !path.exists() {
            let bytes = new_key()?;
            match &self.source {
                Source::Kms { kms, .. } => folder::write_new(path, &kms.encrypt(&bytes).await?)?,
                Source::Folder(_) | Source::Memory => folder::write_new(path, bytes.expose())?,
            }
        }
        self.read_key(path).await
    }

    async fn read_key(&self, path: &Path) -> Result<Secret<[u8; KEY_LEN]>, MasterError> {
        let content = folder::read(path)?;
        let bytes = match &self.source {
            Source::Kms { kms, .. } => kms.decrypt(&content).await?.into_inner(),
            Source::Folder(_) | Source::Memory => content,
        };
        bytes.try_into().map(Secret::new).map_err(|_| MasterError::WrongLength(path.to_owned()))
    }

    fn read<T>(&self, look: impl FnOnce(&Ring) -> T) -> T {
        look(&self.ring.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write<T>(&self, change: impl FnOnce(&mut Ring) -> T) -> T {
        change(&mut self.ring.write().unwrap_or_else(PoisonError::into_inner))
    }
}
