//! JSON: photos of a visit, from the patient's side.

use axum::extract::Path;
use chart::documents::take_photo;
use kernel::{
    Timestamp,
    ids::{DocumentId, VisitId},
};
use serde::{Deserialize, Serialize};
use web::{Incoming, Patient, SignedIn};

use super::{make, revoke, send, send::may_send};

/// The form; other fields are passed over.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[expect(dead_code, reason = "says what a form holds, which is read part by part")]
pub(crate) struct PhotoBody {
    /// JPEG or PNG, at most 10 MB.
    #[schemars(extend("format" = "binary"))]
    file: String,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct PhotoView {
    /// The document of the record that it is.
    document_id: DocumentId,
}

/// The address is told once.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct PhotoLinkView {
    link: String,
    expires_at: Timestamp,
}

/// No address takes photos any more.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct PhotoLinkEnded {
    open: bool,
}

/// `POST /api/v1/visits/{visit}/photos`
async fn add(me: Patient, Path(id): Path<VisitId>, mut form: Incoming) -> web::Result {
    let mut tx = me.begin().await?;
    may_send(&mut tx, me.actor(), id).await?;
    tx.rollback().await?;
    let photo = take_photo(me.app(), &mut form).await?;
    let mut tx = me.begin().await?;
    let document_id = send(&mut tx, me.app().vault(), me.actor(), id, photo).await?;
    tx.commit().await?;
    web::created(&PhotoView { document_id })
}

/// `POST /api/v1/visits/{visit}/photo-link`
async fn link(me: Patient, Path(id): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    let made = make(&mut tx, me.app().vault(), me.actor(), id).await?;
    tx.commit().await?;
    let link = identity::door::sender(&me).url(&made.path());
    web::created(&PhotoLinkView { link, expires_at: made.expires_at })
}

/// `POST /api/v1/visits/{visit}/photo-link/revocation`
async fn take_back(me: SignedIn, Path(id): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    revoke(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    web::json(&PhotoLinkEnded { open: false })
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_post_stream::<Patient, PhotoBody, PhotoView, _, _>(
            "/api/v1/visits/{visit}/photos",
            "Send a photo into the visit; it is a document of the record, seen once it is checked",
            add,
        )
        .api_post::<Patient, (), PhotoLinkView, _, _>(
            "/api/v1/visits/{visit}/photo-link",
            "An address by which a phone sends photos without signing in: ten minutes, six photos, one phone",
            link,
        )
        .api_post::<SignedIn, (), PhotoLinkEnded, _, _>(
            "/api/v1/visits/{visit}/photo-link/revocation",
            "Take the address for photos back",
            take_back,
        )
}
