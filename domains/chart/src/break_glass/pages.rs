//! The doctor's form for emergency access.

use askama::Template;
use axum::extract::Path;
use kernel::{Fault, FaultKind, FieldError, Timestamp, ids::PatientId};
use serde::Deserialize;
use web::{Ctx, Doctor, Form, PageFrame};

use super::{Access, Begin, Reason, api};

/// What was typed; the code is never shown again.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct BeginFields {
    record_no: String,
    reason: String,
    words: String,
    code: String,
}

#[derive(Template)]
#[template(path = "break_glass/pages/new.html")]
struct NewPage {
    page: PageFrame,
    form: BeginFields,
    reasons: Vec<(&'static str, String)>,
}

impl Access {
    /// Where it stands, in words.
    pub(crate) fn chip(&self, me: &Ctx, now: Timestamp) -> String {
        me.t(self.state_key(now))
    }
}

/// `GET /doctor/emergency-access`
pub(crate) async fn new(me: Doctor) -> web::Result {
    web::render(&page(&me, BeginFields::default(), Vec::new()))
}

/// `POST /doctor/emergency-access`
pub(crate) async fn begin(me: Doctor, Form(form): Form<BeginFields>) -> web::Result {
    let command = Begin {
        record_no: form.record_no.clone(),
        reason: Reason::of(&form.reason),
        words: form.words.clone(),
        code: form.code.clone(),
    };
    match api::open(&me, command).await? {
        Ok(begun) => {
            me.flash_ok("chart-emergency-begun");
            Ok(me.redirect(&format!("/doctor/patients/{}", begun.patient)))
        }
        Err(error) => {
            let FaultKind::Invalid(errors) = error.kind() else { return Err(error.into()) };
            web::render_status(422, &page(&me, form, errors))
        }
    }
}

/// `POST /doctor/patients/{patient}/emergency-access/ending`
pub(crate) async fn end(me: Doctor, Path(patient): Path<PatientId>) -> web::Result {
    let mut tx = me.begin().await?;
    super::end(&mut tx, me.actor(), patient).await?;
    tx.commit().await?;
    me.flash_ok("chart-emergency-ended");
    Ok(me.redirect("/doctor/records"))
}

fn page(me: &Ctx, form: BeginFields, errors: Vec<FieldError>) -> NewPage {
    NewPage {
        page: me.page("chart-emergency-title").with_errors(errors),
        reasons: Reason::ALL
            .iter()
            .map(|reason| (reason.as_str(), me.t(format!("chart-emergency-reason-{}", reason.as_str()))))
            .collect(),
        form,
    }
}
