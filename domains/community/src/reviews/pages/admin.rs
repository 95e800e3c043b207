use askama::Template;
use axum::extract::Path;
use kernel::{FieldError, PageRequest, Timestamp, ids::ReviewId};
use serde::Deserialize;
use web::{Admin, Ctx, Form, PageFrame, Query};

use super::{Bar, bars};
use crate::reviews::{
    Decision,
    model::{LONGEST_TEXT, Review, Status},
    moderate, store,
};

const LONGEST_REASON: usize = 500;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    status: String,
    #[serde(flatten)]
    page: PageRequest,
}

/// The moderator's form, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct DecisionForm {
    version: String,
    decision: String,
    text: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "reviews/pages/admin.html")]
struct AdminPage {
    page: PageFrame,
    tabs: Vec<(&'static str, String, bool)>,
    lines: Vec<Line>,
    next: String,
}

struct Line {
    id: ReviewId,
    version: i32,
    doctor: String,
    author: String,
    stars: i16,
    bars: Vec<Bar>,
    text: String,
    /// What readers see, or would: the start of a redaction.
    shown: String,
    flags: Vec<String>,
    reason: String,
    submitted_at: Timestamp,
    may_publish: bool,
    /// The form that was refused lies open with what was typed.
    is_open: bool,
}

/// `GET /admin/reviews?status=`
pub(crate) async fn list(me: Admin, Query(wanted): Query<Wanted>) -> web::Result {
    let page = desk(&me, &wanted, None, Vec::new()).await?;
    web::render(&page)
}

/// `POST /admin/reviews/{review}/decision`
pub(crate) async fn decide(me: Admin, Path(id): Path<ReviewId>, Form(form): Form<DecisionForm>) -> web::Result {
    let (version, decision) = match form.parse() {
        Ok(parsed) => parsed,
        Err(errors) => {
            let page = desk(&me, &Wanted::default(), Some((id, &form)), errors).await?;
            return web::render_status(422, &page);
        }
    };
    let mut tx = me.begin().await?;
    moderate(&mut tx, me.actor(), id, version, decision).await?;
    tx.commit().await?;
    me.flash_ok("community-decided");
    Ok(me.redirect("/admin/reviews"))
}

async fn desk(
    me: &Ctx,
    wanted: &Wanted,
    typed: Option<(ReviewId, &DecisionForm)>,
    errors: Vec<FieldError>,
) -> Result<AdminPage, web::Error> {
    let status = match wanted.status.as_str() {
        "published" => Status::Published,
        "rejected" => Status::Rejected,
        _ => Status::AwaitingModeration,
    };
    let mut tx = me.begin().await?;
    let reviews = match status {
        Status::AwaitingModeration => store::list_to_moderate(&mut tx, &wanted.page).await?,
        Status::Published | Status::Rejected => store::list_of_status(&mut tx, status, &wanted.page).await?,
    };
    tx.commit().await?;
    let word = status.word();
    let next = reviews.next_cursor.map(|cursor| format!("/admin/reviews?status={word}&cursor={}", cursor.0));
    let tabs = [Status::AwaitingModeration, Status::Published, Status::Rejected];
    Ok(AdminPage {
        page: me.page("community-admin-title").with_errors(errors),
        tabs: tabs
            .iter()
            .map(|tab| (tab.word(), me.t(format!("community-status-{}", tab.word())), *tab == status))
            .collect(),
        lines: reviews.items.into_iter().map(|review| line(me, review, typed)).collect(),
        next: next.unwrap_or_default(),
    })
}

fn line(me: &Ctx, review: Review, typed: Option<(ReviewId, &DecisionForm)>) -> Line {
    let typed = typed.filter(|(id, _)| *id == review.id).map(|(_, form)| form);
    let shown = review.redacted_to.clone().unwrap_or_else(|| review.text.clone());
    Line {
        id: review.id,
        version: review.version,
        bars: bars(me, &review.scores),
        stars: review.scores.overall.number(),
        doctor: review.practitioner_name,
        author: review.author,
        flags: review.flags.iter().map(|flag| me.t(format!("community-flag-{flag}"))).collect(),
        shown: typed.map_or(shown, |form| form.text.clone()),
        reason: typed.map_or_else(|| review.reason.unwrap_or_default(), |form| form.reason.clone()),
        submitted_at: review.submitted_at,
        may_publish: review.status != Status::Published || review.redacted_to.is_some(),
        is_open: typed.is_some(),
        text: review.text,
    }
}

impl DecisionForm {
    fn parse(&self) -> Result<(i32, Decision), Vec<FieldError>> {
        let mut errors = Vec::new();
        let version = self.version.parse().unwrap_or_default();
        let (text, reason) = (self.text.trim().to_owned(), self.reason.trim().to_owned());
        let needs_reason = matches!(self.decision.as_str(), "redact" | "reject");
        if needs_reason && (reason.is_empty() || reason.chars().count() > LONGEST_REASON) {
            errors.push(FieldError::new("reason", "community-error-reason").with("count", LONGEST_REASON));
        }
        if self.decision == "redact" && (text.is_empty() || text.chars().count() > LONGEST_TEXT) {
            errors.push(FieldError::new("text", "community-error-redaction").with("count", LONGEST_TEXT));
        }
        let decision = match self.decision.as_str() {
            "publish" => Some(Decision::Publish),
            "redact" => Some(Decision::Redact { text, reason }),
            "reject" => Some(Decision::Reject { reason }),
            _ => {
                errors.push(FieldError::new("decision", "community-error-decision"));
                None
            }
        };
        match decision {
            Some(decision) if errors.is_empty() => Ok((version, decision)),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(decision: &str, text: &str, reason: &str) -> DecisionForm {
        DecisionForm { version: "3".into(), decision: decision.into(), text: text.into(), reason: reason.into() }
    }

    #[test]
    fn a_refusal_needs_a_reason_and_a_redaction_also_a_text() {
        assert_eq!(typed("publish", "", "").parse(), Ok((3, Decision::Publish)));
        assert_eq!(typed("reject", "", "spam").parse(), Ok((3, Decision::Reject { reason: "spam".into() })));
        assert_eq!(typed("reject", "", " ").parse().unwrap_err()[0].field, "reason");
        assert_eq!(typed("redact", "", "phone").parse().unwrap_err()[0].field, "text");
        assert_eq!(typed("delete", "", "").parse().unwrap_err()[0].field, "decision");
    }
}
