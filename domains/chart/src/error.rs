//! What can go wrong when the record is read or written.

use kernel::{Fault, FaultKind, FieldError};

/// Why a section of the record was not read or not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// No such patient or entry, or not for this reader.
    #[error("no such entry in a record this account may open")]
    NotFound,
    /// What was typed cannot be kept.
    #[error("the entry is not complete")]
    Invalid(Vec<FieldError>),
    /// "None known" contradicts allergies that are listed.
    #[error("allergies are listed; mark them as wrong before saying there are none")]
    AllergiesListed,
    /// "None known" contradicts relatives that are listed.
    #[error("relatives are listed; take them back before saying that nothing is known")]
    FamilyListed,
    /// The entry was already taken back or closed.
    #[error("the entry was changed before")]
    AlreadyClosed,
    /// This diagnosis already stands in the list.
    #[error("the diagnosis is on the list already")]
    AlreadyListed,
    /// A patient may take back what they wrote themselves, not what a clinician wrote.
    #[error("a clinician wrote this entry")]
    WrittenByClinician,
    /// A consent or an emergency opens a record for reading.
    #[error("the record is open for reading only")]
    ReadOnly,
    /// Sealed content could not be read or written.
    #[error(transparent)]
    Vault(#[from] vault::Error),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ChartError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::AllergiesListed => FaultKind::conflict("allergies_listed"),
            Self::FamilyListed => FaultKind::conflict("family_listed"),
            Self::AlreadyClosed => FaultKind::conflict("illegal_transition"),
            Self::AlreadyListed => FaultKind::conflict("problem_listed"),
            Self::WrittenByClinician => {
                FaultKind::forbidden("chart-rule-written-by-clinician", "chart-rule-ask-doctor")
            }
            Self::ReadOnly => FaultKind::forbidden("chart-rule-read-only", "chart-rule-read-only-who"),
            Self::Vault(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}
