//! JSON: consents, for the patient and who acts for them.

use axum::extract::Path;
use identity::door;
use kernel::ids::{ConsentId, PatientId, PractitionerId};
use serde::{Deserialize, Serialize};
use web::{Json, Patient};

use super::{Consent, GiveConsent, Scope, store};
use crate::ChartError;

/// Every version, newest first.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Listed {
    items: Vec<Consent>,
}

/// Whom to let see the record.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GiveBody {
    doctor_id: PractitionerId,
    #[serde(default)]
    scope: Scope,
    /// From now on; without it, until it is taken back.
    #[serde(default)]
    days: Option<i64>,
}

/// The version that was made.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Given {
    id: ConsentId,
}

/// `GET /api/v1/patients/{patient}/consents`
pub(crate) async fn list(me: Patient, Path(patient): Path<PatientId>) -> web::Result {
    own(&me, patient)?;
    let mut tx = me.begin().await?;
    let items = store::list_for(&mut tx, patient).await?;
    tx.commit().await?;
    web::json(&Listed { items })
}

/// `POST /api/v1/patients/{patient}/consents`
pub(crate) async fn give(me: Patient, Path(patient): Path<PatientId>, Json(body): Json<GiveBody>) -> web::Result {
    let mut tx = me.begin().await?;
    let command = GiveConsent { doctor: body.doctor_id, scope: body.scope, days: body.days };
    let id = super::give(&mut tx, &door::sender(&me), me.actor(), patient, command).await?;
    tx.commit().await?;
    web::created(&Given { id })
}

/// `POST /api/v1/patients/{patient}/consents/{doctor}/revocation`
pub(crate) async fn revoke(me: Patient, Path((patient, doctor)): Path<(PatientId, PractitionerId)>) -> web::Result {
    let mut tx = me.begin().await?;
    super::revoke(&mut tx, me.actor(), patient, doctor).await?;
    let items = store::list_for(&mut tx, patient).await?;
    tx.commit().await?;
    web::json(&Listed { items })
}

fn own(me: &Patient, patient: PatientId) -> Result<(), ChartError> {
    if me.actor().patients.contains(&patient) { Ok(()) } else { Err(ChartError::NotFound) }
}
