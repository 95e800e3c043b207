//! JSON: what the safety checks know of a patient.

use axum::extract::Path;
use db::Tx;
use kernel::ids::PatientId;
use serde::Serialize;
use web::{Ctx, Doctor, Json};

use super::{NewFacts, RecordError, known, store};
use crate::{prescribing::ReadError, safety::Answered};

/// As far as it is known and still holds.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct View {
    age_months: Option<u32>,
    /// kg
    weight: Option<f64>,
    /// ml/min/1.73 m²
    egfr: Option<u32>,
    /// mg/dl
    creatinine: Option<f64>,
    pregnant: Answered,
    breastfeeding: Answered,
    other_medicines: String,
}

/// `GET /api/v1/patients/{patient}/prescribing-facts`
pub(crate) async fn show(me: Doctor, Path(patient): Path<PatientId>) -> web::Result {
    let mut tx = me.begin().await?;
    if !store::is_cared_for(&mut tx, patient).await? {
        return Err(RecordError::NotFound.into());
    }
    let view = view(&me, &mut tx, patient).await?;
    tx.commit().await?;
    web::json(&view)
}

/// `POST /api/v1/patients/{patient}/prescribing-facts`
pub(crate) async fn add(me: Doctor, Path(patient): Path<PatientId>, Json(new): Json<NewFacts>) -> web::Result {
    let mut tx = me.begin().await?;
    super::record(&mut tx, me.app().vault(), me.actor(), patient, new).await?;
    let view = view(&me, &mut tx, patient).await?;
    tx.commit().await?;
    web::created(&view)
}

async fn view(me: &Ctx, tx: &mut Tx, patient: PatientId) -> Result<View, ReadError> {
    let known = known(tx, me.app().vault(), patient, chart::purpose::PRESCRIBING).await?;
    Ok(View {
        age_months: known.person.age_months,
        weight: known.person.weight_grams.map(|grams| f64::from(grams) / 1000.0),
        egfr: known.person.egfr,
        creatinine: known.facts.creatinine,
        pregnant: known.person.pregnant,
        breastfeeding: known.person.breastfeeding,
        other_medicines: known.facts.other_medicines,
    })
}
