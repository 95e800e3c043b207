//! JSON: emergency access.

use axum::extract::Path;
use identity::{door, throttle};
use kernel::{
    Timestamp,
    ids::{BreakGlassId, PatientId},
};
use serde::{Deserialize, Serialize};
use web::{Admin, Ctx, Doctor, Json};

use super::{Access, Begin, BeginError, Outcome, Reason, Review, begin::Begun as Opened, store};

/// Whose record, why, and the second factor.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BeginBody {
    record_no: String,
    reason: Option<Reason>,
    words: String,
    /// Six digits of the authenticator app, or a recovery code.
    code: String,
}

/// What was opened, and until when.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Begun {
    id: BreakGlassId,
    patient_id: PatientId,
    ends_at: Timestamp,
}

/// The record that is closed again.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Ended {
    patient_id: PatientId,
}

/// Oldest first.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Listed {
    items: Vec<Access>,
}

/// What was found.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReviewBody {
    outcome: Outcome,
    remark: String,
}

/// What was reviewed.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Reviewed {
    id: BreakGlassId,
}

/// `POST /api/v1/emergency-access`
pub(crate) async fn begin(me: Doctor, Json(body): Json<BeginBody>) -> web::Result {
    let BeginBody { record_no, reason, words, code } = body;
    let begun = open(&me, Begin { record_no, reason, words, code }).await??;
    web::created(&Begun { id: begun.id, patient_id: begun.patient, ends_at: begun.ends_at })
}

/// Count the try, break the glass, and keep also a refusal.
pub(super) async fn open(me: &Ctx, command: Begin) -> Result<Result<Opened, BeginError>, web::Error> {
    let account = me.actor().account.to_string();
    door::throttle(me).pass(&[(throttle::SECOND_FACTOR, account.as_str())]).await?;
    let mut tx = me.begin_system("chart.break_glass").await?;
    let result = super::begin(&mut tx, me.app().vault(), &door::sender(me), me.actor(), command).await;
    if result.as_ref().map_or_else(BeginError::is_kept, |_| true) {
        tx.commit().await?;
    }
    if result.is_ok() {
        door::throttle(me).forget(throttle::SECOND_FACTOR, &account).await?;
    }
    Ok(result)
}

/// `POST /api/v1/patients/{patient}/emergency-access/ending`
pub(crate) async fn end(me: Doctor, Path(patient): Path<PatientId>) -> web::Result {
    let mut tx = me.begin().await?;
    super::end(&mut tx, me.actor(), patient).await?;
    tx.commit().await?;
    web::json(&Ended { patient_id: patient })
}

/// `GET /api/v1/admin/emergency-access`
pub(crate) async fn to_review(me: Admin) -> web::Result {
    let mut tx = me.begin().await?;
    let items = store::list_to_review(&mut tx).await?;
    tx.commit().await?;
    web::json(&Listed { items })
}

/// `POST /api/v1/admin/emergency-access/{access}/review`
pub(crate) async fn review(me: Admin, Path(id): Path<BreakGlassId>, Json(body): Json<ReviewBody>) -> web::Result {
    let mut tx = me.begin().await?;
    let command = Review { outcome: Some(body.outcome), remark: body.remark };
    super::review(&mut tx, me.app().vault(), &door::sender(&me), me.actor(), id, command).await?;
    tx.commit().await?;
    web::json(&Reviewed { id })
}
