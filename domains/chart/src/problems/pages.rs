//! The problem list's forms on the doctor's chart page.

use axum::extract::Path;
use kernel::ids::{PatientId, ProblemId};
use serde::Deserialize;
use web::{Doctor, Form, Patient};

use super::{Closing, NewProblem, Showing};
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

/// `POST /record/problems/{problem}/hiding`
pub(crate) async fn hide(me: Patient, Path(problem): Path<ProblemId>) -> web::Result {
    set(&me, problem, Showing::Hidden).await
}

/// `POST /record/problems/{problem}/showing`
pub(crate) async fn show_again(me: Patient, Path(problem): Path<ProblemId>) -> web::Result {
    set(&me, problem, Showing::Shown).await
}

async fn set(me: &Patient, problem: ProblemId, showing: Showing) -> web::Result {
    let mut tx = me.begin().await?;
    super::hide(&mut tx, me.actor(), me.patient_id(), problem, showing).await?;
    tx.commit().await?;
    me.flash_ok(match showing {
        Showing::Hidden => "chart-problem-hidden",
        Showing::Shown => "chart-problem-shown",
    });
    Ok(me.redirect("/record"))
}
