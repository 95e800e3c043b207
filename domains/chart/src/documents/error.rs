//! Why a document is not taken, not changed, not given out.

use intake::Refusal;
use kernel::{Fault, FaultKind, FieldError};

use crate::ChartError;

/// The refusals of this feature's verbs.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    #[error("no such document in a record this account may open")]
    NotFound,
    #[error("what is said about the document cannot be kept")]
    Invalid(Vec<FieldError>),
    #[error("no file was sent")]
    Missing,
    #[error("the file is refused: {0}")]
    Refused(#[from] Refusal),
    #[error("the file is no picture")]
    NoPicture,
    #[error("the file broke off")]
    BrokeOff,
    #[error("the patient's documents take all the room there is")]
    Full { most_megabytes: i64 },
    #[error("too many documents in a day")]
    TooMany { most: i64 },
    #[error("the key was used for another file")]
    KeyUsed,
    #[error("the document waits for the scanner")]
    Quarantined,
    #[error("the scanner refused the document")]
    Infected,
    #[error("somebody else added the document")]
    NotTheirs,
    #[error("the document is removed, or is not")]
    AlreadyDone,
    #[error("the file could not come in: {0}")]
    Intake(#[source] intake::Error),
    #[error(transparent)]
    Chart(#[from] ChartError),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<intake::Error> for DocumentError {
    fn from(error: intake::Error) -> Self {
        match error {
            intake::Error::Refused(refusal) => Self::Refused(refusal),
            intake::Error::BrokeOff => Self::BrokeOff,
            other => Self::Intake(other),
        }
    }
}

impl Fault for DocumentError {
    fn kind(&self) -> FaultKind {
        let file = |key: &'static str| FaultKind::invalid("file", key);
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::Missing => file("chart-document-error-missing"),
            Self::Refused(refusal) => file(words(*refusal)),
            Self::NoPicture => file("chart-document-error-picture"),
            Self::BrokeOff => file("chart-document-error-broke-off"),
            Self::Full { most_megabytes } => FaultKind::Invalid(vec![
                FieldError::new("file", "chart-document-error-full").with("most", most_megabytes),
            ]),
            Self::TooMany { most } => {
                FaultKind::Invalid(vec![FieldError::new("file", "chart-document-error-many").with("most", most)])
            }
            Self::KeyUsed => FaultKind::Invalid(vec![
                FieldError::new("Idempotency-Key", "web-unreadable").with("what", "this key was used for another file"),
            ]),
            Self::Quarantined => FaultKind::conflict("document_in_quarantine"),
            Self::Infected => FaultKind::conflict("document_refused"),
            Self::NotTheirs => FaultKind::conflict("document_of_somebody_else"),
            Self::AlreadyDone => FaultKind::conflict("illegal_transition"),
            Self::Intake(intake::Error::Busy) => FaultKind::Unavailable,
            Self::Chart(error) => error.kind(),
            Self::Vault(error) => error.kind(),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Intake(_) | Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// What is wrong with the file, and what to do about it.
const fn words(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Empty => "chart-document-refused-empty",
        Refusal::TooLarge => "chart-document-refused-too-large",
        Refusal::Archive => "chart-document-refused-archive",
        Refusal::Office => "chart-document-refused-office",
        Refusal::Markup => "chart-document-refused-markup",
        Refusal::Program => "chart-document-refused-program",
        Refusal::Unknown => "chart-document-refused-unknown",
        Refusal::Mixed => "chart-document-refused-mixed",
        Refusal::Damaged => "chart-document-refused-damaged",
        Refusal::Encrypted => "chart-document-refused-encrypted",
        Refusal::Active => "chart-document-refused-active",
        Refusal::TooManyPages => "chart-document-refused-too-many-pages",
        Refusal::TooManyPixels => "chart-document-refused-too-many-pixels",
        Refusal::Exhausting => "chart-document-refused-exhausting",
    }
}
