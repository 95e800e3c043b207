use access::Actor;
use db::Tx;
use kernel::{Fault, FaultKind, Timestamp, ids::AppointmentId};

use super::{
    model::{EDIT_DAYS, Review, Scores},
    store,
    submit::judged,
};

/// Another judgement of the same visit.
#[derive(Clone, Debug)]
pub struct EditReview {
    pub appointment: AppointmentId,
    pub scores: Scores,
    pub text: String,
}

#[derive(Debug, thiserror::Error)]
pub enum EditError {
    #[error("no such review")]
    NotFound,
    #[error("reviews can be changed for 30 days, this one until {until}")]
    TooLate { until: Timestamp },
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for EditError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::TooLate { until } => FaultKind::Conflict {
                code: "edit_window_over",
                detail: Some(serde_json::json!({ "editable_until": until })),
            },
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Change one's own review within 30 days; the new text is looked at anew.
pub async fn edit(tx: &mut Tx, actor: &Actor, command: EditReview) -> Result<Review, EditError> {
    let EditReview { appointment, scores, text } = command;
    let review = store::lock_of_author(tx, &actor.patients, appointment).await?.ok_or(EditError::NotFound)?;
    if !review.is_editable(tx.now()) {
        return Err(EditError::TooLate { until: review.submitted_at.plus_days(EDIT_DAYS) });
    }
    store::set_content(tx, review.id, scores, &judged(&text)).await?;
    store::rate(tx, review.practitioner).await?;
    store::find_of_author(tx, &actor.patients, appointment).await?.ok_or(EditError::NotFound)
}
