//! HTML: the form below the summary, for the visit's own doctor.

use axum::extract::Path;
use kernel::{FieldError, ids::VisitId};
use serde::Deserialize;
use web::{Doctor, Form};

use super::{AddAddendum, AddendumInput, AddendumKind, add};
use crate::{approvals, summary, visits::VisitError};

/// What is typed; kept when it is refused.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AddendumForm {
    pub(crate) kind: String,
    pub(crate) text: String,
    pub(crate) after: String,
    /// `send`: the note goes to its supervisor again at once.
    pub(crate) action: String,
}

/// `POST /visits/{visit}/addenda`
pub(super) async fn post(me: Doctor, Path(id): Path<VisitId>, Form(form): Form<AddendumForm>) -> web::Result {
    let input = AddendumInput {
        kind: AddendumKind::from_code(&form.kind).unwrap_or_default(),
        text: form.text.clone(),
        after: form.after.parse().ok(),
    };
    let mut tx = me.begin().await?;
    match add(&mut tx, me.app().vault(), me.actor(), AddAddendum { visit: id, input }).await {
        Ok(_) => {
            if form.action == "send" {
                approvals::send_again(&mut tx, me.actor(), id).await?;
            }
            tx.commit().await?;
        }
        Err(VisitError::Invalid(errors)) => {
            tx.rollback().await?;
            return summary::again(&me, id, form, errors).await;
        }
        Err(VisitError::Stale { .. }) => {
            tx.rollback().await?;
            let errors = vec![FieldError::new("text", "consultations-error-addendum-stale")];
            return summary::again(&me, id, form, errors).await;
        }
        Err(other) => return Err(other.into()),
    }
    me.flash_ok("consultations-flash-amended");
    Ok(me.redirect(&format!("/visits/{id}/summary#addenda")))
}
