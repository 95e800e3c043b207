//! Why answers were not kept or not accepted.

use kernel::{Fault, FaultKind, FieldError};

#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// No such appointment, visit or answer, or not this person's.
    #[error("no such form")]
    NotFound,
    /// The visit has begun, or the appointment does not stand.
    #[error("the form is closed")]
    Closed,
    /// Somebody else saved or sent the answers since they were read.
    #[error("the answers are at revision {current}")]
    Stale { current: i32 },
    #[error("an answer is not complete")]
    Invalid(Vec<FieldError>),
    /// The line is in the record already.
    #[error("the line was accepted before")]
    AlreadyAccepted,
    #[error(transparent)]
    Chart(#[from] chart::ChartError),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<sqlx::Error> for IntakeError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Fault for IntakeError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Closed => FaultKind::conflict("intake_closed"),
            Self::Stale { current } => {
                FaultKind::Conflict { code: "stale_version", detail: Some(serde_json::json!({ "revision": current })) }
            }
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::AlreadyAccepted => FaultKind::conflict("intake_accepted"),
            Self::Chart(error) => error.kind(),
            Self::Vault(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}
