use access::Actor;
use db::{ResultExt, Tx};
use kernel::{
    Fault, FaultKind,
    ids::{AppointmentId, ReviewId},
};

use super::{
    filter,
    model::{Review, Scores, Status, author_label},
    store::{self, Words},
};

/// A patient's review, parsed.
#[derive(Clone, Debug)]
pub struct SubmitReview {
    pub appointment: AppointmentId,
    pub scores: Scores,
    pub text: String,
}

#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    #[error("no such visit")]
    NotFound,
    #[error("the visit has not taken place")]
    NotCompleted,
    #[error("this visit has a review already")]
    AlreadyReviewed,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for SubmitError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::NotCompleted => FaultKind::conflict("visit_not_completed"),
            Self::AlreadyReviewed => FaultKind::conflict("already_reviewed"),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Review one's own visit, once it took place.
pub async fn submit(tx: &mut Tx, actor: &Actor, command: SubmitReview) -> Result<Review, SubmitError> {
    let SubmitReview { appointment, scores, text } = command;
    let visit = store::find_visit(tx, &actor.patients, appointment).await?.ok_or(SubmitError::NotFound)?;
    if visit.status != "fulfilled" {
        return Err(SubmitError::NotCompleted);
    }
    let id = tx.id::<ReviewId>();
    let new = store::NewReview {
        id,
        appointment,
        patient: visit.patient,
        practitioner: visit.practitioner,
        author: author_label(&visit.patient_name),
    };
    let words = judged(&text);
    store::insert_review(tx, &new, scores, &words)
        .await
        .on_constraint("reviews_one_per_visit", || SubmitError::AlreadyReviewed)?;
    store::rate(tx, visit.practitioner).await?;
    store::find_of_author(tx, &actor.patients, appointment).await?.ok_or(SubmitError::NotFound)
}

/// The text with what the filter says of it.
pub(super) fn judged(text: &str) -> Words {
    let flags = filter::flags(text);
    let status = if flags.is_empty() { Status::Published } else { Status::AwaitingModeration };
    Words { text: text.to_owned(), status, flags: flags.into_iter().map(|flag| flag.word().to_owned()).collect() }
}
