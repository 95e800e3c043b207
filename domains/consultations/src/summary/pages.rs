//! HTML: the summary.

use askama::Template;
use axum::extract::Path;
use chart::problems::Showing;
use kernel::{FieldError, ids::VisitId};
use web::{Ctx, Doctor, PageFrame, Patient, SignedIn};

use super::api::{self, Opened};
use crate::{
    addenda::{Addendum, AddendumForm, AddendumKind},
    approvals::{self, Approval, Status as Checked},
    commands::{self, CommandRow},
    notes::NoteContent,
    shows::{self, RecordLine},
    visits::{self, Side, Visit, VisitState},
};

#[derive(Template)]
#[template(path = "summary/pages/summary.html")]
struct SummaryPage {
    page: PageFrame,
    visit: Visit,
    for_patient: bool,
    hidden: bool,
    /// Where the answers given before the visit are; empty where there are none.
    answers: String,
    /// What was shared, shown and sent.
    lines: Vec<RecordLine>,
    note: Option<NoteContent>,
    vitals: Vec<(String, String)>,
    paragraphs: Vec<(&'static str, String)>,
    doctor: String,
    when: String,
    signed: Option<String>,
    follow_up: Option<String>,
    addenda: Vec<Added>,
    issued: Vec<Issued>,
    /// For the visit's own doctor, once the note is signed.
    form: Option<AddendumForm>,
    kinds: Vec<(&'static str, String)>,
    checked: Option<Check>,
    /// It was returned to the reader: an addition may be sent with the note at once.
    returned: bool,
    /// What its supervisor wrote when returning it, for its own doctor.
    returns: Vec<Added>,
}

/// How far the checking of the note has come.
struct Check {
    words: String,
    icon: &'static str,
    tone: &'static str,
    /// Some additions came after it was approved.
    later: bool,
    /// It was returned to the reader.
    returned: bool,
    /// The reader has answered, and may send it again.
    answered: bool,
}

/// In words, for this side: whether a note was returned is between the two doctors.
fn check(page: &PageFrame, one: &Approval, (own, added): (bool, i32)) -> Check {
    let name = one.supervisor_name.as_str();
    let when = one.approved_at.map(|at| page.when(at)).unwrap_or_default();
    let args = [("name", name), ("when", when.as_str())];
    let read = one.addenda.unwrap_or_default();
    let (key, icon, tone) = match (one.status, own) {
        (Checked::Approved, _) => ("consultations-approval-is-approved", "badge-check", "ok"),
        (Checked::Returned, true) => ("consultations-approval-is-returned", "undo-2", "crit"),
        (Checked::Awaiting | Checked::Returned, _) => ("consultations-approval-is-awaiting", "clock", "info"),
    };
    let returned = one.status == Checked::Returned && own;
    Check {
        words: page.tr(key, args),
        icon,
        tone,
        later: one.status == Checked::Approved && added > read,
        returned,
        answered: returned && added > read,
    }
}

/// A paper, or a referral to somebody of this hospital.
struct Issued {
    kind: String,
    title: String,
    details: Vec<(String, String)>,
    paper: String,
    /// Where the patient books with the doctor they are referred to.
    book: Option<String>,
}

fn issued(page: &PageFrame, row: &CommandRow) -> Issued {
    let command = row.content.expose();
    Issued {
        kind: page.t(format!("consultations-letter-{}", row.kind.code())),
        title: commands::title(page, command),
        details: commands::details(page, command),
        paper: format!("/letters/{}.pdf", row.id),
        book: command.referred_to().map(|doctor| format!("/doctors/{doctor}")),
    }
}

struct Added {
    title: String,
    text: String,
}

/// `GET /visits/{visit}/summary`
pub(crate) async fn show(me: SignedIn, Path(id): Path<VisitId>) -> web::Result {
    let opened = api::open(&me, id).await?;
    if opened.visit.state == VisitState::Open && opened.side == Side::Patient {
        return Ok(me.redirect(&format!("/visits/{id}")));
    }
    let me = me.about(opened.visit.patient);
    let lines = lines(&me, &opened).await?;
    web::render(&SummaryPage::of(&me, opened, None, lines))
}

/// What was shared, shown and sent at the visit, for its two.
async fn lines(me: &Ctx, opened: &Opened) -> Result<Vec<RecordLine>, web::Error> {
    let page = me.page("consultations-summary-title");
    let mut tx = me.begin().await?;
    let lines = shows::record(&mut tx, me.app().vault(), &page, (&opened.visit, opened.side)).await?;
    tx.commit().await?;
    Ok(lines)
}

/// The page with what was typed below it, and what to do about it.
pub(crate) async fn again(me: &Doctor, id: VisitId, form: AddendumForm, errors: Vec<FieldError>) -> web::Result {
    let opened = api::open(me, id).await?;
    let form = AddendumForm { after: last(&opened.addenda).to_string(), ..form };
    let lines = lines(me, &opened).await?;
    let mut shown = SummaryPage::of(me, opened, Some(form), lines);
    shown.page = shown.page.with_errors(errors);
    web::render_status(422, &shown)
}

fn last(addenda: &[Addendum]) -> i32 {
    addenda.last().map_or(0, |addendum| addendum.number)
}

impl SummaryPage {
    fn of(me: &Ctx, opened: Opened, typed: Option<AddendumForm>, lines: Vec<RecordLine>) -> Self {
        let Opened { visit, side, note, addenda, commands, approval, words, hidden, answered } = opened;
        let vitals = note.as_ref().map(|note| note.vitals.printed()).unwrap_or_default();
        let page = me.page("consultations-summary-title");
        let added = |addendum: &Addendum| {
            let content = addendum.content.expose();
            let kind = page.t(format!("consultations-addendum-{}", content.kind.code()));
            let title = page.tr(
                "consultations-addendum-signed",
                [("kind", kind.as_str()), ("when", page.when(addendum.signed_at).as_str())],
            );
            Added { title, text: content.text.clone() }
        };
        let is_own = me.actor().practitioner == Some(visit.practitioner) && note.is_some();
        let checked = approval.as_ref().map(|one| check(&page, one, (is_own, last(&addenda))));
        let returns = words
            .iter()
            .map(|one| Added { title: approvals::returned_title(&page, one), text: one.text.expose().clone() });
        let blank = || AddendumForm { after: last(&addenda).to_string(), ..AddendumForm::default() };
        Self {
            doctor: visit.practitioner_name.clone(),
            when: page.when(visit.started_at),
            signed: visit.signed_at.map(|at| page.when(at)),
            follow_up: note.as_ref().and_then(|note| note.follow_up_on).map(|day| page.date(day)),
            issued: commands.iter().filter(|row| row.kind.is_paper()).map(|row| issued(&page, row)).collect(),
            addenda: addenda.iter().map(added).collect(),
            returns: returns.collect(),
            returned: checked.as_ref().is_some_and(|check| check.returned),
            checked,
            form: is_own.then(|| typed.unwrap_or_else(blank)),
            kinds: AddendumKind::ALL
                .map(|kind| (kind.code(), page.t(format!("consultations-addendum-{}", kind.code()))))
                .to_vec(),
            vitals: vitals.into_iter().map(|(sign, text)| (page.t(format!("chart-vital-{sign}")), text)).collect(),
            paragraphs: note.as_ref().map(paragraphs).unwrap_or_default(),
            page,
            answers: if answered { answers(&visit, side) } else { String::new() },
            for_patient: side == Side::Patient,
            lines,
            hidden,
            visit,
            note,
        }
    }
}

/// The page with the answers given before the visit.
fn answers(visit: &Visit, side: Side) -> String {
    match side {
        Side::Patient => format!("/appointments/{}/intake", visit.appointment),
        Side::Doctor => format!("/visits/{}/intake", visit.id),
    }
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

pub(crate) fn paragraphs(note: &NoteContent) -> Vec<(&'static str, String)> {
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
