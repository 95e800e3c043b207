//! JSON: questions about who looked.

use axum::extract::Path;
use identity::door;
use kernel::ids::{AccessQuestionId, PatientId};
use serde::{Deserialize, Serialize};
use web::{Admin, Json, Patient};

use super::{Answer, Finding, Line, Question, ask::AskError, store};

/// Newest first.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Listed {
    items: Vec<Question>,
}

/// Which line, as the access log names it, and what about it.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskBody {
    line: String,
    words: String,
}

/// The question.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Asked {
    id: AccessQuestionId,
}

/// What was found.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerBody {
    finding: Finding,
    answer: String,
}

/// `GET /api/v1/patients/{patient}/access-questions`
pub(crate) async fn list(me: Patient, Path(patient): Path<PatientId>) -> web::Result {
    if !me.actor().patients.contains(&patient) {
        return Err(AskError::NotFound.into());
    }
    let mut tx = me.begin().await?;
    let items = store::list_for(&mut tx, me.app().vault(), patient).await?;
    tx.commit().await?;
    web::json(&Listed { items })
}

/// `POST /api/v1/patients/{patient}/access-questions`
pub(crate) async fn ask(me: Patient, Path(patient): Path<PatientId>, Json(body): Json<AskBody>) -> web::Result {
    let line: Line = body.line.parse().map_err(|_| AskError::NotFound)?;
    let mut tx = me.begin().await?;
    let id = super::ask(&mut tx, me.app().vault(), me.actor(), patient, (line, &body.words)).await?;
    tx.commit().await?;
    web::created(&Asked { id })
}

/// `POST /api/v1/admin/access-questions/{question}/answer`
pub(crate) async fn answer(me: Admin, Path(id): Path<AccessQuestionId>, Json(body): Json<AnswerBody>) -> web::Result {
    let mut tx = me.begin().await?;
    let answer = Answer { finding: Some(body.finding), words: body.answer };
    super::answer(&mut tx, me.app().vault(), &door::sender(&me), me.actor(), id, answer).await?;
    tx.commit().await?;
    web::json(&Asked { id })
}
