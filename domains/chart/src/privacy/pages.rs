//! The desk, and its two forms.

use askama::Template;
use axum::extract::Path;
use identity::door;
use kernel::{
    Fault, FaultKind, FieldError,
    ids::{AccessQuestionId, BreakGlassId},
};
use serde::Deserialize;
use web::{Admin, Form, PageFrame};

use crate::{
    break_glass::{self, Outcome, Review},
    questions::{self, Answer, Finding, Question},
    record::{purpose_name, section_name},
};

struct AccessRow {
    id: BreakGlassId,
    doctor: String,
    patient: String,
    when: String,
    reason: String,
    words: String,
    state: String,
    reviewed: String,
    own: bool,
}

struct QuestionRow {
    id: AccessQuestionId,
    patient: String,
    asked: String,
    about: String,
    words: String,
    own: bool,
}

#[derive(Template)]
#[template(path = "privacy/pages/desk.html")]
struct DeskPage {
    page: PageFrame,
    accesses: Vec<AccessRow>,
    reviewed: Vec<AccessRow>,
    questions: Vec<QuestionRow>,
    outcomes: Vec<(&'static str, String)>,
    findings: Vec<(&'static str, String)>,
    /// The form that was refused: its id, choice and words.
    refused: String,
    choice: String,
    words: String,
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct ReviewFields {
    outcome: String,
    remark: String,
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct AnswerFields {
    finding: String,
    answer: String,
}

/// `GET /admin/privacy`
pub(crate) async fn show(me: Admin) -> web::Result {
    web::render(&desk(&me, Typed::default(), Vec::new()).await?)
}

/// `POST /admin/privacy/emergency-access/{access}/review`
pub(crate) async fn review(me: Admin, Path(id): Path<BreakGlassId>, Form(form): Form<ReviewFields>) -> web::Result {
    let mut tx = me.begin().await?;
    let command = Review { outcome: Outcome::of(&form.outcome), remark: form.remark.clone() };
    let done = break_glass::review(&mut tx, me.app().vault(), &door::sender(&me), me.actor(), id, command).await;
    if let Err(error) = done {
        let FaultKind::Invalid(errors) = error.kind() else { return Err(error.into()) };
        drop(tx);
        let typed = Typed { id: id.to_string(), choice: form.outcome, words: form.remark };
        return web::render_status(422, &desk(&me, typed, errors).await?);
    }
    tx.commit().await?;
    me.flash_ok("chart-privacy-reviewed");
    Ok(me.redirect("/admin/privacy"))
}

/// `POST /admin/privacy/questions/{question}/answer`
pub(crate) async fn answer(me: Admin, Path(id): Path<AccessQuestionId>, Form(form): Form<AnswerFields>) -> web::Result {
    let mut tx = me.begin().await?;
    let command = Answer { finding: Finding::of(&form.finding), words: form.answer.clone() };
    let done = questions::answer(&mut tx, me.app().vault(), &door::sender(&me), me.actor(), id, command).await;
    if let Err(error) = done {
        let FaultKind::Invalid(errors) = error.kind() else { return Err(error.into()) };
        drop(tx);
        let typed = Typed { id: id.to_string(), choice: form.finding, words: form.answer };
        return web::render_status(422, &desk(&me, typed, errors).await?);
    }
    tx.commit().await?;
    me.flash_ok("chart-privacy-answered");
    Ok(me.redirect("/admin/privacy"))
}

#[derive(Default)]
struct Typed {
    id: String,
    choice: String,
    words: String,
}

async fn desk(me: &Admin, typed: Typed, errors: Vec<FieldError>) -> Result<DeskPage, web::Error> {
    let vault = me.app().vault();
    let mut tx = me.begin().await?;
    let waiting = break_glass::list_to_review(&mut tx).await?;
    let mut words = break_glass::store::open_words(&mut tx, vault, &waiting).await?;
    let done = break_glass::list_reviewed(&mut tx).await?;
    let open = questions::store::list_open(&mut tx, vault).await?;
    let now = tx.now();
    tx.commit().await?;
    let page = me.page("chart-privacy-title").with_errors(errors);
    let row = |access: break_glass::Access, words: String| AccessRow {
        id: access.id,
        when: page.when(access.started_at),
        reason: me.t(format!("chart-emergency-reason-{}", access.reason.as_str())),
        state: access.chip(me, now),
        reviewed: access.reviewed_at.map(|at| page.when(at)).unwrap_or_default(),
        own: access.account == me.actor().account,
        doctor: access.doctor,
        patient: access.patient_name,
        words,
    };
    Ok(DeskPage {
        accesses: waiting
            .into_iter()
            .map(|access| {
                let words = words.remove(&access.id).map(kernel::Phi::into_inner).unwrap_or_default();
                row(access, words)
            })
            .collect(),
        reviewed: done.into_iter().map(|access| row(access, String::new())).collect(),
        questions: open.into_iter().map(|question| question_row(me, &page, question)).collect(),
        outcomes: Outcome::ALL
            .iter()
            .map(|outcome| (outcome.as_str(), me.t(format!("chart-outcome-{}", outcome.as_str()))))
            .collect(),
        findings: Finding::ALL
            .iter()
            .map(|finding| (finding.as_str(), me.t(format!("chart-finding-{}", finding.as_str()))))
            .collect(),
        page,
        refused: typed.id,
        choice: typed.choice,
        words: typed.words,
    })
}

fn question_row(me: &Admin, page: &PageFrame, question: Question) -> QuestionRow {
    let who = question.about.unwrap_or_else(|| me.t("chart-access-staff"));
    let when = question.seen_at.map(|at| page.when(at)).unwrap_or_default();
    let (section, why) = (section_name(me, &question.section), purpose_name(me, &question.purpose));
    QuestionRow {
        id: question.id,
        patient: question.patient,
        asked: page.when(question.asked_at),
        about: format!("{who} · {section} · {why} · {when}"),
        words: question.words,
        own: question.about_account == Some(me.actor().account),
    }
}
