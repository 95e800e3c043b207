//! Why a screen is not shared.

use kernel::{Fault, FaultKind};

use crate::guests::GuestError;

#[derive(Debug, thiserror::Error)]
pub enum SharingError {
    /// No such visit, or not this person's.
    #[error("no such visit")]
    NotFound,
    #[error("the visit is over")]
    Closed,
    /// The visit is held without pictures.
    #[error("the visit has no pictures")]
    NoPicture,
    /// Somebody else shares, and whoever asks has not said that they take over (or may not).
    #[error("somebody else shares their screen")]
    Taken,
    /// This page does not share, or no longer.
    #[error("this page shares nothing")]
    NotSharing,
    /// The doctor has not let this third party share.
    #[error("the doctor lets a third party share")]
    NotLet,
    #[error("the page has no proper name")]
    BadClient,
    #[error(transparent)]
    Guest(#[from] GuestError),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<sqlx::Error> for SharingError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Fault for SharingError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Closed => FaultKind::conflict("visit_closed"),
            Self::NoPicture => FaultKind::conflict("no_picture"),
            Self::Taken => FaultKind::conflict("screen_shared"),
            Self::NotSharing => FaultKind::conflict("not_sharing"),
            Self::NotLet => FaultKind::conflict("sharing_not_allowed"),
            Self::BadClient => FaultKind::invalid("client", "consultations-error-client"),
            Self::Guest(error) => error.kind(),
            Self::Vault(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}
