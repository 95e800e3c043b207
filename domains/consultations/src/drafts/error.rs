//! Why there is no draft.

use kernel::{Fault, FaultKind};

use crate::{transcripts::TranscriptError, visits::VisitError};

#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// No such visit, not its doctor, or nothing was written down.
    #[error("no such draft")]
    NotFound,
    /// The operator has set up no language model.
    #[error("no language model is set up")]
    NoModel,
    /// The model does not answer, or answers something else.
    #[error("the language model failed: {0}")]
    Model(#[from] writers::WriterError),
    #[error(transparent)]
    Transcript(#[from] TranscriptError),
    #[error(transparent)]
    Visit(#[from] VisitError),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<sqlx::Error> for DraftError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Fault for DraftError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::NoModel => FaultKind::conflict("no_language_model"),
            Self::Model(_) => FaultKind::Unavailable,
            Self::Transcript(error) => error.kind(),
            Self::Visit(error) => error.kind(),
            Self::Vault(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}
