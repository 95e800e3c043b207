use askama::Template;
use axum::extract::Path;
use kernel::{FieldError, Timestamp, ids::AppointmentId};
use serde::Deserialize;
use web::{Ctx, Form, PageFrame, Patient};

use crate::reviews::{
    EditReview, SubmitError, SubmitReview, edit,
    model::{Dimension, LONGEST_TEXT, Review, Scores, Stars, Status},
    store::{self, Visit},
    submit,
    withdraw::withdraw as take_back,
};

/// The form, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ReviewForm {
    pub(crate) overall: String,
    pub(crate) listening: String,
    pub(crate) explanation: String,
    pub(crate) punctuality: String,
    pub(crate) technology: String,
    pub(crate) text: String,
}

#[derive(Template)]
#[template(path = "reviews/pages/form.html")]
struct FormPage {
    page: PageFrame,
    appointment: AppointmentId,
    doctor: String,
    starts_at: Timestamp,
    form: ReviewForm,
    dimensions: Vec<(&'static str, String, String)>,
    /// Set when the review exists already.
    state: Option<State>,
    exists: bool,
    may_write: bool,
    is_open: bool,
}

/// Where an existing review stands.
struct State {
    label: String,
    tone: &'static str,
    reason: String,
    shown: String,
    editable_until: Timestamp,
    is_editable: bool,
}

/// `GET /appointments/{appointment}/review`
pub(crate) async fn show(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    let patients = me.actor().patients.clone();
    let visit = store::find_visit(&mut tx, &patients, id).await?.ok_or(SubmitError::NotFound)?;
    let review = store::find_of_author(&mut tx, &patients, id).await?;
    let now = tx.now();
    tx.commit().await?;
    let form = review.as_ref().map(ReviewForm::from).unwrap_or_default();
    web::render(&page(&me, (id, &visit, review.as_ref(), now), form, Vec::new()))
}

/// `POST /appointments/{appointment}/review`: the first time submits, later ones change.
pub(crate) async fn save(me: Patient, Path(id): Path<AppointmentId>, Form(form): Form<ReviewForm>) -> web::Result {
    let mut tx = me.begin().await?;
    let patients = me.actor().patients.clone();
    let visit = store::find_visit(&mut tx, &patients, id).await?.ok_or(SubmitError::NotFound)?;
    let review = store::find_of_author(&mut tx, &patients, id).await?;
    let (scores, text) = match form.parse() {
        Ok(parsed) => parsed,
        Err(errors) => {
            let now = tx.now();
            return web::render_status(422, &page(&me, (id, &visit, review.as_ref(), now), form, errors));
        }
    };
    let saved = if review.is_some() {
        edit(&mut tx, me.actor(), EditReview { appointment: id, scores, text }).await?
    } else {
        submit(&mut tx, me.actor(), SubmitReview { appointment: id, scores, text }).await?
    };
    tx.commit().await?;
    me.flash_ok(match saved.status {
        Status::Published => "community-saved-published",
        Status::AwaitingModeration | Status::Rejected => "community-saved-awaiting",
    });
    Ok(me.redirect("/reviews"))
}

/// `POST /appointments/{appointment}/review/withdrawal`
pub(crate) async fn withdraw(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    take_back(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    me.flash_ok("community-withdrawn");
    Ok(me.redirect("/reviews"))
}

fn page(
    me: &Ctx,
    (appointment, visit, review, now): (AppointmentId, &Visit, Option<&Review>, Timestamp),
    form: ReviewForm,
    errors: Vec<FieldError>,
) -> FormPage {
    let dimensions = Dimension::ALL.iter().map(|dimension| {
        let word = dimension.word();
        (word, me.t(format!("community-{word}-question")), form.of(*dimension).to_owned())
    });
    FormPage {
        dimensions: dimensions.collect(),
        page: me.page("community-form-title").with_errors(errors),
        appointment,
        doctor: visit.practitioner_name.clone(),
        starts_at: visit.starts_at,
        form,
        state: review.map(|review| state(me, review, now)),
        exists: review.is_some(),
        may_write: review.is_none_or(|review| review.is_editable(now)),
        is_open: visit.status == "fulfilled",
    }
}

fn state(me: &Ctx, review: &Review, now: Timestamp) -> State {
    let tone = match (review.status, &review.redacted_to) {
        (Status::Published, None) => "ok",
        (Status::Published, Some(_)) => "info",
        (Status::AwaitingModeration, _) => "warn",
        (Status::Rejected, _) => "crit",
    };
    State {
        label: me.t(format!("community-status-{}", super::mine::status_word(review))),
        tone,
        reason: review.reason.clone().unwrap_or_default(),
        shown: review.redacted_to.clone().unwrap_or_default(),
        editable_until: review.submitted_at.plus_days(crate::reviews::model::EDIT_DAYS),
        is_editable: review.is_editable(now),
    }
}

impl From<&Review> for ReviewForm {
    fn from(review: &Review) -> Self {
        let typed = |dimension| review.scores.of(dimension).map(|stars| stars.number().to_string()).unwrap_or_default();
        Self {
            overall: review.scores.overall.number().to_string(),
            listening: typed(Dimension::Listening),
            explanation: typed(Dimension::Explanation),
            punctuality: typed(Dimension::Punctuality),
            technology: typed(Dimension::Technology),
            text: review.text.clone(),
        }
    }
}

impl ReviewForm {
    fn of(&self, dimension: Dimension) -> &str {
        match dimension {
            Dimension::Listening => &self.listening,
            Dimension::Explanation => &self.explanation,
            Dimension::Punctuality => &self.punctuality,
            Dimension::Technology => &self.technology,
        }
    }

    /// Every mistake at once.
    pub(crate) fn parse(&self) -> Result<(Scores, String), Vec<FieldError>> {
        let mut errors = Vec::new();
        let overall = stars(&self.overall);
        if !matches!(overall, Ok(Some(_))) {
            errors.push(FieldError::new("overall", "community-error-overall"));
        }
        let mut optional = |dimension: Dimension| {
            stars(self.of(dimension)).unwrap_or_else(|()| {
                errors.push(FieldError::new(dimension.word(), "community-error-stars"));
                None
            })
        };
        let [listening, explanation, punctuality, technology] = Dimension::ALL.map(&mut optional);
        let text = self.text.trim().replace("\r\n", "\n");
        if text.chars().count() > LONGEST_TEXT {
            errors.push(FieldError::new("text", "community-error-text-long").with("count", LONGEST_TEXT));
        }
        match overall {
            Ok(Some(overall)) if errors.is_empty() => {
                Ok((Scores { overall, listening, explanation, punctuality, technology }, text))
            }
            _ => Err(errors),
        }
    }
}

/// Empty is "not judged".
fn stars(typed: &str) -> Result<Option<Stars>, ()> {
    match typed.trim() {
        "" => Ok(None),
        number => number.parse().ok().and_then(Stars::new).map(Some).ok_or(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(overall: &str, listening: &str, text: &str) -> ReviewForm {
        ReviewForm { overall: overall.into(), listening: listening.into(), text: text.into(), ..ReviewForm::default() }
    }

    #[test]
    fn a_form_needs_the_overall_stars_and_nothing_else() {
        let (scores, text) = typed("4", "", "  Kind.\r\nPatient. ").parse().unwrap();
        assert_eq!((scores.overall.number(), scores.listening, text.as_str()), (4, None, "Kind.\nPatient."));
    }

    #[test]
    fn every_mistake_is_named_at_once() {
        let errors = typed("", "9", &"x".repeat(LONGEST_TEXT + 1)).parse().unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_ref()).collect();
        assert_eq!(fields, ["overall", "listening", "text"]);
    }
}
