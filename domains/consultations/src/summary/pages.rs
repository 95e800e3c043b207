//! HTML: the summary.

use askama::Template;
use axum::extract::Path;
use chart::problems::Showing;
use kernel::ids::VisitId;
use web::{PageFrame, Patient, SignedIn};

use super::api;
use crate::{
    notes::NoteContent,
    visits::{self, Side, Visit, VisitState},
};

#[derive(Template)]
#[template(path = "summary/pages/summary.html")]
struct SummaryPage {
    page: PageFrame,
    visit: Visit,
    for_patient: bool,
    hidden: bool,
    note: Option<NoteContent>,
    vitals: Vec<(String, String)>,
    paragraphs: Vec<(&'static str, String)>,
    doctor: String,
    when: String,
    signed: Option<String>,
    follow_up: Option<String>,
}

/// `GET /visits/{visit}/summary`
pub(crate) async fn show(me: SignedIn, Path(id): Path<VisitId>) -> web::Result {
    let api::Opened { visit, side, note, hidden } = api::open(&me, id).await?;
    if visit.state == VisitState::Open && side == Side::Patient {
        return Ok(me.redirect(&format!("/visits/{id}")));
    }
    let vitals = note
        .as_ref()
        .map(|note| note.vitals.printed())
        .unwrap_or_default()
        .into_iter()
        .map(|(sign, text)| (me.t(format!("chart-vital-{sign}")), text))
        .collect();
    let paragraphs = note.as_ref().map(paragraphs).unwrap_or_default();
    let page = me.page("consultations-summary-title");
    web::render(&SummaryPage {
        doctor: visit.practitioner_name.clone(),
        when: page.when(visit.started_at),
        signed: visit.signed_at.map(|at| page.when(at)),
        follow_up: note.as_ref().and_then(|note| note.follow_up_on).map(|day| page.date(day)),
        page,
        for_patient: side == Side::Patient,
        hidden,
        visit,
        note,
        vitals,
        paragraphs,
    })
}

/// `POST /visits/{visit}/hiding`
pub(crate) async fn hide(me: Patient, Path(id): Path<VisitId>) -> web::Result {
    set(&me, id, Showing::Hidden).await
}

/// `POST /visits/{visit}/showing`
pub(crate) async fn show_again(me: Patient, Path(id): Path<VisitId>) -> web::Result {
    set(&me, id, Showing::Shown).await
}

async fn set(me: &Patient, id: VisitId, showing: Showing) -> web::Result {
    let mut tx = me.begin().await?;
    visits::hide(&mut tx, me.actor(), id, showing).await?;
    tx.commit().await?;
    me.flash_ok(match showing {
        Showing::Hidden => "consultations-flash-hidden",
        Showing::Shown => "consultations-flash-shown",
    });
    Ok(me.redirect(&format!("/visits/{id}/summary")))
}

fn paragraphs(note: &NoteContent) -> Vec<(&'static str, String)> {
    [
        ("consultations-summary-plan", &note.plan),
        ("consultations-summary-assessment", &note.assessment),
        ("consultations-summary-reason", &note.reason),
        ("consultations-summary-history", &note.history),
        ("consultations-summary-findings", &note.findings),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(key, text)| (key, text.clone()))
    .collect()
}
