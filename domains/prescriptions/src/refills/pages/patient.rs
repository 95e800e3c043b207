//! The part of a prescription's page where its patient asks for a refill.

use axum::extract::Path;
use db::Tx;
use kernel::ids::PrescriptionId;
use serde::Deserialize;
use web::{Ctx, Form, Patient};

use crate::{
    fills,
    prescribing::{Prescription, ReadError},
    refills::{
        model::{RefillStatus, from_when, refills_remain},
        read,
    },
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AskFields {
    note: String,
}

/// What the page shows of refills.
pub(crate) struct Panel {
    /// Where the latest request stands; empty when there is none.
    pub(crate) status: String,
    pub(crate) tone: &'static str,
    pub(crate) detail: String,
    pub(crate) answer: String,
    /// The prescription that answered it.
    pub(crate) renewed_href: String,
    /// Whether the form is shown.
    pub(crate) may_ask: bool,
    /// Why it is not.
    pub(crate) because: String,
}

/// `POST /prescriptions/{prescription}/refill-requests`
pub(crate) async fn ask(me: Patient, Path(id): Path<PrescriptionId>, Form(form): Form<AskFields>) -> web::Result {
    let mut tx = me.begin().await?;
    crate::refills::ask(&mut tx, me.app().vault(), me.actor(), id, &form.note).await?;
    tx.commit().await?;
    me.flash_ok("prescriptions-refill-asked");
    Ok(me.redirect(&format!("/prescriptions/{id}")))
}

/// What a patient sees of refills of a prescription.
pub(crate) async fn panel(me: &Ctx, tx: &mut Tx, prescription: &Prescription) -> Result<Panel, ReadError> {
    let latest = read::latest(tx, me.app().vault(), prescription.id).await?;
    let filled = fills::list_of(tx, &[prescription.id]).await?;
    let now = tx.now();
    let page = me.page("prescriptions-refill-title");
    let open = latest.as_ref().is_some_and(|request| request.status.is_open());
    let from = from_when(prescription, &filled).filter(|from| now < *from);
    let because = if open || prescription.signed_at.is_none() {
        String::new()
    } else if !prescription.status.may_renew() {
        page.t("prescriptions-refill-not")
    } else if refills_remain(prescription, &filled) {
        page.t("prescriptions-refill-remain")
    } else {
        from.map(|from| page.tr("prescriptions-refill-from", [("day", page.day(from).as_str())])).unwrap_or_default()
    };
    let may_ask = prescription.signed_at.is_some() && !open && because.is_empty();
    let Some(request) = latest else {
        let status = String::new();
        return Ok(Panel {
            status,
            tone: "info",
            detail: String::new(),
            answer: String::new(),
            renewed_href: String::new(),
            may_ask,
            because,
        });
    };
    let detail = match (&request.reason, request.status) {
        (Some(reason), _) => page.t(format!("prescriptions-refill-reason-{reason}")),
        (None, RefillStatus::Requested) => {
            page.tr("prescriptions-refill-due", [("when", page.when(request.due_at).as_str())])
        }
        (None, _) => String::new(),
    };
    Ok(Panel {
        status: page.t(format!("prescriptions-refill-status-{}", request.status.as_str())),
        tone: request.status.tone(),
        detail,
        answer: request.answer,
        renewed_href: request.renewed_as.map(|id| format!("/prescriptions/{id}")).unwrap_or_default(),
        may_ask,
        because,
    })
}
