//! Why something was not said.

#[derive(Debug, thiserror::Error)]
pub enum ChatError {
    #[error("no such visit")]
    NotFound,
    #[error("the visit is over")]
    Closed,
    #[error("nothing was written")]
    Empty,
    #[error("longer than {} characters", super::say::LONGEST)]
    Long,
    #[error(transparent)]
    Transcript(#[from] crate::transcripts::TranscriptError),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl ChatError {
    /// As the socket says it.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::NotFound | Self::Closed => "closed",
            Self::Empty => "empty",
            Self::Long => "long",
            Self::Transcript(_) | Self::Vault(_) | Self::Db(_) => "failed",
        }
    }
}

impl From<sqlx::Error> for ChatError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}
