use std::sync::Arc;

use db::Tx;
use kernel::{Phi, ids::PatientId};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    At, Config, Error,
    at::{Scope, associated_data},
    cipher,
    files::FileStore,
    keys::DataKeys,
    master::KeyRing,
};

/// Seals and opens. Cheap to clone; every clone shares the key cache.
#[derive(Clone)]
pub struct Vault {
    pub(crate) ring: Arc<KeyRing>,
    pub(crate) keys: Arc<DataKeys>,
    pub(crate) files: FileStore,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault")
    }
}

impl Vault {
    /// Load the master keys (making the first one on a first start) and reach for the file store.
    pub async fn start(config: &Config) -> Result<Self, Error> {
        let ring = KeyRing::load(&config.master).await?;
        Ok(Self { ring: Arc::new(ring), keys: Arc::default(), files: FileStore::open(&config.files)? })
    }

    /// A vault of its own with a random master key and files in memory.
    pub fn for_tests() -> Self {
        let ring = KeyRing::in_memory().expect("the system's random source works");
        Self { ring: Arc::new(ring), keys: Arc::default(), files: FileStore::in_memory() }
    }

    /// Seal under the patient's data key, which is made now if there is none.
    pub async fn seal(&self, tx: &mut Tx, patient: PatientId, at: At, plain: &[u8]) -> Result<Vec<u8>, Error> {
        self.seal_for(tx, Scope::Patient(patient), at, plain).await
    }

    pub async fn open(&self, tx: &mut Tx, patient: PatientId, at: At, sealed: &[u8]) -> Result<Phi<Vec<u8>>, Error> {
        self.open_for(tx, Scope::Patient(patient), at, sealed).await
    }

    pub async fn seal_json<T: Serialize>(
        &self,
        tx: &mut Tx,
        patient: PatientId,
        at: At,
        value: &T,
    ) -> Result<Vec<u8>, Error> {
        self.seal(tx, patient, at, &serde_json::to_vec(value)?).await
    }

    pub async fn open_json<T: DeserializeOwned>(
        &self,
        tx: &mut Tx,
        patient: PatientId,
        at: At,
        sealed: &[u8],
    ) -> Result<Phi<T>, Error> {
        let plain = self.open(tx, patient, at, sealed).await?;
        Ok(Phi::new(serde_json::from_slice(plain.expose())?))
    }

    pub async fn seal_text(&self, tx: &mut Tx, patient: PatientId, at: At, text: &str) -> Result<Vec<u8>, Error> {
        self.seal(tx, patient, at, text.as_bytes()).await
    }

    pub async fn open_text(
        &self,
        tx: &mut Tx,
        patient: PatientId,
        at: At,
        sealed: &[u8],
    ) -> Result<Phi<String>, Error> {
        let plain = self.open(tx, patient, at, sealed).await?.into_inner();
        Ok(Phi::new(String::from_utf8(plain).map_err(|_| Error::Tampered(at))?))
    }

    /// Seal what belongs to no patient: letters on their way, secrets of settings.
    pub async fn seal_platform(&self, tx: &mut Tx, at: At, plain: &[u8]) -> Result<Vec<u8>, Error> {
        self.seal_for(tx, Scope::Platform, at, plain).await
    }

    pub async fn open_platform(&self, tx: &mut Tx, at: At, sealed: &[u8]) -> Result<Phi<Vec<u8>>, Error> {
        self.open_for(tx, Scope::Platform, at, sealed).await
    }

    pub async fn seal_platform_json<T: Serialize>(&self, tx: &mut Tx, at: At, value: &T) -> Result<Vec<u8>, Error> {
        self.seal_platform(tx, at, &serde_json::to_vec(value)?).await
    }

    pub async fn open_platform_json<T: DeserializeOwned>(
        &self,
        tx: &mut Tx,
        at: At,
        sealed: &[u8],
    ) -> Result<Phi<T>, Error> {
        let plain = self.open_platform(tx, at, sealed).await?;
        Ok(Phi::new(serde_json::from_slice(plain.expose())?))
    }

    /// HMAC-SHA256 under a key that is not in the database, for what is compared and never read back: one-time codes, fingerprints.
    /// `purpose` keeps the uses apart. Survives rotation of the master key.
    pub fn mac(&self, purpose: &'static str, bytes: &[u8]) -> [u8; 32] {
        self.ring.mac(purpose, bytes)
    }

    pub(crate) async fn seal_for(&self, tx: &mut Tx, scope: Scope, at: At, plain: &[u8]) -> Result<Vec<u8>, Error> {
        let (version, key) = self.keys.newest_or_new(tx, &self.ring, scope).await?;
        cipher::seal(&key, version, plain, &associated_data(scope, at)).map_err(|_| Error::Cipher)
    }

    pub(crate) async fn open_for(
        &self,
        tx: &mut Tx,
        scope: Scope,
        at: At,
        sealed: &[u8],
    ) -> Result<Phi<Vec<u8>>, Error> {
        let version = cipher::key_version(sealed).ok_or(Error::Tampered(at))?;
        let key = self.keys.of_version(tx, &self.ring, scope, version).await?;
        cipher::open(&key, sealed, &associated_data(scope, at)).map(Phi::new).map_err(|cipher::Refused| {
            tracing::error!(table = at.table, column = at.column, row = %at.row, "vault.tampered");
            Error::Tampered(at)
        })
    }
}
