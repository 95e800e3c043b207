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
    /// The patient was not told that the words may go to this model.
    #[error("the patient has not agreed to this model")]
    NotAgreed,
    /// The draft changed since it was looked at.
    #[error("the draft has changed")]
    Stale,
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
            Self::NotAgreed => FaultKind::conflict("recipient_not_agreed"),
            Self::Stale => FaultKind::conflict("stale_draft"),
            Self::Model(_) => FaultKind::Unavailable,
            Self::Transcript(error) => error.kind(),
            Self::Visit(error) => error.kind(),
            Self::Vault(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}
