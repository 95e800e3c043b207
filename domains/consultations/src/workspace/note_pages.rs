//! HTML: the note's form, for those without scripts too.

use axum::extract::Path;
use kernel::ids::VisitId;
use web::{Doctor, Form};

use super::pages;
use crate::{
    notes::{NoteForm, SaveNote, Signing, save},
    rooms,
    visits::{self, Incomplete, Side, Visit, VisitError, VisitState, store},
};

/// `GET /visits/{visit}/note`: the note is on the workspace.
pub(crate) async fn show(me: Doctor, Path(id): Path<VisitId>) -> web::Result {
    own(&me, id).await?;
    Ok(me.redirect(&format!("/visits/{id}#note")))
}

/// `POST /visits/{visit}/note`: keep the draft, and then end or sign if that button was pressed.
pub(crate) async fn post(me: Doctor, Path(id): Path<VisitId>, Form(form): Form<NoteForm>) -> web::Result {
    let visit = own(&me, id).await?;
    let incomplete = Incomplete::parse(&form.incomplete);
    match keep(&me, &visit, &form).await {
        Ok(()) => {}
        Err(VisitError::Invalid(errors)) => return pages::again(&me, &visit, form, errors).await,
        Err(other) => return Err(other.into()),
    }
    match form.action.as_str() {
        "sign" => {
            let mut tx = me.begin().await?;
            let signing = Signing { visit: id, incomplete };
            match crate::notes::sign(&mut tx, me.app().vault(), me.actor(), signing).await {
                Ok(_) => tx.commit().await?,
                Err(VisitError::Invalid(errors)) => {
                    tx.rollback().await?;
                    let form = NoteForm { version: (version(&form) + 1).to_string(), ..form };
                    return pages::again(&me, &visit, form, errors).await;
                }
                Err(other) => return Err(other.into()),
            }
            rooms::close(&me, id).await;
            me.flash_ok("consultations-flash-signed");
        }
        "end" => {
            let mut tx = me.begin().await?;
            visits::end(&mut tx, me.actor(), id, incomplete).await?;
            tx.commit().await?;
            rooms::close(&me, id).await;
            me.flash_ok("consultations-flash-ended");
        }
        _ => me.flash_ok("consultations-flash-saved"),
    }
    Ok(me.redirect(&format!("/visits/{id}")))
}

async fn keep(me: &Doctor, visit: &Visit, form: &NoteForm) -> Result<(), VisitError> {
    if visit.state == VisitState::Signed {
        return Err(VisitError::Illegal(visit.state));
    }
    let mut tx = me.app().db().begin(&me.actor().context()).await?;
    let today = tx.now().date_in(me.zone());
    let content = form.check(today).map_err(VisitError::Invalid)?;
    let command = SaveNote { visit: visit.id, read_at: Some(version(form)), content };
    save(&mut tx, me.app().vault(), me.actor(), command).await?;
    Ok(tx.commit().await?)
}

fn version(form: &NoteForm) -> i32 {
    form.version.parse().unwrap_or(0)
}

async fn own(me: &Doctor, id: VisitId) -> Result<Visit, web::Error> {
    let mut tx = me.begin().await?;
    let found = store::find_for(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    match found {
        Some((visit, Side::Doctor)) => Ok(visit),
        Some((_, Side::Patient)) | None => Err(VisitError::NotFound.into()),
    }
}
