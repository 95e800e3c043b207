//! What can go wrong, per verb.

use kernel::{Fault, FaultKind, FieldError, ids::PrescriptionId};

use super::policy::Restriction;
use crate::safety::Alert;

/// Why a prescription was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// No such prescription, or not for this reader.
    #[error("no such prescription for this reader")]
    NotFound,
    /// A row was changed behind our back: it is not shown and not dispensed.
    #[error("prescription {0} does not match its signature")]
    Altered(PrescriptionId),
    /// Sealed content could not be read.
    #[error(transparent)]
    Vault(vault::Error),
    /// The allergies could not be read.
    #[error(transparent)]
    Chart(#[from] chart::ChartError),
    /// The content has a shape that cannot be hashed.
    #[error(transparent)]
    Shape(#[from] serde_json::Error),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<vault::Error> for ReadError {
    fn from(error: vault::Error) -> Self {
        Self::Vault(error)
    }
}

impl Fault for ReadError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Altered(_) => FaultKind::conflict("prescription_altered"),
            Self::Vault(error) => error.kind(),
            Self::Chart(error) => error.kind(),
            Self::Shape(_) | Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Why a draft was not written or changed.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// What was typed cannot be kept.
    #[error("the item is not complete")]
    Invalid(Vec<FieldError>),
    /// It is signed or ended.
    #[error("only a draft can be changed")]
    NotADraft,
    /// As many items as a prescription holds.
    #[error("the prescription is full")]
    Full,
    /// See [`ReadError`].
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl Fault for DraftError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::NotADraft => FaultKind::conflict("illegal_transition"),
            Self::Full => FaultKind::conflict("prescription_full"),
            Self::Read(error) => error.kind(),
        }
    }
}

/// Why a prescription was not signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// It is signed or ended already.
    #[error("only a draft can be signed")]
    NotADraft,
    /// There is nothing on it.
    #[error("the prescription has no items")]
    Empty,
    /// Hard alerts without a reason.
    #[error("{} alerts need a reason", .0.len())]
    OverrideNeeded(Vec<Alert>),
    /// A reason is too short or too long.
    #[error("a reason is too short or too long")]
    BadReason,
    /// The law of the prescriber's country asks for more.
    #[error("{} restrictions are not met", .0.len())]
    Restricted(Vec<Restriction>),
    /// A controlled substance, and the prescriber has no authenticator app.
    #[error("controlled substances need an authenticator app")]
    TwoFactorMissing,
    /// A controlled substance, and no right code of the app.
    #[error("controlled substances need a code with the signature")]
    CodeNeeded,
    /// See [`ReadError`].
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl Fault for SignError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotADraft => FaultKind::conflict("illegal_transition"),
            Self::Empty => FaultKind::invalid("items", "prescriptions-error-empty"),
            Self::OverrideNeeded(alerts) => FaultKind::Conflict {
                code: "override_needed",
                detail: serde_json::to_value(alerts).ok().map(|alerts| serde_json::json!({ "alerts": alerts })),
            },
            Self::BadReason => FaultKind::invalid("overrides", "prescriptions-error-override"),
            Self::Restricted(restrictions) => FaultKind::Conflict {
                code: "restricted",
                detail: serde_json::to_value(restrictions).ok().map(|all| serde_json::json!({ "restrictions": all })),
            },
            Self::TwoFactorMissing => FaultKind::invalid("code", "prescriptions-error-no-app"),
            Self::CodeNeeded => FaultKind::invalid("code", "prescriptions-error-code"),
            Self::Read(error) => error.kind(),
        }
    }
}

/// Why a prescription was not stopped or cancelled.
#[derive(Debug, thiserror::Error)]
pub enum EndError {
    /// It is not in a state from which this leads on.
    #[error("a prescription in this state cannot be ended so")]
    IllegalTransition,
    /// See [`ReadError`].
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl Fault for EndError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::IllegalTransition => FaultKind::conflict("illegal_transition"),
            Self::Read(error) => error.kind(),
        }
    }
}

/// Faults of the ground that every verb passes on alike.
macro_rules! passed_on {
    ($($verb:ty: $($error:ty),+);+ $(;)?) => {$($(
        impl From<$error> for $verb {
            fn from(error: $error) -> Self {
                Self::Read(error.into())
            }
        }
    )+)+};
}
passed_on! {
    DraftError: db::Error, vault::Error, chart::ChartError;
    SignError: db::Error, vault::Error, chart::ChartError, serde_json::Error;
    EndError: db::Error;
}
