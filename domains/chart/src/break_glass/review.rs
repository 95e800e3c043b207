//! The privacy officer says whether an emergency was one.

use access::{Actor, Role};
use audit::Entry;
use db::Tx;
use identity::letters::Sender;
use kernel::{Fault, FaultKind, FieldError, ids::BreakGlassId};
use vault::Vault;

use super::{letters, model::Outcome, store};
use crate::purpose;

/// What was found.
#[derive(Debug, Clone)]
pub struct Review {
    pub outcome: Option<Outcome>,
    /// Why; 3 to 1000 characters.
    pub remark: String,
}

/// Why it was not reviewed.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    #[error("no such emergency access")]
    NotFound,
    #[error("the review is not complete")]
    Invalid(Vec<FieldError>),
    #[error("it was reviewed before")]
    AlreadyReviewed,
    #[error("nobody reviews their own emergency access")]
    OwnAccess,
    #[error(transparent)]
    Tell(#[from] notify::TellError),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ReviewError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::AlreadyReviewed => FaultKind::conflict("already_reviewed"),
            Self::OwnAccess => FaultKind::forbidden("chart-rule-own-access", "chart-rule-own-access-who"),
            Self::Tell(error) => error.kind(),
            Self::Vault(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Close the review of an emergency access. The patient hears what was found.
pub async fn review(
    tx: &mut Tx,
    vault: &Vault,
    sender: &Sender<'_>,
    actor: &Actor,
    id: BreakGlassId,
    command: Review,
) -> Result<(), ReviewError> {
    if !actor.is(Role::Administrator) {
        return Err(ReviewError::NotFound);
    }
    let access = store::lock(tx, id).await?.ok_or(ReviewError::NotFound)?;
    if access.reviewed_at.is_some() {
        return Err(ReviewError::AlreadyReviewed);
    }
    if access.account == actor.account {
        return Err(ReviewError::OwnAccess);
    }
    let remark = command.remark.trim();
    let mut errors = Vec::new();
    if !(3..=1000).contains(&remark.chars().count()) {
        errors.push(FieldError::new("remark", "chart-error-review-remark"));
    }
    let Some(outcome) = command.outcome.filter(|_| errors.is_empty()) else {
        if command.outcome.is_none() {
            errors.push(FieldError::new("outcome", "chart-error-review-outcome"));
        }
        return Err(ReviewError::Invalid(errors));
    };
    let sealed = vault.seal_text(tx, access.patient, store::remark_at(id), remark).await?;
    store::set_reviewed(tx, id, actor.account, outcome, &sealed).await?;
    let (patient, purpose) = (Some(access.patient), purpose::PRIVACY);
    audit::record(tx, Entry { action: "reviewed", object: "record", object_id: id.uuid(), patient, purpose }).await?;
    letters::reviewed(tx, sender, &access, outcome).await?;
    Ok(())
}
