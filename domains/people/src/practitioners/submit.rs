use db::Tx;
use kernel::{Fault, FaultKind};

use super::{Practitioner, store};
use crate::papers::{self, PaperKind};

#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// Fluent keys of what is missing.
    #[error("the profile is not complete")]
    Incomplete(Vec<&'static str>),
    #[error("the profile was sent before")]
    NotDraft,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for SubmitError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Incomplete(missing) => {
                FaultKind::Invalid(missing.iter().map(|key| kernel::FieldError::new("profile", key)).collect())
            }
            Self::NotDraft => FaultKind::conflict("illegal_transition"),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Send one's profile to be checked: it must be complete, with both papers.
pub async fn submit(tx: &mut Tx, doctor: &Practitioner) -> Result<(), SubmitError> {
    let next = doctor.status.submit().ok_or(SubmitError::NotDraft)?;
    let mut missing = doctor.missing();
    let papers = papers::list(tx, doctor.id).await?;
    for (kind, key) in
        [(PaperKind::Licence, "people-doctor-missing-licence"), (PaperKind::Identity, "people-doctor-missing-identity")]
    {
        if !papers.iter().any(|paper| paper.kind == kind) {
            missing.push(key);
        }
    }
    if !missing.is_empty() {
        return Err(SubmitError::Incomplete(missing));
    }
    if store::set_status(tx, doctor.id, doctor.status, next, None).await? { Ok(()) } else { Err(SubmitError::NotDraft) }
}
