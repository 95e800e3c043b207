//! HTML: the commands beside the note, for those without scripts too.

use askama::Template;
use axum::extract::Path;
use kernel::{
    FieldError,
    ids::{CommandId, VisitId},
};
use people::specialties;
use serde::Deserialize;
use web::{Doctor, Form, PageFrame, Query};

use super::{
    Capacity, CommandRow, Commitment, Kind, Stage, Status, Urgency, Withdrawal, change,
    form::CommandForm,
    store::{self, Colleague},
    words,
};
use crate::visits::{Side, Visit, VisitError, VisitState, store as visits};

/// One command, ready to show.
struct Line {
    id: CommandId,
    kind_name: String,
    title: String,
    details: Vec<(String, String)>,
    status: Status,
    version: i32,
    /// It may still be taken back.
    open: bool,
    /// Its withdrawal was refused just now.
    refused: bool,
    /// The paper it issued.
    paper: Option<String>,
}

/// A doctor of this hospital who may be chosen.
struct Choice {
    id: String,
    name: String,
    hint: String,
}

#[derive(Template)]
#[template(path = "commands/pages/commands.html")]
struct CommandsPage {
    page: PageFrame,
    visit: Visit,
    visit_href: String,
    lines: Vec<Line>,
    staged: usize,
    /// The kinds that may be begun now.
    kinds: Vec<(Kind, String, String)>,
    form: Option<(Kind, CommandForm)>,
    specialties: Vec<(&'static str, String)>,
    urgencies: Vec<(&'static str, String)>,
    capacities: Vec<(&'static str, String)>,
    colleagues: Vec<Choice>,
    searched: bool,
    /// Something was typed that is no command.
    typed: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    /// The kind of a new command, by its code or its name.
    new: String,
    /// A staged command to change.
    edit: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CommitForm {
    version: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WithdrawForm {
    reason: String,
}

/// What the page opens with.
#[derive(Default)]
struct Opening {
    new: Option<Kind>,
    form: Option<CommandForm>,
    errors: Vec<FieldError>,
    typed: String,
    edit: Option<CommandId>,
    refused: Option<CommandId>,
}

/// `GET /visits/{visit}/commands`
pub(super) async fn show(me: Doctor, Path(id): Path<VisitId>, Query(wanted): Query<Wanted>) -> web::Result {
    let typed = wanted.new.trim().trim_start_matches('/').trim().to_lowercase();
    let kind = Kind::ALL.into_iter().find(|kind| {
        let name = me.t(format!("consultations-command-{}", kind.code())).to_lowercase();
        !typed.is_empty() && (kind.code() == typed || kind.code().replace('_', " ") == typed || name == typed)
    });
    let opening = Opening {
        new: kind,
        typed: if kind.is_none() { typed } else { String::new() },
        edit: wanted.edit.parse().ok(),
        ..Opening::default()
    };
    web::render(&open(&me, id, opening).await?)
}

async fn open(me: &Doctor, id: VisitId, opening: Opening) -> Result<CommandsPage, web::Error> {
    let mut tx = me.begin().await?;
    let (visit, side) = visits::find_for(&mut tx, me.actor(), id).await?.ok_or(VisitError::NotFound)?;
    if side != Side::Doctor {
        return Err(VisitError::NotFound.into());
    }
    store::seen(&mut tx, visit.patient, chart::purpose::TREATMENT).await?;
    let rows = store::list(&mut tx, me.app().vault(), id).await?;
    let edited = rows.iter().find(|row| Some(row.id) == opening.edit && row.status == Status::Staged);
    let today = tx.now().date_in(me.zone());
    let form = opening
        .form
        .or_else(|| opening.new.map(|kind| CommandForm::blank(kind, today)))
        .or_else(|| edited.map(|row| CommandForm::of(row.content.expose(), (row.id, row.version))))
        .and_then(|form| Kind::from_code(&form.kind).map(|kind| (kind, form)));
    let searched = form.as_ref().is_some_and(|(kind, form)| *kind == Kind::Refer && form.action == "find");
    let colleagues = match &form {
        Some((Kind::Refer, form)) if searched || !form.to.is_empty() => {
            store::search_colleagues(&mut tx, me.actor(), (form.to_name.trim(), &form.specialty)).await?
        }
        _ => Vec::new(),
    };
    tx.commit().await?;
    let page = me.page("consultations-commands-title").with_errors(opening.errors);
    let signed = visit.state == VisitState::Signed;
    let named = |kind: Kind| {
        let (name, hint) =
            (format!("consultations-command-{}", kind.code()), format!("consultations-command-{}-hint", kind.code()));
        (kind, me.t(name), me.t(hint))
    };
    let lines: Vec<Line> = rows.iter().map(|row| line(&page, row, visit.state, opening.refused)).collect();
    Ok(CommandsPage {
        staged: lines.iter().filter(|line| line.status == Status::Staged).count(),
        kinds: Kind::ALL.into_iter().filter(|kind| !signed || kind.is_paper()).map(named).collect(),
        specialties: specialties::CODES.map(|code| (code, me.t(specialties::name_key(code)))).to_vec(),
        urgencies: Urgency::ALL.map(|one| (one.code(), me.t(format!("consultations-urgency-{}", one.code())))).to_vec(),
        capacities: Capacity::ALL
            .map(|one| (one.code(), me.t(format!("consultations-capacity-{}", one.code()))))
            .to_vec(),
        colleagues: colleagues.into_iter().map(|one| choice(me, one)).collect(),
        typed: opening.typed,
        visit_href: format!("/visits/{id}"),
        page,
        visit,
        lines,
        form,
        searched,
    })
}

fn line(page: &PageFrame, row: &CommandRow, state: VisitState, refused: Option<CommandId>) -> Line {
    Line {
        id: row.id,
        kind_name: page.t(format!("consultations-command-{}", row.kind.code())),
        title: words::title(page, row.content.expose()),
        details: words::details(page, row.content.expose()),
        status: row.status,
        version: row.version,
        refused: refused == Some(row.id),
        open: row.status == Status::Committed && (row.kind.is_paper() || state != VisitState::Signed),
        paper: row.verify_code.is_some().then(|| format!("/letters/{}.pdf", row.id)),
    }
}

fn choice(me: &Doctor, colleague: Colleague) -> Choice {
    let known = colleague.specialties.iter().map(|code| me.t(specialties::name_key(code)));
    let hint: Vec<String> = known.chain([colleague.city]).filter(|text| !text.is_empty()).collect();
    Choice { id: colleague.id.to_string(), name: colleague.name, hint: hint.join(" · ") }
}

/// `POST /visits/{visit}/commands`: stage, or stage and commit, or look for a doctor of this hospital.
pub(super) async fn stage(me: Doctor, Path(id): Path<VisitId>, Form(form): Form<CommandForm>) -> web::Result {
    if form.action == "find" {
        return web::render(&open(&me, id, Opening { form: Some(form), ..Opening::default() }).await?);
    }
    let command = match form.read() {
        Ok(command) => command,
        Err(errors) => return again(&me, id, form, errors).await,
    };
    let mut tx = me.begin().await?;
    let today = tx.now().date_in(me.zone());
    let new = Stage { visit: id, command, instead_of: form.instead_of(), today };
    let done = match change::stage(&mut tx, me.app().vault(), me.actor(), new).await {
        Ok(row) if form.action == "commit" => {
            let one = Commitment { visit: id, command: row.id, read_at: None, today };
            super::commit(&mut tx, me.app().vault(), me.actor(), one).await.map(|_| ())
        }
        other => other.map(|_| ()),
    };
    match done {
        Ok(()) => tx.commit().await?,
        Err(VisitError::Invalid(errors)) => {
            tx.rollback().await?;
            return again(&me, id, form, errors).await;
        }
        Err(other) => return Err(other.into()),
    }
    Ok(me.redirect(&format!("/visits/{id}/commands")))
}

/// The page's fields have names of their own where the note beside it has the same.
fn renamed(error: FieldError) -> FieldError {
    FieldError { field: if error.field == "code" { "icd10".into() } else { error.field }, ..error }
}

async fn again(me: &Doctor, id: VisitId, form: CommandForm, errors: Vec<FieldError>) -> web::Result {
    let errors = errors.into_iter().map(renamed).collect();
    web::render_status(422, &open(me, id, Opening { form: Some(form), errors, ..Opening::default() }).await?)
}

/// `POST /visits/{visit}/commands/{command}/commitment`
pub(super) async fn commit(
    me: Doctor,
    Path((visit, command)): Path<(VisitId, CommandId)>,
    Form(form): Form<CommitForm>,
) -> web::Result {
    committed(&me, visit, &[(command, form.version.parse().ok())]).await
}

/// All of these, or nothing; what is wrong with one of them is said in its form.
async fn committed(me: &Doctor, visit: VisitId, wanted: &[(CommandId, Option<i32>)]) -> web::Result {
    let mut tx = me.begin().await?;
    let today = tx.now().date_in(me.zone());
    for (command, read_at) in wanted {
        let one = Commitment { visit, command: *command, read_at: *read_at, today };
        match super::commit(&mut tx, me.app().vault(), me.actor(), one).await {
            Ok(_) => {}
            Err(VisitError::Invalid(errors)) => {
                tx.rollback().await?;
                let opening = Opening {
                    errors: errors.into_iter().map(renamed).collect(),
                    edit: Some(*command),
                    ..Opening::default()
                };
                return web::render_status(422, &open(me, visit, opening).await?);
            }
            Err(other) => return Err(other.into()),
        }
    }
    tx.commit().await?;
    Ok(me.redirect(&format!("/visits/{visit}/commands")))
}

/// `POST /visits/{visit}/commands/commitment`: everything that is staged, or nothing.
pub(super) async fn commit_all(me: Doctor, Path(id): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    let (visit, side) = visits::find_for(&mut tx, me.actor(), id).await?.ok_or(VisitError::NotFound)?;
    if side != Side::Doctor {
        return Err(VisitError::NotFound.into());
    }
    let rows = store::list(&mut tx, me.app().vault(), visit.id).await?;
    tx.commit().await?;
    let staged: Vec<_> =
        rows.into_iter().filter(|row| row.status == Status::Staged).map(|row| (row.id, Some(row.version))).collect();
    committed(&me, id, &staged).await
}

/// `POST /visits/{visit}/commands/{command}/removal`
pub(super) async fn discard(me: Doctor, Path(of): Path<(VisitId, CommandId)>) -> web::Result {
    let mut tx = me.begin().await?;
    change::discard(&mut tx, me.app().vault(), me.actor(), of).await?;
    tx.commit().await?;
    Ok(me.redirect(&format!("/visits/{}/commands", of.0)))
}

/// `POST /visits/{visit}/commands/{command}/withdrawal`
pub(super) async fn withdraw(
    me: Doctor,
    Path((visit, command)): Path<(VisitId, CommandId)>,
    Form(form): Form<WithdrawForm>,
) -> web::Result {
    let mut tx = me.begin().await?;
    let one = Withdrawal { visit, command, reason: form.reason };
    match super::withdraw(&mut tx, me.app().vault(), me.actor(), one).await {
        Ok(_) => tx.commit().await?,
        Err(VisitError::Invalid(errors)) => {
            tx.rollback().await?;
            let opening = Opening { errors, refused: Some(command), ..Opening::default() };
            return web::render_status(422, &open(&me, visit, opening).await?);
        }
        Err(other) => return Err(other.into()),
    }
    Ok(me.redirect(&format!("/visits/{visit}/commands")))
}
