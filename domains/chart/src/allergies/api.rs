//! JSON: allergies of a patient, for the patient and for doctors with a care link.

use axum::extract::Path;
use kernel::ids::{AllergyId, PatientId};
use serde::Serialize;
use web::{Json, SignedIn};

use super::NewAllergy;
use crate::record::who;

/// The id of what was added.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Recorded {
    id: AllergyId,
}

/// `GET /api/v1/patients/{patient}/allergies`
pub(crate) async fn list(me: SignedIn, Path(patient): Path<PatientId>) -> web::Result {
    let mut tx = me.begin().await?;
    let allergies = read(&me, &mut tx, patient).await?;
    tx.commit().await?;
    web::json(&allergies)
}

/// `POST /api/v1/patients/{patient}/allergies`
pub(crate) async fn add(me: SignedIn, Path(patient): Path<PatientId>, Json(new): Json<NewAllergy>) -> web::Result {
    let mut tx = me.begin().await?;
    let id = super::record(&mut tx, me.app().vault(), me.actor(), patient, new).await?;
    tx.commit().await?;
    web::created(&Recorded { id })
}

/// `POST /api/v1/patients/{patient}/allergies/none-known`
pub(crate) async fn none_known(me: SignedIn, Path(patient): Path<PatientId>) -> web::Result {
    let mut tx = me.begin().await?;
    super::answer_none_known(&mut tx, me.actor(), patient).await?;
    let allergies = read(&me, &mut tx, patient).await?;
    tx.commit().await?;
    web::json(&allergies)
}

/// `POST /api/v1/patients/{patient}/allergies/{allergy}/withdrawal`
pub(crate) async fn withdraw(me: SignedIn, Path((patient, allergy)): Path<(PatientId, AllergyId)>) -> web::Result {
    let mut tx = me.begin().await?;
    super::withdraw(&mut tx, me.actor(), patient, allergy).await?;
    let allergies = read(&me, &mut tx, patient).await?;
    tx.commit().await?;
    web::json(&allergies)
}

async fn read(me: &SignedIn, tx: &mut db::Tx, patient: PatientId) -> Result<super::Allergies, crate::ChartError> {
    let reader = who::reads(tx, me.actor(), patient).await?;
    super::list_for(tx, me.app().vault(), patient, who::purpose(reader)).await
}
