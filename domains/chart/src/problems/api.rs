//! JSON: the problem list.

use axum::extract::Path;
use kernel::ids::{PatientId, ProblemId};
use serde::{Deserialize, Serialize};
use web::{Doctor, Json, Patient, SignedIn};

use super::{Closing, NewProblem, Problem, Showing};
use crate::record::who;

/// The id of what was added.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Recorded {
    id: ProblemId,
}

/// The list, active first.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Listed {
    items: Vec<Problem>,
}

/// Why a problem is closed.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CloseBody {
    status: Closing,
}

/// `GET /api/v1/patients/{patient}/problems`
pub(crate) async fn list(me: SignedIn, Path(patient): Path<PatientId>) -> web::Result {
    let mut tx = me.begin().await?;
    let reader = who::reads(&mut tx, me.actor(), patient).await?;
    let items = super::list_for(&mut tx, me.app().vault(), patient, who::purpose(reader)).await?;
    tx.commit().await?;
    web::json(&Listed { items })
}

/// `POST /api/v1/patients/{patient}/problems`
pub(crate) async fn add(me: Doctor, Path(patient): Path<PatientId>, Json(new): Json<NewProblem>) -> web::Result {
    let mut tx = me.begin().await?;
    let id = super::record(&mut tx, me.app().vault(), me.actor(), patient, new).await?;
    tx.commit().await?;
    web::created(&Recorded { id })
}

/// `POST /api/v1/patients/{patient}/problems/{problem}/closing`
pub(crate) async fn close(
    me: Doctor,
    Path((patient, problem)): Path<(PatientId, ProblemId)>,
    Json(body): Json<CloseBody>,
) -> web::Result {
    let mut tx = me.begin().await?;
    super::close(&mut tx, me.actor(), patient, problem, body.status).await?;
    let items = super::list_for(&mut tx, me.app().vault(), patient, crate::purpose::TREATMENT).await?;
    tx.commit().await?;
    web::json(&Listed { items })
}

/// `POST /api/v1/patients/{patient}/problems/{problem}/hiding`
pub(crate) async fn hide(me: Patient, Path(of): Path<(PatientId, ProblemId)>) -> web::Result {
    set(&me, of, Showing::Hidden).await
}

/// `POST /api/v1/patients/{patient}/problems/{problem}/showing`
pub(crate) async fn show_again(me: Patient, Path(of): Path<(PatientId, ProblemId)>) -> web::Result {
    set(&me, of, Showing::Shown).await
}

async fn set(me: &Patient, (patient, problem): (PatientId, ProblemId), showing: Showing) -> web::Result {
    let mut tx = me.begin().await?;
    super::hide(&mut tx, me.actor(), patient, problem, showing).await?;
    let items = super::list_for(&mut tx, me.app().vault(), patient, crate::purpose::OWN).await?;
    tx.commit().await?;
    web::json(&Listed { items })
}
