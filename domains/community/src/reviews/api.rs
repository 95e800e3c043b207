use axum::{extract::Path, http::StatusCode, response::IntoResponse};
use kernel::{
    Fault, FaultKind, FieldError, Timestamp,
    ids::{AppointmentId, PractitionerId, ReviewId},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Json, Patient};

use super::{
    EditReview, SubmitReview, WithdrawError,
    model::{Dimension, LONGEST_TEXT, Review, Scores, Stars},
    store,
};

/// A judgement from 1 to 5 stars; the dimensions and the text may be left out.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReviewBody {
    overall: i16,
    listening: Option<i16>,
    explanation: Option<i16>,
    punctuality: Option<i16>,
    technology: Option<i16>,
    #[serde(default)]
    text: String,
}

/// A review as its author sees it.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ReviewView {
    id: ReviewId,
    appointment_id: AppointmentId,
    doctor_id: PractitionerId,
    overall: i16,
    listening: Option<i16>,
    explanation: Option<i16>,
    punctuality: Option<i16>,
    technology: Option<i16>,
    /// The author's own words.
    text: String,
    /// What readers see instead, after a redaction.
    redacted_to: Option<String>,
    /// `published`, `awaiting_moderation` or `rejected`.
    status: &'static str,
    /// What the moderator told the author.
    reason: Option<String>,
    submitted_at: Timestamp,
    edited_at: Option<Timestamp>,
    editable_until: Timestamp,
    version: i32,
}

/// The body has mistakes.
#[derive(Debug, thiserror::Error)]
#[error("the review has mistakes")]
struct Mistakes(Vec<FieldError>);

impl Fault for Mistakes {
    fn kind(&self) -> FaultKind {
        FaultKind::Invalid(self.0.clone())
    }
}

/// `GET /api/v1/appointments/{appointment}/review`
pub(crate) async fn show(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    let review = store::find_of_author(&mut tx, &me.actor().patients, id).await?.ok_or(WithdrawError::NotFound)?;
    tx.commit().await?;
    web::json(&ReviewView::from(review))
}

/// `POST /api/v1/appointments/{appointment}/review`
pub(crate) async fn submit(me: Patient, Path(id): Path<AppointmentId>, Json(body): Json<ReviewBody>) -> web::Result {
    let (scores, text) = body.parse()?;
    let mut tx = me.begin().await?;
    let review = super::submit(&mut tx, me.actor(), SubmitReview { appointment: id, scores, text }).await?;
    tx.commit().await?;
    web::created(&ReviewView::from(review))
}

/// `PUT /api/v1/appointments/{appointment}/review`
pub(crate) async fn edit(me: Patient, Path(id): Path<AppointmentId>, Json(body): Json<ReviewBody>) -> web::Result {
    let (scores, text) = body.parse()?;
    let mut tx = me.begin().await?;
    let review = super::edit(&mut tx, me.actor(), EditReview { appointment: id, scores, text }).await?;
    tx.commit().await?;
    web::json(&ReviewView::from(review))
}

/// `DELETE /api/v1/appointments/{appointment}/review`
pub(crate) async fn withdraw(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    super::withdraw(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

impl ReviewBody {
    fn parse(self) -> Result<(Scores, String), Mistakes> {
        let mut errors = Vec::new();
        let overall = Stars::new(self.overall);
        if overall.is_none() {
            errors.push(FieldError::new("overall", "community-error-overall"));
        }
        let mut optional = |dimension: Dimension, number: Option<i16>| {
            let stars = number.and_then(Stars::new);
            if number.is_some() && stars.is_none() {
                errors.push(FieldError::new(dimension.word(), "community-error-stars"));
            }
            stars
        };
        let listening = optional(Dimension::Listening, self.listening);
        let explanation = optional(Dimension::Explanation, self.explanation);
        let punctuality = optional(Dimension::Punctuality, self.punctuality);
        let technology = optional(Dimension::Technology, self.technology);
        let text = self.text.trim().to_owned();
        if text.chars().count() > LONGEST_TEXT {
            errors.push(FieldError::new("text", "community-error-text-long").with("count", LONGEST_TEXT));
        }
        match overall {
            Some(overall) if errors.is_empty() => {
                Ok((Scores { overall, listening, explanation, punctuality, technology }, text))
            }
            _ => Err(Mistakes(errors)),
        }
    }
}

impl From<Review> for ReviewView {
    fn from(review: Review) -> Self {
        let stars = |dimension| review.scores.of(dimension).map(Stars::number);
        Self {
            id: review.id,
            appointment_id: review.appointment,
            doctor_id: review.practitioner,
            overall: review.scores.overall.number(),
            listening: stars(Dimension::Listening),
            explanation: stars(Dimension::Explanation),
            punctuality: stars(Dimension::Punctuality),
            technology: stars(Dimension::Technology),
            status: review.status.word(),
            editable_until: review.submitted_at.plus_days(super::model::EDIT_DAYS),
            submitted_at: review.submitted_at,
            edited_at: review.edited_at,
            version: review.version,
            text: review.text,
            redacted_to: review.redacted_to,
            reason: review.reason,
        }
    }
}
