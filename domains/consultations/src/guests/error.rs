//! Why a third party does not come.

use kernel::{Fault, FaultKind, FieldError};

use super::model::MOST;

#[derive(Debug, thiserror::Error)]
pub enum GuestError {
    /// No such visit or guest, not this person's, or a link that does not open (any more).
    #[error("no such guest")]
    NotFound,
    #[error("the visit is over")]
    Closed,
    /// As many as may.
    #[error("{MOST} third parties are invited")]
    TooMany,
    /// The doctor lets nobody in to whom both have not consented.
    #[error("not both have consented")]
    NoConsent,
    /// Nobody has opened the link yet.
    #[error("the guest has not come")]
    NotThere,
    /// Not let in yet.
    #[error("the doctor has not let the guest in")]
    Waiting,
    #[error("something is missing")]
    Invalid(Vec<FieldError>),
    #[error(transparent)]
    Room(#[from] crate::rooms::RoomError),
    #[error(transparent)]
    Tell(#[from] notify::TellError),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<sqlx::Error> for GuestError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Fault for GuestError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Closed => FaultKind::conflict("visit_closed"),
            Self::TooMany => FaultKind::conflict("too_many_guests"),
            Self::NoConsent => FaultKind::conflict("consent_missing"),
            Self::NotThere => FaultKind::conflict("guest_not_there"),
            Self::Waiting => FaultKind::conflict("not_admitted"),
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::Room(error) => error.kind(),
            Self::Tell(error) => error.kind(),
            Self::Vault(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}
