//! JSON: immunizations of a patient, for the patient and for doctors with a care link.

use axum::extract::Path;
use kernel::ids::{ImmunizationId, PatientId};
use serde::Serialize;
use web::{Json, SignedIn};

use super::{Immunization, NewImmunization};
use crate::{ChartError, record::who};

/// The id of what was added.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Recorded {
    id: ImmunizationId,
}

/// The latest given first.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Listed {
    items: Vec<Immunization>,
}

/// `GET /api/v1/patients/{patient}/immunizations`
pub(crate) async fn list(me: SignedIn, Path(patient): Path<PatientId>) -> web::Result {
    let mut tx = me.begin().await?;
    let items = read(&me, &mut tx, patient).await?;
    tx.commit().await?;
    web::json(&Listed { items })
}

/// `POST /api/v1/patients/{patient}/immunizations`
pub(crate) async fn add(me: SignedIn, Path(patient): Path<PatientId>, Json(new): Json<NewImmunization>) -> web::Result {
    let mut tx = me.begin().await?;
    let id = super::record(&mut tx, me.app().vault(), me.actor(), patient, new).await?;
    tx.commit().await?;
    web::created(&Recorded { id })
}

/// `POST /api/v1/patients/{patient}/immunizations/{immunization}/withdrawal`
pub(crate) async fn take_back(
    me: SignedIn,
    Path((patient, immunization)): Path<(PatientId, ImmunizationId)>,
) -> web::Result {
    let mut tx = me.begin().await?;
    super::withdraw(&mut tx, me.actor(), patient, immunization).await?;
    let items = read(&me, &mut tx, patient).await?;
    tx.commit().await?;
    web::json(&Listed { items })
}

async fn read(me: &SignedIn, tx: &mut db::Tx, patient: PatientId) -> Result<Vec<Immunization>, ChartError> {
    let reader = who::reads(tx, me.actor(), patient).await?;
    super::list_for(tx, me.app().vault(), patient, who::purpose(reader)).await
}
