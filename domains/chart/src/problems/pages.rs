//! The problem list's forms on the doctor's chart page.

use axum::extract::Path;
use kernel::ids::{PatientId, ProblemId};
use serde::Deserialize;
use web::{Doctor, Form};

use super::{Closing, NewProblem};
use crate::{ChartError, record::ChartPage};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AddForm {
    code: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct CloseForm {
    status: String,
}

/// `POST /doctor/patients/{patient}/problems`
pub(crate) async fn add(me: Doctor, Path(patient): Path<PatientId>, Form(form): Form<AddForm>) -> web::Result {
    let mut tx = me.begin().await?;
    let new = NewProblem { code: form.code.clone(), ..NewProblem::default() };
    match super::record(&mut tx, me.app().vault(), me.actor(), patient, new).await {
        Ok(_) => tx.commit().await?,
        Err(ChartError::Invalid(errors)) => {
            drop(tx);
            let mut shown = ChartPage::open(&me, patient, &form.code).await?;
            shown.page = shown.page.with_errors(errors);
            return web::render_status(422, &shown);
        }
        Err(error) => return Err(error.into()),
    }
    me.flash_ok("chart-problem-added");
    Ok(me.redirect(&format!("/doctor/patients/{patient}")))
}

/// `POST /doctor/patients/{patient}/problems/{problem}/closing`
pub(crate) async fn close(
    me: Doctor,
    Path((patient, problem)): Path<(PatientId, ProblemId)>,
    Form(form): Form<CloseForm>,
) -> web::Result {
    let closing = if form.status == "entered_in_error" { Closing::EnteredInError } else { Closing::Resolved };
    let mut tx = me.begin().await?;
    super::close(&mut tx, me.actor(), patient, problem, closing).await?;
    tx.commit().await?;
    me.flash_ok("chart-problem-closed");
    Ok(me.redirect(&format!("/doctor/patients/{patient}")))
}
