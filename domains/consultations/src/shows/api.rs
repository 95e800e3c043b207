//! JSON: what was shared, shown and sent, and showing a document.

use axum::extract::Path;
use kernel::{
    Timestamp,
    ids::{DocumentId, ShowId, VisitId},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Json, SignedIn};

use super::{ShowError, show, stop, store};
use crate::visits;

/// One thing that was shared, shown or sent.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct ShownItem {
    id: Uuid,
    /// `screen`, `document` or `photo`.
    kind: String,
    /// `patient`, `doctor`, or as what a third party came.
    by: String,
    at: Timestamp,
    until: Option<Timestamp>,
    document_id: Option<DocumentId>,
    /// Of a photo: `quarantined`, `clean` or `refused`.
    state: Option<String>,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct ShowsView {
    /// The document that is shown now.
    shown: Option<DocumentId>,
    items: Vec<ShownItem>,
}

/// Which document.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShowBody {
    document_id: DocumentId,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct ShowView {
    id: ShowId,
}

/// Nothing is shown any more.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct StoppedView {
    shown: Option<DocumentId>,
}

/// `GET /api/v1/visits/{visit}/shows`
async fn list(me: SignedIn, Path(id): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    visits::find_for(&mut tx, me.actor(), id).await?.ok_or(ShowError::NotFound)?;
    let current = store::find_current(&mut tx, id).await?;
    let happened = store::list(&mut tx, id).await?;
    tx.commit().await?;
    let item = |one: store::Happened| ShownItem {
        id: one.id,
        kind: one.kind,
        by: one.role,
        at: one.at,
        until: one.until,
        document_id: one.document,
        state: one.state,
    };
    web::json(&ShowsView {
        shown: current.map(|current| current.document),
        items: happened.into_iter().map(item).collect(),
    })
}

/// `POST /api/v1/visits/{visit}/shows`
async fn create(me: SignedIn, Path(id): Path<VisitId>, Json(body): Json<ShowBody>) -> web::Result {
    let mut tx = me.begin().await?;
    let id = show(&mut tx, me.app().vault(), me.actor(), id, body.document_id).await?;
    tx.commit().await?;
    web::created(&ShowView { id })
}

/// `POST /api/v1/visits/{visit}/shows/ending`
async fn end(me: SignedIn, Path(id): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    stop(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    web::json(&StoppedView { shown: None })
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_get::<SignedIn, (), ShowsView, _, _>(
            "/api/v1/visits/{visit}/shows",
            "What was shared, shown and sent at a visit, and the document that is shown now",
            list,
        )
        .api_post::<SignedIn, ShowBody, ShowView, _, _>(
            "/api/v1/visits/{visit}/shows",
            "Show a document of the patient in the room; it takes the place of what was shown",
            create,
        )
        .api_post::<SignedIn, (), StoppedView, _, _>(
            "/api/v1/visits/{visit}/shows/ending",
            "Stop showing the document",
            end,
        )
}
