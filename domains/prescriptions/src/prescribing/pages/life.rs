//! What a prescriber does with a signed prescription: stop, cancel, hold, release, replace.

use axum::extract::Path;
use kernel::ids::PrescriptionId;
use serde::Deserialize;
use web::{Ctx, Doctor, Form};

use crate::prescribing::{Copying, DraftError, ReadError, end::Ending, store};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct EndFields {
    status: String,
    reason: String,
}

/// `POST /prescriptions/{prescription}/ending`
pub(crate) async fn end(me: Doctor, Path(id): Path<PrescriptionId>, Form(form): Form<EndFields>) -> web::Result {
    let ending = if form.status == "cancelled" { Ending::Cancelled } else { Ending::Stopped };
    let mut tx = me.begin().await?;
    let reason = form.reason.parse().unwrap_or_default();
    crate::prescribing::end(&mut tx, me.actor(), id, ending, reason).await?;
    tx.commit().await?;
    me.flash_ok("prescriptions-ended");
    Ok(me.redirect(&format!("/prescriptions/{id}")))
}

/// `POST /prescriptions/{prescription}/hold`
pub(crate) async fn hold(me: Doctor, Path(id): Path<PrescriptionId>) -> web::Result {
    let mut tx = me.begin().await?;
    crate::prescribing::hold(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    me.flash_ok("prescriptions-held");
    Ok(me.redirect(&format!("/prescriptions/{id}")))
}

/// `POST /prescriptions/{prescription}/release`
pub(crate) async fn release(me: Doctor, Path(id): Path<PrescriptionId>) -> web::Result {
    let mut tx = me.begin().await?;
    crate::prescribing::release(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    me.flash_ok("prescriptions-released");
    Ok(me.redirect(&format!("/prescriptions/{id}")))
}

/// `POST /prescriptions/{prescription}/replacement`
pub(crate) async fn replace(me: Doctor, Path(id): Path<PrescriptionId>) -> web::Result {
    copied(&me, id, Copying::Replacing).await
}

/// A copy as a draft, and the way to it.
pub(crate) async fn copied(me: &Ctx, id: PrescriptionId, copying: Copying) -> web::Result {
    let mut tx = me.begin().await?;
    let draft = crate::prescribing::copy(&mut tx, me.app().vault(), me.actor(), id, copying).await?;
    let practitioner = me.actor().practitioner.ok_or(ReadError::NotFound)?;
    let row = store::lock_own(&mut tx, draft, practitioner).await?.ok_or(DraftError::NotADraft)?;
    tx.commit().await?;
    me.flash_ok("prescriptions-copied");
    Ok(me.redirect(&format!("/visits/{}/prescription", row.visit)))
}
