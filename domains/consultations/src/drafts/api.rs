//! JSON: the draft.

use axum::extract::Path;
use kernel::ids::VisitId;
use serde::Serialize;
use web::Doctor;

use super::{Draft, read};

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct DraftView {
    #[serde(flatten)]
    draft: Draft,
    /// The language model that wrote it; null for sentences as they were said.
    model: Option<String>,
    /// More was said since the model wrote.
    is_behind: bool,
}

/// `GET /api/v1/visits/{visit}/draft`
pub(crate) async fn show(me: Doctor, Path(id): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    let reading = read::read(me.app(), &mut tx, me.actor(), id).await?;
    tx.commit().await?;
    web::json(&DraftView { draft: reading.draft, model: reading.model, is_behind: reading.is_behind })
}
