//! JSON: social history, for the patient and for doctors with a care link.

use axum::extract::Path;
use kernel::ids::{HistoryEntryId, PatientId};
use serde::Serialize;
use web::{Json, SignedIn};

use super::{AuditC, SocialAnswer, Topic, policy};
use crate::{
    entries::{Entry, Withdrawal},
    record::{store as records, who},
};

/// The id of what was added.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Recorded {
    id: HistoryEntryId,
}

/// The answers, and what is worked out from those that stand.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Read {
    /// Every version, the latest first.
    entries: Vec<Entry<SocialAnswer>>,
    pack_years: Option<f64>,
    audit_c: Option<AuditC>,
}

/// `GET /api/v1/patients/{patient}/social-history`
pub(crate) async fn list(me: SignedIn, Path(patient): Path<PatientId>) -> web::Result {
    let tx = me.begin().await?;
    read(&me, tx, patient).await
}

/// `POST /api/v1/patients/{patient}/social-history`
pub(crate) async fn add(me: SignedIn, Path(patient): Path<PatientId>, Json(new): Json<SocialAnswer>) -> web::Result {
    let mut tx = me.begin().await?;
    let id = super::record(&mut tx, me.app().vault(), me.actor(), patient, new).await?;
    tx.commit().await?;
    web::created(&Recorded { id })
}

/// `POST /api/v1/patients/{patient}/social-history/{answer}/withdrawal`
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
    let sex = records::find_sex(&mut tx, patient).await?;
    let history = super::list_for(&mut tx, me.app().vault(), patient, who::purpose(reader)).await?;
    tx.commit().await?;
    let read = Read {
        pack_years: history.answer(Topic::Tobacco).and_then(|entry| policy::pack_years(&entry.content)),
        audit_c: history.answer(Topic::Alcohol).and_then(|entry| policy::audit_c(&entry.content, &sex)),
        entries: history.entries,
    };
    web::json(&read)
}
