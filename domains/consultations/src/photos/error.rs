//! Why a photo is not taken.

use chart::documents::DocumentError;
use kernel::{Fault, FaultKind};

#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// No such visit, not this person's, or an address that does not open (any more).
    #[error("no such visit, or address")]
    NotFound,
    #[error("the visit is over")]
    Closed,
    /// The patient's side sends photos; a doctor adds documents to the record.
    #[error("photos are sent by the patient")]
    NotYours,
    #[error(transparent)]
    Document(#[from] DocumentError),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<sqlx::Error> for PhotoError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Fault for PhotoError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Closed => FaultKind::conflict("visit_closed"),
            Self::NotYours => FaultKind::conflict("not_yours_to_decide"),
            Self::Document(error) => error.kind(),
            Self::Vault(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}
