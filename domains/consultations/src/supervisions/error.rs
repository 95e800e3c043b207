//! Why a supervision was not begun, or not ended.

use kernel::{Fault, FaultKind, FieldError};

use crate::visits::VisitError;

#[derive(Debug, thiserror::Error)]
pub enum SupervisionError {
    /// No such doctor, or no such supervision.
    #[error("no such doctor or supervision")]
    NotFound,
    #[error("the supervision is not complete")]
    Invalid(Vec<FieldError>),
    /// It is over.
    #[error("the supervision has been ended")]
    Over,
    #[error(transparent)]
    Visit(#[from] VisitError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for SupervisionError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::Over => FaultKind::conflict("illegal_transition"),
            Self::Visit(error) => error.kind(),
            Self::Db(error) => error.kind(),
        }
    }
}
