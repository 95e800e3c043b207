use access::{Actor, Role};
use audit::Entry;
use db::Tx;
use jobs::When;
use kernel::{Fault, FaultKind, ids::ReviewId};

use super::{
    invite::TellAuthor,
    model::{Review, Status},
    store,
};

/// What a moderator decides. The reason goes to the author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    Publish,
    Redact { text: String, reason: String },
    Reject { reason: String },
}

#[derive(Debug, thiserror::Error)]
pub enum ModerateError {
    #[error("no such review")]
    NotFound,
    #[error("the author changed the review meanwhile")]
    Changed,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ModerateError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Changed => FaultKind::conflict("review_changed"),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Decide on the version that was read. The author is told of anything but a plain publication of what already was public.
pub async fn moderate(
    tx: &mut Tx,
    actor: &Actor,
    id: ReviewId,
    version: i32,
    decision: Decision,
) -> Result<Review, ModerateError> {
    if !actor.is(Role::Administrator) {
        return Err(ModerateError::NotFound);
    }
    let review = store::lock_review(tx, id).await?.ok_or(ModerateError::NotFound)?;
    if review.version != version {
        return Err(ModerateError::Changed);
    }
    let verdict = match &decision {
        Decision::Publish => {
            store::Verdict { status: Status::Published, shown: &review.text, original: None, reason: None }
        }
        Decision::Redact { text, reason } => store::Verdict {
            status: Status::Published,
            shown: text,
            original: Some(&review.text),
            reason: Some(reason),
        },
        Decision::Reject { reason } => {
            store::Verdict { status: Status::Rejected, shown: &review.text, original: None, reason: Some(reason) }
        }
    };
    store::set_verdict(tx, id, actor.account, &verdict).await?;
    store::rate(tx, review.practitioner).await?;
    let action = match decision {
        Decision::Publish => "published",
        Decision::Redact { .. } => "redacted",
        Decision::Reject { .. } => "rejected",
    };
    let entry = Entry { action, object: "review", object_id: id.uuid(), patient: None, purpose: "moderation" };
    audit::record(tx, entry).await?;
    jobs::enqueue(tx, &TellAuthor { review: id, version: review.version + 1 }, When::Now).await?;
    store::find_review(tx, id).await?.ok_or(ModerateError::NotFound)
}
