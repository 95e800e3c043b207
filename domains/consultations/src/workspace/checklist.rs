//! What is still to do before the visit can be closed.

use askama::Template;
use axum::extract::Path;
use kernel::ids::VisitId;
use web::{Doctor, PageFrame};

use crate::{
    commands,
    notes::{NoteContent, find_for_visit},
    visits::{Side, VisitError, store as visits},
};

/// One line: a Fluent key and whether it is done.
pub(crate) type Item = (&'static str, bool);

pub(crate) fn items(content: &NoteContent) -> Vec<Item> {
    vec![
        ("consultations-check-assessment", !content.assessment.is_empty() || !content.diagnoses.is_empty()),
        ("consultations-check-diagnosis", !content.diagnoses.is_empty()),
        ("consultations-check-plan", !content.plan.is_empty()),
        ("consultations-check-follow-up", content.follow_up_on.is_some()),
    ]
}

#[derive(Template)]
#[template(path = "workspace/pages/checklist.html")]
struct Checklist {
    page: PageFrame,
    items: Vec<Item>,
}

/// `GET /visits/{visit}/checklist`
pub(crate) async fn show(me: Doctor, Path(id): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    let (visit, side) = visits::find_for(&mut tx, me.actor(), id).await?.ok_or(VisitError::NotFound)?;
    if side != Side::Doctor {
        return Err(VisitError::NotFound.into());
    }
    let note = find_for_visit(&mut tx, me.app().vault(), &visit, chart::purpose::TREATMENT).await?;
    let done = commands::store::list(&mut tx, me.app().vault(), visit.id).await?;
    tx.commit().await?;
    let mut content = note.map(|note| note.content.into_inner()).unwrap_or_default();
    commands::fold(&mut content, &done);
    web::render(&Checklist { page: me.page("consultations-checklist"), items: items(&content) })
}
