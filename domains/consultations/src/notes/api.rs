//! JSON: the note and its signature.

use axum::extract::Path;
use kernel::ids::VisitId;
use serde::{Deserialize, Serialize};
use web::{Doctor, Json};

use super::{NoteContent, NoteInput, SaveNote, Signing, find_for_visit, save, sign};
use crate::visits::{Incomplete, Side, VisitError, VisitState, store as visits};

/// A draft to keep.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
pub(crate) struct Draft {
    /// The version it was read at (0 before the first save); left out, it replaces whatever stands.
    version: Option<i32>,
    #[serde(flatten)]
    note: NoteInput,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Kept {
    version: i32,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct NoteView {
    version: i32,
    signed: bool,
    #[serde(flatten)]
    note: NoteContent,
}

/// How a visit is signed.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SignBody {
    /// Why the note has no assessment or plan, where it has none.
    incomplete: Option<Incomplete>,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Signed {
    status: VisitState,
    signed_at: Option<kernel::Timestamp>,
}

/// `GET /api/v1/visits/{visit}/note`
pub(crate) async fn show(me: Doctor, Path(id): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    let (visit, side) = visits::find_for(&mut tx, me.actor(), id).await?.ok_or(VisitError::NotFound)?;
    if side != Side::Doctor {
        return Err(VisitError::NotFound.into());
    }
    let note = find_for_visit(&mut tx, me.app().vault(), &visit, chart::purpose::TREATMENT).await?;
    tx.commit().await?;
    let (version, signed, note) = note.map_or((0, false, NoteContent::default()), |note| {
        (note.version, note.signed_at.is_some(), note.content.into_inner())
    });
    web::json(&NoteView { version, signed, note })
}

/// `PUT /api/v1/visits/{visit}/note`
pub(crate) async fn keep(me: Doctor, Path(id): Path<VisitId>, Json(draft): Json<Draft>) -> web::Result {
    let mut tx = me.begin().await?;
    let today = tx.now().date_in(me.zone());
    let content = draft.note.check(today).map_err(VisitError::Invalid)?;
    let command = SaveNote { visit: id, read_at: draft.version, content };
    let version = save(&mut tx, me.app().vault(), me.actor(), command).await?;
    tx.commit().await?;
    web::json(&Kept { version })
}

/// `POST /api/v1/visits/{visit}/signature`
pub(crate) async fn sign_it(me: Doctor, Path(id): Path<VisitId>, Json(body): Json<SignBody>) -> web::Result {
    let visit = signed(&me, Signing { visit: id, incomplete: body.incomplete }).await?;
    web::created(&Signed { status: visit.state, signed_at: visit.signed_at })
}

/// Signs, and empties the media room once that is certain.
pub(crate) async fn signed(me: &Doctor, signing: Signing) -> Result<crate::visits::Visit, web::Error> {
    let mut tx = me.begin().await?;
    let visit = sign(&mut tx, me.app().vault(), me.actor(), signing).await?;
    tx.commit().await?;
    crate::rooms::close(me, signing.visit).await;
    Ok(visit)
}
