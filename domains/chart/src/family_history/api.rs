//! JSON: family history, for the patient and for doctors with a care link.

use axum::extract::Path;
use kernel::ids::{HistoryEntryId, PatientId};
use serde::Serialize;
use web::{Json, SignedIn};

use super::Relative;
use crate::{entries::Withdrawal, record::who};

/// The id of what was added.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Recorded {
    id: HistoryEntryId,
}

/// `GET /api/v1/patients/{patient}/family-history`
pub(crate) async fn list(me: SignedIn, Path(patient): Path<PatientId>) -> web::Result {
    let tx = me.begin().await?;
    read(&me, tx, patient).await
}

/// `POST /api/v1/patients/{patient}/family-history`
pub(crate) async fn add(me: SignedIn, Path(patient): Path<PatientId>, Json(new): Json<Relative>) -> web::Result {
    let mut tx = me.begin().await?;
    let id = super::record(&mut tx, me.app().vault(), me.actor(), patient, new).await?;
    tx.commit().await?;
    web::created(&Recorded { id })
}

/// `POST /api/v1/patients/{patient}/family-history/none-known`
pub(crate) async fn none_known(me: SignedIn, Path(patient): Path<PatientId>) -> web::Result {
    let mut tx = me.begin().await?;
    super::answer_none_known(&mut tx, me.app().vault(), me.actor(), patient).await?;
    read(&me, tx, patient).await
}

/// `POST /api/v1/patients/{patient}/family-history/{relative}/versions`
pub(crate) async fn change(
    me: SignedIn,
    Path(whose): Path<(PatientId, HistoryEntryId)>,
    Json(new): Json<Relative>,
) -> web::Result {
    let mut tx = me.begin().await?;
    let id = super::replace(&mut tx, me.app().vault(), me.actor(), whose, new).await?;
    tx.commit().await?;
    web::created(&Recorded { id })
}

/// `POST /api/v1/patients/{patient}/family-history/{relative}/withdrawal`
pub(crate) async fn take_back(
    me: SignedIn,
    Path(whose): Path<(PatientId, HistoryEntryId)>,
    Json(withdrawal): Json<Withdrawal>,
) -> web::Result {
    let mut tx = me.begin().await?;
    super::withdraw(&mut tx, me.app().vault(), me.actor(), whose, &withdrawal).await?;
    read(&me, tx, whose.0).await
}

async fn read(me: &SignedIn, mut tx: db::Tx, patient: PatientId) -> web::Result {
    let reader = who::reads(&mut tx, me.actor(), patient).await?;
    let history = super::list_for(&mut tx, me.app().vault(), patient, who::purpose(reader)).await?;
    tx.commit().await?;
    web::json(&history)
}
