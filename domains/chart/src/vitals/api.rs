//! JSON: vital signs.

use axum::extract::Path;
use kernel::ids::{PatientId, VitalsId};
use serde::Serialize;
use web::{Json, SignedIn};

use super::{NewVitals, Vitals};
use crate::record::who;

/// The id of what was added.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Recorded {
    id: VitalsId,
}

/// The latest fifty sets, newest first.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Listed {
    items: Vec<Vitals>,
}

/// `GET /api/v1/patients/{patient}/vitals`
pub(crate) async fn list(me: SignedIn, Path(patient): Path<PatientId>) -> web::Result {
    let mut tx = me.begin().await?;
    let reader = who::reads(&mut tx, me.actor(), patient).await?;
    let items = super::list_for(&mut tx, me.app().vault(), patient, who::purpose(reader), 50).await?;
    tx.commit().await?;
    web::json(&Listed { items })
}

/// `POST /api/v1/patients/{patient}/vitals`
pub(crate) async fn add(me: SignedIn, Path(patient): Path<PatientId>, Json(new): Json<NewVitals>) -> web::Result {
    let mut tx = me.begin().await?;
    let id = super::record(&mut tx, me.app().vault(), me.actor(), patient, new).await?;
    tx.commit().await?;
    web::created(&Recorded { id })
}
