use kernel::{Fault, FaultKind};

use crate::{At, MasterError};

/// Nothing here is ever turned into an empty value: content that does not open is an incident.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("sealed content of {}.{} row {} does not open: it was altered or moved", .0.table, .0.column, .0.row)]
    Tampered(At),
    #[error("the data key {0} does not open under its master key: it was altered or moved")]
    KeyTampered(uuid::Uuid),
    #[error("no data key of version {version} for {owner}")]
    NoKey { owner: String, version: u16 },
    #[error("the system's cipher refused to work")]
    Cipher,
    #[error("content is not what was sealed as this type: {0}")]
    Shape(#[from] serde_json::Error),
    #[error("no file is kept under this id")]
    NoFile,
    #[error("the object store failed: {0}")]
    Objects(#[from] object_store::Error),
    #[error(transparent)]
    Master(#[from] MasterError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Fault for Error {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NoFile => FaultKind::NotFound,
            Self::Objects(_) => FaultKind::Unavailable,
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            _ => FaultKind::Internal,
        }
    }
}
