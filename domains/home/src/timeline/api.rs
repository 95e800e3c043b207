//! JSON: the timeline.

use axum::extract::Path;
use kernel::{Timestamp, ids::PatientId};
use serde::Serialize;
use uuid::Uuid;
use web::{Query, SignedIn};

use super::{
    model::{Asked, Kind},
    read::{self, Reader},
};

/// One entry.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct EntryView {
    kind: Kind,
    /// Of what it is; of the appointment, for answers before a visit; of the latest measurement of a day.
    id: Uuid,
    at: Timestamp,
    title: String,
    detail: String,
    /// The doctor, where there is one.
    doctor: String,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Timeline {
    /// Newest first.
    items: Vec<EntryView>,
    /// For the next page, as `?cursor=`.
    next_cursor: Option<String>,
    /// Words were looked for in so many entries; the next page looks further.
    looked_at: Option<usize>,
}

/// `GET /api/v1/patients/{patient}/timeline`
pub(super) async fn show(me: SignedIn, Path(patient): Path<PatientId>, Query(asked): Query<Asked>) -> web::Result {
    let frame = me.page("home-timeline-title");
    let for_doctor = !me.actor().patients.contains(&patient);
    let mut tx = me.begin().await?;
    let page = read::page(&me, &frame, &mut tx, Reader { patient, for_doctor }, &asked).await?;
    tx.commit().await?;
    let items = page.entries.into_iter().map(|entry| EntryView {
        kind: entry.kind,
        id: entry.id,
        at: entry.at,
        title: entry.title,
        detail: entry.detail,
        doctor: entry.name,
    });
    web::json(&Timeline {
        items: items.collect(),
        next_cursor: page.next.map(|cursor| cursor.to_string()),
        looked_at: page.looked_at,
    })
}
