//! HTML: the supervisor's queue, and a note to check.

use askama::Template;
use axum::extract::Path;
use kernel::{
    FieldError,
    ids::{NoteApprovalId, VisitId},
};
use serde::{Deserialize, Serialize};
use web::{Doctor, Form, PageFrame, Query};

use super::{
    Approving, Returning, Status,
    api::Wanted,
    approve, ask,
    model::Words,
    read, send_back,
    store::{self, Waiting},
};
use crate::{
    addenda::Addendum,
    commands::{self, CommandRow},
    drafts::Medicines,
    notes::NoteContent,
    summary::paragraphs,
    visits::VisitError,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    ToCheck,
    Done,
    Mine,
}

struct Line {
    href: Option<String>,
    patient: String,
    about: String,
    state: String,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "approvals/pages/list.html")]
struct ListPage {
    page: PageFrame,
    tab: Tab,
    src: &'static str,
    lines: Vec<Line>,
}

/// `GET /doctor/approvals`
pub(super) async fn list(me: Doctor, Query(wanted): Query<Wanted>) -> web::Result {
    let mut tx = me.begin().await?;
    let (tab, src, found) = match wanted.show.as_str() {
        "done" => (Tab::Done, "?show=done", store::list_done(&mut tx, me.practitioner_id()).await?),
        "mine" => (Tab::Mine, "?show=mine", store::list_mine(&mut tx, me.practitioner_id()).await?),
        _ => (Tab::ToCheck, "", store::list_to_check(&mut tx, me.practitioner_id(), 100).await?),
    };
    tx.commit().await?;
    let page = me.page("consultations-approvals-title");
    let lines = found.into_iter().map(|one| line(&page, tab, one)).collect();
    web::render(&ListPage { page, tab, src, lines })
}

fn line(page: &PageFrame, tab: Tab, one: Waiting) -> Line {
    let (visit, since) = (page.day(one.started_at), page.when(one.since));
    let args = [("doctor", one.other_name.as_str()), ("day", visit.as_str()), ("when", since.as_str())];
    let (key, href) = match (tab, one.status) {
        (Tab::ToCheck, _) => ("consultations-approval-line-to-check", Some(format!("/doctor/approvals/{}", one.id))),
        (Tab::Done, _) => ("consultations-approval-line-done", None),
        (Tab::Mine, _) => ("consultations-approval-line-mine", Some(format!("/visits/{}/summary", one.visit))),
    };
    Line {
        href,
        about: page.tr(key, args),
        patient: one.patient_name,
        state: page.t(format!("consultations-approval-{}", one.status.code())),
        tone: one.status.tone(),
    }
}

#[derive(Debug, Serialize)]
struct Count {
    count: i64,
}

/// `GET /doctor/approvals/count`: for the number beside the link to the queue.
pub(super) async fn count(me: Doctor) -> web::Result {
    let mut tx = me.begin().await?;
    let count = store::count_to_check(&mut tx, me.practitioner_id()).await?;
    tx.commit().await?;
    web::json(&Count { count })
}

/// Something titled, in paragraphs.
struct Said {
    title: String,
    text: String,
}

/// A paper or another command.
struct Decided {
    kind: String,
    title: String,
    details: Vec<(String, String)>,
    withdrawn: bool,
}

#[derive(Template)]
#[template(path = "approvals/pages/check.html")]
struct CheckPage {
    page: PageFrame,
    path: String,
    chart: String,
    patient: String,
    lead: String,
    awaiting: bool,
    state: String,
    tone: &'static str,
    diagnoses: Vec<(String, String)>,
    paragraphs: Vec<(&'static str, String)>,
    vitals: Vec<(String, String)>,
    follow_up: Option<String>,
    decided: Vec<Decided>,
    prescribed: Vec<String>,
    added: Vec<Said>,
    /// The number of the last addition shown.
    addenda: usize,
    returns: Vec<Said>,
    words: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SignForm {
    addenda: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReturnForm {
    words: String,
}

/// `GET /doctor/approvals/{approval}`
pub(super) async fn show(me: Doctor, Path(id): Path<NoteApprovalId>) -> web::Result {
    web::render(&open(&me, id, String::new(), Vec::new()).await?)
}

async fn open(
    me: &Doctor,
    id: NoteApprovalId,
    words: String,
    errors: Vec<FieldError>,
) -> Result<CheckPage, web::Error> {
    let mut tx = me.begin().await?;
    let vault = me.app().vault();
    let opened = read::open(&mut tx, vault, me.actor(), id).await?;
    let prescribed = me.app().part::<Medicines>().0.prescribed(&mut tx, vault, opened.visit.id).await?;
    let returns = store::list_words(&mut tx, vault, &opened.approval).await?;
    tx.commit().await?;
    let read::Opened { approval, visit, note, addenda, commands, .. } = opened;
    let page = me.page("consultations-approval-title").titled(&visit.patient_name).with_errors(errors);
    let (visited, signed) = (page.when(visit.started_at), visit.signed_at.map(|at| page.when(at)).unwrap_or_default());
    let args = [("doctor", visit.practitioner_name.as_str()), ("day", visited.as_str()), ("when", signed.as_str())];
    Ok(CheckPage {
        path: format!("/doctor/approvals/{id}"),
        chart: format!("/doctor/patients/{}", visit.patient),
        lead: page.tr("consultations-approval-lead", args),
        awaiting: approval.status == Status::Awaiting,
        state: page.t(format!("consultations-approval-{}", approval.status.code())),
        tone: approval.status.tone(),
        diagnoses: note.diagnoses.iter().map(|one| (one.name.clone(), one.code.clone())).collect(),
        paragraphs: paragraphs(&note),
        vitals: vitals(&page, &note),
        follow_up: note.follow_up_on.map(|day| page.date(day)),
        decided: commands.iter().map(|row| decided(&page, row)).collect(),
        prescribed: prescribed.into_iter().map(|line| line.text).collect(),
        added: addenda.iter().map(|one| added(&page, one)).collect(),
        addenda: addenda.len(),
        returns: returns.iter().map(|one| returned(&page, one)).collect(),
        patient: visit.patient_name,
        words,
        page,
    })
}

fn vitals(page: &PageFrame, note: &NoteContent) -> Vec<(String, String)> {
    let printed = note.vitals.printed().into_iter();
    printed.map(|(sign, text)| (page.t(format!("chart-vital-{sign}")), text)).collect()
}

fn decided(page: &PageFrame, row: &CommandRow) -> Decided {
    let command = row.content.expose();
    Decided {
        kind: page.t(format!("consultations-command-{}", row.kind.code())),
        title: commands::title(page, command),
        details: commands::details(page, command),
        withdrawn: row.status == commands::Status::EnteredInError,
    }
}

fn added(page: &PageFrame, one: &Addendum) -> Said {
    let content = one.content.expose();
    let kind = page.t(format!("consultations-addendum-{}", content.kind.code()));
    let when = page.when(one.signed_at);
    let args = [("kind", kind.as_str()), ("when", when.as_str())];
    Said { title: page.tr("consultations-addendum-signed", args), text: content.text.clone() }
}

pub(crate) fn returned_title(page: &PageFrame, one: &Words) -> String {
    let when = page.when(one.at);
    page.tr("consultations-approval-returned-by", [("doctor", one.supervisor_name.as_str()), ("when", when.as_str())])
}

fn returned(page: &PageFrame, one: &Words) -> Said {
    Said { title: returned_title(page, one), text: one.text.expose().clone() }
}

/// `POST /doctor/approvals/{approval}/signature`
pub(super) async fn sign(me: Doctor, Path(id): Path<NoteApprovalId>, Form(form): Form<SignForm>) -> web::Result {
    let mut tx = me.begin().await?;
    let one = Approving { approval: id, addenda: form.addenda.parse().unwrap_or(-1) };
    match approve(&mut tx, me.app().vault(), me.actor(), one).await {
        Ok(_) => tx.commit().await?,
        Err(VisitError::Stale { .. }) => {
            tx.rollback().await?;
            let errors = vec![FieldError::new("addenda", "consultations-error-approval-stale")];
            return web::render_status(422, &open(&me, id, String::new(), errors).await?);
        }
        Err(other) => return Err(other.into()),
    }
    me.flash_ok("consultations-flash-approved");
    Ok(me.redirect("/doctor/approvals"))
}

/// `POST /doctor/approvals/{approval}/return`
pub(super) async fn give_back(me: Doctor, Path(id): Path<NoteApprovalId>, Form(form): Form<ReturnForm>) -> web::Result {
    let mut tx = me.begin().await?;
    let one = Returning { approval: id, words: form.words.clone() };
    match send_back(&mut tx, me.app().vault(), me.actor(), one).await {
        Ok(_) => tx.commit().await?,
        Err(VisitError::Invalid(errors)) => {
            tx.rollback().await?;
            return web::render_status(422, &open(&me, id, form.words, errors).await?);
        }
        Err(other) => return Err(other.into()),
    }
    me.flash_ok("consultations-flash-returned");
    Ok(me.redirect("/doctor/approvals"))
}

/// `POST /visits/{visit}/approval-request`
pub(super) async fn send_again(me: Doctor, Path(id): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    ask::send_again(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    me.flash_ok("consultations-flash-sent-again");
    Ok(me.redirect(&format!("/visits/{id}/summary")))
}
