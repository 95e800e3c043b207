//! The patient's questions and their answers.

use askama::Template;
use kernel::{Fault, FaultKind, FieldError};
use serde::Deserialize;
use web::{Form, PageFrame, Patient, Query};

use super::{Line, ask::AskError, store};
use crate::record::section_name;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    line: String,
}

/// What was typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct AskFields {
    line: String,
    words: String,
}

#[derive(Template)]
#[template(path = "questions/pages/new.html")]
struct NewPage {
    page: PageFrame,
    form: AskFields,
    about: String,
}

struct QuestionRow {
    about: String,
    asked: String,
    words: String,
    finding: String,
    tone: &'static str,
    answer: String,
}

#[derive(Template)]
#[template(path = "questions/pages/list.html")]
struct ListPage {
    page: PageFrame,
    questions: Vec<QuestionRow>,
}

/// `GET /record/access-log/questions/new?line=`
pub(crate) async fn new(me: Patient, Query(wanted): Query<Wanted>) -> web::Result {
    if wanted.line.is_empty() {
        return Ok(me.redirect("/record/access-log"));
    }
    let form = AskFields { line: wanted.line, ..AskFields::default() };
    web::render(&page(&me, form, Vec::new()).await?)
}

/// `POST /record/access-log/questions`
pub(crate) async fn ask(me: Patient, Form(form): Form<AskFields>) -> web::Result {
    let Ok(line) = form.line.parse::<Line>() else {
        return Ok(me.redirect("/record/access-log"));
    };
    let mut tx = me.begin().await?;
    match super::ask(&mut tx, me.app().vault(), me.actor(), me.patient_id(), (line, &form.words)).await {
        Ok(_) => tx.commit().await?,
        Err(error) => {
            let FaultKind::Invalid(errors) = error.kind() else { return Err(error.into()) };
            drop(tx);
            return web::render_status(422, &page(&me, form, errors).await?);
        }
    }
    me.flash_ok("chart-question-sent");
    Ok(me.redirect("/record/access-log/questions"))
}

async fn page(me: &Patient, form: AskFields, errors: Vec<FieldError>) -> Result<NewPage, web::Error> {
    let line: Line = form.line.parse().map_err(|_| AskError::NotFound)?;
    let mut tx = me.begin().await?;
    let looked = store::find_line(&mut tx, me.patient_id(), line).await?.ok_or(AskError::NotFound)?;
    tx.commit().await?;
    let page = me.page("chart-question-title").with_errors(errors);
    let who = looked.name.unwrap_or_else(|| me.t("chart-access-staff"));
    let (section, when) = (section_name(me, &looked.object), page.when(looked.at));
    Ok(NewPage { about: format!("{who} · {section} · {when}"), page, form })
}

/// `GET /record/access-log/questions`
pub(crate) async fn list(me: Patient) -> web::Result {
    let mut tx = me.begin().await?;
    let questions = store::list_for(&mut tx, me.app().vault(), me.patient_id()).await?;
    tx.commit().await?;
    let page = me.page("chart-questions-title");
    let questions = questions
        .into_iter()
        .map(|question| QuestionRow {
            about: {
                let who = question.about.unwrap_or_else(|| me.t("chart-access-staff"));
                let when = question.seen_at.map(|at| page.when(at)).unwrap_or_default();
                format!("{who} · {} · {when}", section_name(&me, &question.section))
            },
            asked: page.day(question.asked_at),
            words: question.words,
            finding: match question.finding {
                Some(finding) => me.t(format!("chart-finding-{}", finding.as_str())),
                None => me.t("chart-question-open"),
            },
            tone: match question.finding {
                Some(super::Finding::InOrder) => "ok",
                Some(super::Finding::NotInOrder) => "crit",
                Some(super::Finding::Unclear) => "warn",
                None => "",
            },
            answer: question.answer.unwrap_or_default(),
        })
        .collect();
    web::render(&ListPage { page, questions })
}
