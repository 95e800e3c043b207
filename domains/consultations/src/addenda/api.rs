//! JSON: additions to a signed note. They are read with the visit's summary.

use axum::extract::Path;
use kernel::{Timestamp, ids::VisitId};
use serde::Serialize;
use web::{Doctor, Json};

use super::{AddAddendum, Addendum, AddendumInput, AddendumKind, add};

/// Something that was added after signing.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct AddendumView {
    /// From 1 on, in turn.
    number: i32,
    kind: AddendumKind,
    text: String,
    signed_at: Timestamp,
}

impl From<Addendum> for AddendumView {
    fn from(addendum: Addendum) -> Self {
        let content = addendum.content.into_inner();
        Self { number: addendum.number, kind: content.kind, text: content.text, signed_at: addendum.signed_at }
    }
}

/// `POST /api/v1/visits/{visit}/addenda`
pub(super) async fn create(me: Doctor, Path(id): Path<VisitId>, Json(input): Json<AddendumInput>) -> web::Result {
    let mut tx = me.begin().await?;
    let added = add(&mut tx, me.app().vault(), me.actor(), AddAddendum { visit: id, input }).await?;
    tx.commit().await?;
    web::created(&AddendumView::from(added))
}
