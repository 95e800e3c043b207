//! What was answered, beside the note: differences from the record first, each with one step to accept it.

use askama::Template;
use axum::extract::Path;
use chart::{family_history::Relationship, icd10};
use kernel::ids::{AppointmentId, VisitId};
use serde::Deserialize;
use web::{Ctx, Doctor, Form, PageFrame};

use super::{
    super::{
        Accept, accept as verb,
        model::{Acceptable, Change, Form as Shape, Score},
        open::{self, Sent},
        store::Response,
    },
    in_words,
};

/// A difference from the record.
struct Difference {
    /// "Says also: Latex (Allergies)"
    words: String,
    item: String,
    line: String,
    accepted: bool,
    /// What is asked to accept it: `allergy`, `problem`, `family`, `plain`; empty where it cannot be.
    how: &'static str,
    /// Codes that fit an illness.
    codes: Vec<(String, String)>,
}

struct Answered {
    question: String,
    answer: String,
    urgent: bool,
}

struct Version {
    title: String,
    answers: Vec<Answered>,
}

#[derive(Template)]
#[template(path = "intake_forms/pages/panel.html")]
struct PanelPage {
    page: PageFrame,
    /// None before the visit: then there is nothing to accept yet.
    visit: Option<VisitId>,
    appointment: AppointmentId,
    urgent: bool,
    differences: Vec<Difference>,
    scores: Vec<String>,
    /// The latest first.
    versions: Vec<Version>,
    categories: Vec<(&'static str, String)>,
    relatives: Vec<(&'static str, String)>,
}

/// `GET /doctor/appointments/{appointment}/intake`: what was sent, before the visit is open.
pub(crate) async fn before(me: Doctor, Path(appointment): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    let sent = open::before_visit(me.app(), &mut tx, me.actor(), appointment).await?;
    tx.commit().await?;
    web::render(&panel(&me, None, &sent))
}

/// `GET /visits/{visit}/intake`
pub(crate) async fn show(me: Doctor, Path(visit): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    let sent = open::for_doctor(me.app(), &mut tx, me.actor(), visit).await?;
    tx.commit().await?;
    web::render(&panel(&me, Some(visit), &sent))
}

fn panel(me: &Ctx, visit: Option<VisitId>, sent: &Sent) -> PanelPage {
    let page = me.page("consultations-intake-panel");
    let differences = sent.changes.iter().filter_map(|change| difference(me, sent, change));
    let versions: Vec<_> = sent.versions.iter().map(|(form, one)| version(me, &page, form, one)).collect();
    PanelPage {
        visit,
        appointment: sent.appointment,
        urgent: sent.versions.first().is_some_and(|(form, one)| form.urgent(&one.answers).next().is_some()),
        differences: differences.collect(),
        scores: sent.scores.iter().map(|one| score(me, one)).collect(),
        versions,
        categories: ["medicine", "food", "environment"]
            .into_iter()
            .map(|code| (code, me.t(format!("chart-category-{code}"))))
            .collect(),
        relatives: Relationship::ALL
            .iter()
            .map(|one| (one.as_str(), me.t(format!("chart-relative-{}", one.as_str().to_lowercase()))))
            .collect(),
        page,
    }
}

/// What the form of one difference sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    item: String,
    line: String,
    category: String,
    code: String,
    relationship: String,
}

/// `POST /visits/{visit}/intake/acceptances`
pub(crate) async fn accept(me: Doctor, Path(visit): Path<VisitId>, Form(typed): Form<Typed>) -> web::Result {
    let what = Accept {
        item: typed.item,
        line: typed.line,
        category: typed.category.parse().ok(),
        code: typed.code,
        relationship: typed.relationship.parse().ok(),
    };
    let mut tx = me.begin().await?;
    verb::accept(me.app(), &mut tx, me.actor(), visit, what).await?;
    tx.commit().await?;
    me.flash_ok("consultations-intake-flash-accepted");
    Ok(me.redirect(&format!("/visits/{visit}/intake")))
}

fn difference(me: &Ctx, sent: &Sent, change: &Change) -> Option<Difference> {
    let (form, _) = sent.versions.first()?;
    let item = form.find(&change.link_id)?;
    let mark = verb::mark(me.app().vault(), sent, &change.link_id, &change.line);
    let accepted = sent.accepted.iter().any(|(item, known)| *item == change.link_id && known.as_slice() == mark);
    let shown = item.options.iter().find(|option| option.code == change.line);
    let line = shown.map_or(change.line.as_str(), |option| option.text.in_language(me.locale()));
    let key = if change.added { "consultations-intake-says" } else { "consultations-intake-misses" };
    let what = item.text.in_language(me.locale());
    let how = match item.accept {
        Some(_) if accepted || !change.added => "",
        Some(Acceptable::Allergy) => "allergy",
        Some(Acceptable::Problem) => "problem",
        Some(Acceptable::Family) => "family",
        Some(Acceptable::Tobacco) => "plain",
        None => "",
    };
    let codes = if how == "problem" { icd10::search(&change.line, 6) } else { Vec::new() };
    Some(Difference {
        words: me.tr(key, [("what", what), ("line", line)]),
        item: change.link_id.clone(),
        line: change.line.clone(),
        accepted,
        how,
        codes: codes.into_iter().map(|code| (code.code.to_owned(), format!("{} ({})", code.name, code.code))).collect(),
    })
}

fn score(me: &Ctx, one: &Score) -> String {
    let key = if one.positive { "consultations-intake-score-positive" } else { "consultations-intake-score" };
    let (score, most) = (one.score.to_string(), one.most.to_string());
    me.tr(key, [("name", one.name.as_str()), ("score", &score), ("most", &most), ("source", &one.source)])
}

fn version(me: &Ctx, page: &PageFrame, form: &Shape, one: &Response) -> Version {
    let yes_no = (me.t("consultations-intake-yes"), me.t("consultations-intake-no"));
    let number = one.number.to_string();
    let when = one.completed_at.map(|at| page.when(at)).unwrap_or_default();
    let answered = form.items().filter(|item| one.answers.contains_key(&item.link_id)).map(|item| Answered {
        question: item.text.in_language(me.locale()).to_owned(),
        answer: in_words(me.locale(), item, &one.answers, (&yes_no.0, &yes_no.1)),
        urgent: one.answers.get(&item.link_id).is_some_and(|given| given.iter().any(|code| item.urgent.contains(code))),
    });
    Version {
        title: me.tr("consultations-intake-sent", [("number", number.as_str()), ("when", when.as_str())]),
        answers: answered.collect(),
    }
}
