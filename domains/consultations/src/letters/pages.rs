//! HTML: a patient's papers, one as PDF, and the public page of its code.

use askama::Template;
use axum::extract::Path;
use kernel::ids::CommandId;
use web::{Download, PageFrame, Patient, Shown, SignedIn, Visitor};

use super::{grouped, initials, paper, store};
use crate::{
    commands::{self, Command, CommandRow, Kind, Status, store as rows},
    visits::VisitError,
};

/// One paper in the list.
struct Card {
    href: String,
    kind: Kind,
    kind_name: String,
    title: String,
    author: String,
    issued: String,
    withdrawn: bool,
}

#[derive(Template)]
#[template(path = "letters/pages/list.html")]
struct LettersPage {
    page: PageFrame,
    cards: Vec<Card>,
}

/// What the public page says: that it stands, whose it is by initials, who wrote it, and for which days.
struct Checked {
    kind_name: String,
    valid: bool,
    author: String,
    registration: String,
    initials: String,
    issued: String,
    /// Of a sick note.
    days: String,
}

#[derive(Template)]
#[template(path = "letters/pages/verify.html")]
struct VerifyPage {
    page: PageFrame,
    code: String,
    paper: Option<Checked>,
    altered: bool,
}

/// `GET /letters`
pub(super) async fn list(me: Patient) -> web::Result {
    let mut tx = me.begin().await?;
    rows::seen(&mut tx, me.patient_id(), chart::purpose::OWN).await?;
    let papers = rows::list_papers(&mut tx, me.app().vault(), me.patient_id()).await?;
    let ids: Vec<CommandId> = papers.iter().map(|row| row.id).collect();
    let authors = store::list_authors(&mut tx, &ids).await?;
    tx.commit().await?;
    let page = me.page("consultations-letters-title");
    let cards = papers.iter().zip(authors).map(|(row, author)| Card {
        href: format!("/letters/{}.pdf", row.id),
        kind: row.kind,
        kind_name: page.t(format!("consultations-letter-{}", row.kind.code())),
        title: commands::title(&page, row.content.expose()),
        author,
        issued: row.committed_at.map(|at| page.day(at)).unwrap_or_default(),
        withdrawn: row.status == Status::EnteredInError,
    });
    let cards = cards.collect();
    web::render(&LettersPage { page, cards })
}

/// `GET /letters/{letter}.pdf`: the router takes whole segments only.
pub(super) async fn document(me: SignedIn, Path(name): Path<String>) -> web::Result {
    let id: CommandId = name.strip_suffix(".pdf").and_then(|id| id.parse().ok()).ok_or(VisitError::NotFound)?;
    let mut tx = me.begin().await?;
    let row = rows::find(&mut tx, me.app().vault(), id).await?.filter(|row| row.verify_code.is_some());
    let row = row.ok_or(VisitError::NotFound)?;
    let own = me.actor().patients.contains(&row.patient);
    let purpose = if own { chart::purpose::OWN } else { chart::purpose::TREATMENT };
    rows::seen(&mut tx, row.patient, purpose).await?;
    let people = store::find_people(&mut tx, id).await?.ok_or(VisitError::NotFound)?;
    tx.commit().await?;
    let bytes = paper::pdf(&me, &row, &people).await?;
    let filename = format!(
        "{}-{}.pdf",
        row.kind.code().replace('_', "-"),
        grouped(row.verify_code.as_deref().unwrap_or_default())
    );
    Ok(Download { filename: &filename, mime: "application/pdf", bytes, shown: Shown::Attachment }.into_response())
}

/// `GET /papers/{code}`
pub(super) async fn verify(me: Visitor, Path(code): Path<String>) -> web::Result {
    let code: String =
        code.chars().filter(char::is_ascii_alphanumeric).take(40).collect::<String>().to_ascii_uppercase();
    let mut tx = me.begin_system("check a paper by its code").await?;
    let (row, altered) = match rows::find_by_code(&mut tx, me.app().vault(), &code).await {
        Ok(row) => (row, false),
        Err(VisitError::Vault(vault::Error::Tampered(_))) => (None, true),
        Err(other) => return Err(other.into()),
    };
    let people = match &row {
        Some(row) => store::find_people(&mut tx, row.id).await?,
        None => None,
    };
    tx.commit().await?;
    let page = me.page("consultations-papers-title");
    let paper = row.zip(people).map(|(row, people)| checked(&page, &row, people));
    let status = if paper.is_some() || altered { 200 } else { 404 };
    web::render_status(status, &VerifyPage { page, code: grouped(&code), paper, altered })
}

fn checked(page: &PageFrame, row: &CommandRow, people: store::People) -> Checked {
    let registration = format!("{} {}", people.author_registration_body, people.author_registration_no);
    let days = match row.content.expose() {
        command @ Command::SickNote { .. } => commands::title(page, command),
        _ => String::new(),
    };
    Checked {
        kind_name: page.t(format!("consultations-letter-{}", row.kind.code())),
        valid: row.status == Status::Committed,
        author: people.author_name,
        registration: registration.trim().to_owned(),
        initials: initials(&people.patient_name),
        issued: row.committed_at.map(|at| page.day(at)).unwrap_or_default(),
        days,
    }
}
