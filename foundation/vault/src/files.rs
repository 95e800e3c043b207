//! Sealed files on a local disk or in S3, under random names.

use std::sync::Arc;

use bytes::Bytes;
use db::Tx;
use kernel::{
    Phi,
    ids::{DocumentId, PatientId},
};
use object_store::{
    ObjectStore, ObjectStoreExt, PutPayload, aws::AmazonS3Builder, local::LocalFileSystem, memory::InMemory, path::Path,
};

use crate::{At, Error, FilesAt, Vault, at::Scope, store};

#[derive(Clone)]
pub(crate) struct FileStore(Arc<dyn ObjectStore>);

impl FileStore {
    pub(crate) fn open(at: &FilesAt) -> Result<Self, Error> {
        let store: Arc<dyn ObjectStore> = match at {
            FilesAt::Folder(path) => {
                std::fs::create_dir_all(path)
                    .map_err(|source| object_store::Error::Generic { store: "folder", source: Box::new(source) })?;
                Arc::new(LocalFileSystem::new_with_prefix(path)?.with_automatic_cleanup(true))
            }
            FilesAt::S3 { bucket, region, endpoint, access_key_id, secret_access_key } => {
                let mut builder = AmazonS3Builder::new()
                    .with_bucket_name(bucket)
                    .with_region(region)
                    .with_access_key_id(access_key_id)
                    .with_secret_access_key(secret_access_key.expose());
                if let Some(endpoint) = endpoint {
                    builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
                }
                Arc::new(builder.build()?)
            }
        };
        Ok(Self(store))
    }

    pub(crate) fn in_memory() -> Self {
        Self(Arc::new(InMemory::new()))
    }
}

/// What is left of a forgotten file: its object, which nobody can name or open any more.
#[derive(Debug)]
#[must_use = "erase it after the commit"]
pub struct Forgotten(String);

impl Vault {
    /// Keep a file, sealed under the patient's key. The object is written first; if the transaction is rolled back an
    /// unreadable orphan remains and no row names it.
    pub async fn put_file(&self, tx: &mut Tx, patient: PatientId, id: DocumentId, plain: &[u8]) -> Result<(), Error> {
        self.put_file_for(tx, Scope::Patient(patient), id, plain).await
    }

    /// The file, if this patient has one of this id.
    pub async fn get_file(&self, tx: &mut Tx, patient: PatientId, id: DocumentId) -> Result<Phi<Vec<u8>>, Error> {
        self.get_file_for(tx, Scope::Patient(patient), id).await
    }

    /// Forget a file of this patient, in the system's context: its row goes with the transaction. Its object is erased after the
    /// commit, with what this gives back.
    pub async fn forget_file(&self, tx: &mut Tx, patient: PatientId, id: DocumentId) -> Result<Forgotten, Error> {
        let object_key = store::delete_file(tx, id.uuid(), patient).await?.ok_or(Error::NoFile)?;
        Ok(Forgotten(object_key))
    }

    /// Remove the object of a file that no row names any more. One that is gone already is no mistake.
    pub async fn erase(&self, forgotten: Forgotten) -> Result<(), Error> {
        match self.files.0.delete(&Path::from(forgotten.0.as_str())).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Keep a file that belongs to no patient, such as a licence paper, sealed under the platform's key.
    pub async fn put_platform_file(&self, tx: &mut Tx, id: DocumentId, plain: &[u8]) -> Result<(), Error> {
        self.put_file_for(tx, Scope::Platform, id, plain).await
    }

    pub async fn get_platform_file(&self, tx: &mut Tx, id: DocumentId) -> Result<Phi<Vec<u8>>, Error> {
        self.get_file_for(tx, Scope::Platform, id).await
    }

    async fn put_file_for(&self, tx: &mut Tx, scope: Scope, id: DocumentId, plain: &[u8]) -> Result<(), Error> {
        let sealed = self.seal_for(tx, scope, place_of(id), plain).await?;
        let name = hex::encode(tx.random().token32());
        let object_key = format!("{}/{}", name.get(..2).unwrap_or("00"), name);
        let size = i64::try_from(plain.len()).unwrap_or(i64::MAX);
        self.files.0.put(&Path::from(object_key.as_str()), PutPayload::from(Bytes::from(sealed))).await?;
        Ok(store::insert_file(tx, id.uuid(), scope.patient_id(), &object_key, size).await?)
    }

    async fn get_file_for(&self, tx: &mut Tx, scope: Scope, id: DocumentId) -> Result<Phi<Vec<u8>>, Error> {
        let object_key = store::find_file(tx, id.uuid(), scope.patient_id()).await?.ok_or(Error::NoFile)?;
        let sealed = self.files.0.get(&Path::from(object_key.as_str())).await?.bytes().await?;
        self.open_for(tx, scope, place_of(id), &sealed).await
    }

    /// True when the file store takes, returns and forgets a small object.
    pub async fn files_are_ready(&self) -> bool {
        let probe = Path::from("probe/00000000000000000000");
        let written = self.files.0.put(&probe, PutPayload::from_static(b"probe")).await.is_ok();
        written && self.files.0.get(&probe).await.is_ok() && self.files.0.delete(&probe).await.is_ok()
    }
}

const fn place_of(id: DocumentId) -> At {
    At::new("vault_files", "object", id.uuid())
}
