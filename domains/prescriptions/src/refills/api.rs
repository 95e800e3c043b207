//! JSON: requests for refills.

use axum::extract::Path;
use db::Tx;
use kernel::{
    Timestamp,
    ids::{PatientId, PractitionerId, PrescriptionId, RefillRequestId},
};
use serde::{Deserialize, Serialize};
use web::{Ctx, Doctor, Json, Patient};

use super::{
    DecideError, Decision, Reason, RefillRequest, RefillStatus,
    read::{latest, of_patient, open_requests},
};
use crate::prescribing::{Override, ReadError, SignError, Signing, limit_codes};

/// One request.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct View {
    id: RefillRequestId,
    prescription_id: PrescriptionId,
    patient_id: PatientId,
    doctor_id: PractitionerId,
    status: RefillStatus,
    /// A code; `no_answer` when the doctor's 48 hours ran out.
    reason: Option<String>,
    note: String,
    answer: String,
    /// The prescription that answers it.
    renewed_as: Option<PrescriptionId>,
    requested_at: Timestamp,
    due_at: Timestamp,
    decided_at: Option<Timestamp>,
}

/// At most a hundred.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Listed {
    items: Vec<View>,
}

/// A request.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct AskBody {
    /// What the doctor should know; at most 500 characters.
    note: String,
}

/// What the doctor decides.
#[derive(Debug, Clone, Copy, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Verdict {
    Approve,
    Deny,
    Defer,
}

/// An answer.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionBody {
    decision: Verdict,
    /// For `deny` and `defer`.
    #[serde(default)]
    reason: Reason,
    /// Words to the patient with `deny` and `defer`; at most 500 characters.
    #[serde(default)]
    answer: String,
    /// For `approve`: reasons for signing in spite of alerts.
    #[serde(default)]
    overrides: Vec<Override>,
    /// For `approve`: a code of the authenticator app, for controlled substances.
    #[serde(default)]
    code: Option<String>,
}

/// `GET /api/v1/refill-requests`
pub(crate) async fn mine(me: Patient) -> web::Result {
    let mut tx = me.begin().await?;
    let items = of_patient(&mut tx, me.app().vault(), me.patient_id()).await?;
    tx.commit().await?;
    web::json(&Listed { items: items.into_iter().map(view).collect() })
}

/// `POST /api/v1/prescriptions/{prescription}/refill-requests`
pub(crate) async fn ask(me: Patient, Path(id): Path<PrescriptionId>, Json(body): Json<AskBody>) -> web::Result {
    let mut tx = me.begin().await?;
    super::ask(&mut tx, me.app().vault(), me.actor(), id, &body.note).await?;
    let shown = shown(&me, &mut tx, id).await?;
    tx.commit().await?;
    web::created(&shown)
}

/// `GET /api/v1/doctor/refill-requests`
pub(crate) async fn queue(me: Doctor) -> web::Result {
    let practitioner = me.actor().practitioner.ok_or(ReadError::NotFound)?;
    let mut tx = me.begin().await?;
    let items = open_requests(&mut tx, me.app().vault(), practitioner).await?;
    tx.commit().await?;
    web::json(&Listed { items: items.into_iter().map(view).collect() })
}

/// `POST /api/v1/prescriptions/{prescription}/refill-decisions`
pub(crate) async fn decide(me: Doctor, Path(id): Path<PrescriptionId>, Json(body): Json<DecisionBody>) -> web::Result {
    if body.code.is_some() {
        limit_codes(&me).await?;
    }
    let decision = match body.decision {
        Verdict::Approve => Decision::Approve(Signing { overrides: body.overrides, code: body.code }),
        Verdict::Deny => Decision::Deny(body.reason),
        Verdict::Defer => Decision::Defer(body.reason),
    };
    let mut tx = me.begin().await?;
    let decided = super::decide(&mut tx, me.app().vault(), me.actor(), id, decision, &body.answer).await;
    if let Err(DecideError::Sign(refused @ SignError::OverrideNeeded(_))) = decided {
        // The copy goes with the transaction; the alerts come again with the next try.
        return Err(refused.into());
    }
    decided?;
    let shown = shown(&me, &mut tx, id).await?;
    tx.commit().await?;
    web::created(&shown)
}

async fn shown(me: &Ctx, tx: &mut Tx, id: PrescriptionId) -> Result<View, ReadError> {
    latest(tx, me.app().vault(), id).await?.map(view).ok_or(ReadError::NotFound)
}

fn view(request: RefillRequest) -> View {
    View {
        id: request.id,
        prescription_id: request.prescription,
        patient_id: request.patient,
        doctor_id: request.practitioner,
        status: request.status,
        reason: request.reason,
        note: request.note,
        answer: request.answer,
        renewed_as: request.renewed_as,
        requested_at: request.requested_at,
        due_at: request.due_at,
        decided_at: request.decided_at,
    }
}
