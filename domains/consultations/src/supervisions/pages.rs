//! HTML: who supervises a doctor, beside the doctor's page; and which notes wait.

use askama::Template;
use axum::extract::Path;
use kernel::{
    Fault, FaultKind, FieldError, LocalDate,
    ids::{NoteApprovalId, PractitionerId, SupervisionId},
};
use people::specialties;
use serde::Deserialize;
use web::{Admin, Form, PageFrame, Query};

use super::{
    NewSupervision, Phase, Supervision, SupervisionError, begin, end,
    store::{self, Candidate},
};
use crate::{
    approvals::{self, Assignment, assign},
    visits::VisitError,
};

/// What is looked for, and what was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    /// Words of a doctor's name.
    q: String,
    supervisor: String,
    from: String,
    until: String,
}

struct Line {
    name: String,
    days: String,
    phase: String,
    tone: &'static str,
    /// Where it is ended; none where it is over.
    ending: Option<String>,
}

struct Waiting {
    words: String,
    state: String,
    tone: &'static str,
    blocked: bool,
    action: String,
    /// Of its own field, one on the page each.
    field: String,
}

#[derive(Template)]
#[template(path = "supervisions/pages/show.html")]
struct ShowPage {
    page: PageFrame,
    doctor: PractitionerId,
    name: String,
    lines: Vec<Line>,
    trainees: Vec<(String, String)>,
    waiting: Vec<Waiting>,
    candidates: Vec<(String, String)>,
    form: Typed,
}

/// `GET /admin/doctors/{doctor}/supervision`
pub(super) async fn show(me: Admin, Path(doctor): Path<PractitionerId>, Query(form): Query<Typed>) -> web::Result {
    web::render(&open(&me, doctor, form, Vec::new()).await?)
}

async fn open(
    me: &Admin,
    doctor: PractitionerId,
    form: Typed,
    errors: Vec<FieldError>,
) -> Result<ShowPage, web::Error> {
    let mut tx = me.begin().await?;
    let name = store::find_name(&mut tx, doctor).await?.ok_or(SupervisionError::NotFound)?;
    let found = store::list_of(&mut tx, doctor).await?;
    let trainees = store::list_trainees(&mut tx, doctor).await?;
    let open = approvals::store::list_open(&mut tx, Some(doctor), false).await?;
    let candidates = store::search_candidates(&mut tx, doctor, form.q.trim()).await?;
    let now = tx.now();
    tx.commit().await?;
    let page = me.page("consultations-supervision-title").with_errors(errors);
    let title = page.tr("consultations-supervision-of", [("doctor", name.as_str())]);
    Ok(ShowPage {
        lines: found.iter().map(|one| line(&page, one, one.phase(now))).collect(),
        trainees: trainees.into_iter().map(|(id, name)| (format!("/admin/doctors/{id}/supervision"), name)).collect(),
        waiting: open.iter().map(|one| waiting(&page, one)).collect(),
        candidates: candidates.iter().map(|one| choice(&page, one)).collect(),
        page: page.titled(&title),
        doctor,
        name,
        form,
    })
}

fn line(page: &PageFrame, one: &Supervision, phase: Phase) -> Line {
    let from = page.date(one.from);
    let until = one.until.map(|until| page.date(until));
    let days = match (&until, one.ended_at) {
        (_, Some(ended)) => {
            page.tr("consultations-supervision-ended", [("from", from.as_str()), ("when", page.when(ended).as_str())])
        }
        (Some(until), None) => {
            page.tr("consultations-supervision-days", [("from", from.as_str()), ("until", until.as_str())])
        }
        (None, None) => page.tr("consultations-supervision-open", [("from", from.as_str())]),
    };
    Line {
        name: one.supervisor_name.clone(),
        days,
        phase: page.t(format!("consultations-supervision-{}", phase.code())),
        tone: match phase {
            Phase::Planned => "info",
            Phase::InForce => "ok",
            Phase::Over => "",
        },
        ending: (phase != Phase::Over).then(|| format!("/admin/supervisions/{}/ending", one.id)),
    }
}

fn waiting(page: &PageFrame, one: &approvals::store::Open) -> Waiting {
    let since = page.when(one.asked_at);
    let args = [("supervisor", one.supervisor_name.as_str()), ("when", since.as_str())];
    let key = if one.blocked { "consultations-supervision-note-stuck" } else { "consultations-supervision-note" };
    let status = approvals::Status::from_code(&one.status);
    Waiting {
        words: page.tr(key, args),
        state: page.t(format!("consultations-approval-{}", one.status)),
        tone: status.map_or("", approvals::Status::tone),
        blocked: one.blocked,
        action: format!("/admin/approvals/{}/assignment", one.id),
        field: format!("supervisor-{}", one.id),
    }
}

fn choice(page: &PageFrame, one: &Candidate) -> (String, String) {
    let known = one.specialties.iter().map(|code| page.t(specialties::name_key(code))).collect::<Vec<_>>().join(", ");
    (one.id.to_string(), if known.is_empty() { one.name.clone() } else { format!("{} ({known})", one.name) })
}

/// `POST /admin/doctors/{doctor}/supervision`
pub(super) async fn add(me: Admin, Path(doctor): Path<PractitionerId>, Form(form): Form<Typed>) -> web::Result {
    let new = match parse(doctor, &form) {
        Ok(new) => new,
        Err(errors) => return web::render_status(422, &open(&me, doctor, form, errors).await?),
    };
    let mut tx = me.begin().await?;
    match begin(&mut tx, me.actor(), new).await {
        Ok(_) => tx.commit().await?,
        Err(error) => match error.kind() {
            FaultKind::Invalid(errors) => {
                tx.rollback().await?;
                return web::render_status(422, &open(&me, doctor, form, errors).await?);
            }
            _ => return Err(error.into()),
        },
    }
    me.flash_ok("consultations-flash-supervision");
    Ok(me.redirect(&format!("/admin/doctors/{doctor}/supervision")))
}

fn parse(doctor: PractitionerId, form: &Typed) -> Result<NewSupervision, Vec<FieldError>> {
    let supervisor: Option<PractitionerId> = form.supervisor.parse().ok();
    let from: Option<LocalDate> = form.from.trim().parse().ok();
    let until: Option<Option<LocalDate>> = match form.until.trim() {
        "" => Some(None),
        day => day.parse().ok().map(Some),
    };
    match (supervisor, from, until) {
        (Some(supervisor), Some(from), Some(until)) => Ok(NewSupervision { trainee: doctor, supervisor, from, until }),
        (supervisor, from, until) => {
            let wrong = [
                (supervisor.is_none(), "supervisor", "consultations-error-supervision-choose"),
                (from.is_none(), "from", "consultations-error-date"),
                (until.is_none(), "until", "consultations-error-date"),
            ];
            let wrong = wrong.into_iter().filter(|(is_wrong, ..)| *is_wrong);
            Err(wrong.map(|(_, field, key)| FieldError::new(field, key)).collect())
        }
    }
}

/// `POST /admin/supervisions/{supervision}/ending`
pub(super) async fn stop(me: Admin, Path(id): Path<SupervisionId>) -> web::Result {
    let mut tx = me.begin().await?;
    let trainee = end(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    me.flash_ok("consultations-flash-supervision-ended");
    Ok(me.redirect(&format!("/admin/doctors/{trainee}/supervision")))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct AssignForm {
    q: String,
    supervisor: String,
}

/// `POST /admin/approvals/{approval}/assignment`
pub(super) async fn assign_one(me: Admin, Path(id): Path<NoteApprovalId>, Form(form): Form<AssignForm>) -> web::Result {
    let mut tx = me.begin().await?;
    let author = approvals::store::find_author(&mut tx, id).await?.ok_or(VisitError::NotFound)?;
    let assigned = if let Ok(supervisor) = form.supervisor.parse() {
        assign(&mut tx, me.actor(), Assignment { approval: id, supervisor }).await
    } else {
        let error = FieldError::new("supervisor", "consultations-error-supervision-choose");
        Err(VisitError::Invalid(vec![error]))
    };
    match assigned {
        Ok(_) => tx.commit().await?,
        Err(VisitError::Invalid(errors)) => {
            tx.rollback().await?;
            let field = format!("supervisor-{id}");
            let errors = errors.into_iter().map(|one| FieldError { field: field.clone().into(), ..one }).collect();
            return web::render_status(422, &open(&me, author, Typed { q: form.q, ..Typed::default() }, errors).await?);
        }
        Err(other) => return Err(other.into()),
    }
    me.flash_ok("consultations-flash-assigned");
    Ok(me.redirect(&format!("/admin/doctors/{author}/supervision#waiting")))
}
