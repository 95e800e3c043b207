//! Why a document is not shown.

use chart::documents::DocumentError;
use kernel::{Fault, FaultKind};

#[derive(Debug, thiserror::Error)]
pub enum ShowError {
    /// No such visit, or not this person's.
    #[error("no such visit")]
    NotFound,
    #[error("the visit is over")]
    Closed,
    /// It is not there, or may not be given out (yet).
    #[error(transparent)]
    Document(#[from] DocumentError),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<sqlx::Error> for ShowError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Fault for ShowError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Closed => FaultKind::conflict("visit_closed"),
            Self::Document(error) => error.kind(),
            Self::Vault(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}
