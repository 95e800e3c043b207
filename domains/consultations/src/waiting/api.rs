//! JSON: "I am still here", answered with the place in the queue.

use axum::extract::Path;
use kernel::ids::{AppointmentId, VisitId};
use serde::Serialize;
use web::SignedIn;

use super::{Presence, store};
use crate::visits::VisitError;

/// How things stand at this appointment.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Standing {
    /// `not_open`, `waiting`, `in_consultation`, `ended` or `signed`.
    status: String,
    /// The visit, once the doctor has opened the door.
    visit: Option<VisitId>,
    /// 1 is next.
    queue_position: Option<i32>,
    /// Minutes, rounded to five so that it does not flicker.
    wait_min: Option<i64>,
    wait_max: Option<i64>,
    /// Stepped out: the place is kept.
    away: bool,
    /// Asked to come back.
    called_back: bool,
    doctor: Presence,
}

/// `POST /api/v1/appointments/{appointment}/presence`
pub(crate) async fn beat(me: SignedIn, Path(id): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    let room = store::find_room(&mut tx, me.actor(), id).await?.ok_or(VisitError::NotFound)?;
    store::beat(&mut tx, me.actor(), Some(id)).await?;
    let queue = match room.visit_status.as_str() {
        "waiting" => scheduling::appointments::queue_for(&mut tx, me.actor(), id).await?,
        _ => None,
    };
    let doctor = Presence::at(tx.now(), store::practitioner_seen_at(&mut tx, room.practitioner).await?);
    tx.commit().await?;
    web::json(&Standing {
        away: room.away_since.is_some(),
        called_back: room.called_back_at.is_some(),
        status: room.visit_status,
        visit: room.visit,
        queue_position: queue.map(|queue| queue.position),
        wait_min: queue.map(|queue| queue.wait_min / 5 * 5),
        wait_max: queue.map(|queue| (queue.wait_max + 4) / 5 * 5),
        doctor,
    })
}

/// `POST /api/v1/presence`: a doctor is at the desk, without being in a room.
pub(crate) async fn desk(me: web::Doctor) -> web::Result {
    let mut tx = me.begin().await?;
    store::beat(&mut tx, me.actor(), None).await?;
    tx.commit().await?;
    web::json(&serde_json::json!({}))
}
