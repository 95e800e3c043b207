//! HTML: documents and photos of a visit, and what is shown now. Both stand in the room, too.

use askama::Template;
use axum::{extract::Path, response::Response};
use chart::documents::{self, Document, DocumentKind, DocumentState, LATEST};
use kernel::{
    FieldError,
    ids::{DocumentId, VisitId},
};
use serde::Deserialize;
use web::{Ctx, Form, PageFrame, SignedIn};

use super::{
    RecordLine, ShowError,
    record::{base, record},
    show, stop, store,
};
use crate::{
    photos::{self, FreshLink, OpenLink},
    visits::{self, Side, Visit, VisitState},
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<SignedIn, _, _>("/visits/{visit}/shows", open)
        .post::<SignedIn, _, _>("/visits/{visit}/shows", post)
        .get::<SignedIn, _, _>("/visits/{visit}/shown", shown)
        .post::<SignedIn, _, _>("/visits/{visit}/shown/ending", end)
}

/// A document that may be shown.
struct Row {
    id: DocumentId,
    title: String,
    kind: String,
    icon: &'static str,
}

#[expect(clippy::struct_excessive_bools, reason = "each says one thing of the page")]
#[derive(Template)]
#[template(path = "shows/pages/shows.html")]
struct ShowsPage {
    page: PageFrame,
    visit: VisitId,
    other: String,
    is_patient: bool,
    /// Where photos are sent.
    action: String,
    is_open: bool,
    has_guests_rule: bool,
    /// What is shown now.
    is_showing: bool,
    rows: Vec<Row>,
    lines: Vec<RecordLine>,
    /// An address that still takes photos: until when, and how many.
    link: Option<(String, String)>,
    /// Shown once.
    fresh: Option<FreshLink>,
}

#[derive(Template)]
#[template(path = "shows/pages/shown.html")]
struct ShownPage {
    page: PageFrame,
    visit: VisitId,
    is_showing: bool,
    title: String,
    href: String,
    preview: String,
    icon: &'static str,
}

/// What else the page is to say.
#[derive(Default)]
pub(crate) struct PanelAsked {
    pub(crate) fresh: Option<FreshLink>,
    pub(crate) errors: Vec<FieldError>,
}

/// `GET /visits/{visit}/shows`
async fn open(me: SignedIn, Path(id): Path<VisitId>) -> web::Result {
    panel(&me, id, PanelAsked::default()).await
}

/// The page of documents and photos.
pub(crate) async fn panel(me: &Ctx, id: VisitId, asked: PanelAsked) -> web::Result {
    let status = if asked.errors.is_empty() { 200 } else { 422 };
    let vault = me.app().vault();
    let page = me.page("consultations-shows-title").with_errors(asked.errors);
    let mut tx = me.begin().await?;
    let (visit, side) = visits::find_for(&mut tx, me.actor(), id).await?.ok_or(ShowError::NotFound)?;
    let is_open = visit.state == VisitState::Open;
    let is_showing = store::find_current(&mut tx, id).await?.is_some();
    let lines = record(&mut tx, vault, &page, (&visit, side)).await?;
    let rows = if is_open {
        let all = documents::list_for(&mut tx, vault, visit.patient, side.purpose(), LATEST).await?;
        all.into_iter().filter(|one| one.state == DocumentState::Clean).map(|one| row(me, one)).collect()
    } else {
        Vec::new()
    };
    let link = photos::store::find_open(&mut tx, id).await?.filter(|_| is_open);
    tx.commit().await?;
    let until = |link: OpenLink| (page.time(link.expires_at), link.photos_left.to_string());
    web::render_status(
        status,
        &ShowsPage {
            visit: id,
            other: other(&visit, side),
            is_patient: side == Side::Patient,
            action: format!("/visits/{id}/photos"),
            is_open,
            has_guests_rule: visit.has_media(),
            is_showing,
            rows,
            lines,
            link: link.map(until),
            fresh: asked.fresh,
            page,
        },
    )
}

fn row(me: &Ctx, document: Document) -> Row {
    let kind: DocumentKind = document.kind;
    Row {
        id: document.id,
        icon: kind.icon(),
        kind: me.t(format!("chart-document-kind-{}", kind.as_str())),
        title: document.title,
    }
}

fn other(visit: &Visit, side: Side) -> String {
    match side {
        Side::Patient => visit.practitioner_name.clone(),
        Side::Doctor => visit.patient_name.clone(),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ShowForm {
    document: String,
}

/// `POST /visits/{visit}/shows`
async fn post(me: SignedIn, Path(id): Path<VisitId>, Form(form): Form<ShowForm>) -> web::Result {
    let mut tx = me.begin().await?;
    visits::find_for(&mut tx, me.actor(), id).await?.ok_or(ShowError::NotFound)?;
    let Ok(document) = form.document.parse::<DocumentId>() else {
        tx.rollback().await?;
        let errors = vec![FieldError::new("document", "consultations-error-document")];
        return panel(&me, id, PanelAsked { errors, ..PanelAsked::default() }).await;
    };
    show(&mut tx, me.app().vault(), me.actor(), id, document).await?;
    tx.commit().await?;
    Ok(me.redirect(&format!("/visits/{id}/shows")))
}

/// `GET /visits/{visit}/shown`
async fn shown(me: SignedIn, Path(id): Path<VisitId>) -> web::Result {
    let page = me.page("consultations-shown-title");
    let mut tx = me.begin().await?;
    let (visit, side) = visits::find_for(&mut tx, me.actor(), id).await?.ok_or(ShowError::NotFound)?;
    let document = match store::find_current(&mut tx, id).await? {
        Some(current) => {
            let vault = me.app().vault();
            Some(documents::list_of(&mut tx, vault, visit.patient, side.purpose(), &[current.document]).await?)
        }
        None => None,
    };
    tx.commit().await?;
    let is_showing = document.is_some();
    // Removed meanwhile, or not for this doctor any more: then only that something is shown is said.
    let document = document.and_then(|found| found.into_iter().next());
    let document = document.filter(|document| document.state == DocumentState::Clean);
    let base = base(&visit, side);
    web::render(&ShownPage {
        page,
        visit: id,
        is_showing,
        href: document.as_ref().map(|document| format!("{base}/{}", document.id)).unwrap_or_default(),
        preview: document
            .as_ref()
            .filter(|document| document.has_preview)
            .map(|document| format!("{base}/{}/preview", document.id))
            .unwrap_or_default(),
        icon: document.as_ref().map_or("file-text", |document| document.kind.icon()),
        title: document.map(|document| document.title).unwrap_or_default(),
    })
}

/// `POST /visits/{visit}/shown/ending`
async fn end(me: SignedIn, Path(id): Path<VisitId>) -> web::Result<Response> {
    let mut tx = me.begin().await?;
    stop(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    Ok(me.redirect(&format!("/visits/{id}/shown")))
}
