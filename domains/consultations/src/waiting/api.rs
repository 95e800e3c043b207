//! JSON: "I am still here", answered with the place in the queue; and what is done about a place.

use access::Actor;
use axum::extract::Path;
use db::Tx;
use kernel::ids::{AppointmentId, VisitId};
use serde::{Deserialize, Serialize};
use web::{Ctx, Doctor, Json, Patient, SignedIn};

use super::{
    Presence, acuity, call, step,
    store::{self, Place},
};
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

/// How urgent somebody is.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub(super) struct Acuity {
    /// 1 is seen first, 5 last.
    acuity: i32,
}

/// One of the verbs of a place, in a transaction of its own.
pub(super) async fn done<F>(me: &Ctx, verb: F) -> Result<Place, web::Error>
where
    F: AsyncFnOnce(&mut Tx, &Actor) -> Result<Place, VisitError>,
{
    let mut tx = me.begin().await?;
    let place = verb(&mut tx, me.actor()).await?;
    tx.commit().await?;
    Ok(place)
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_post::<Patient, (), Place, _, _>(
            "/api/v1/appointments/{appointment}/stepping-out",
            "Leave the waiting room for a while; the place is kept",
            out_by_api,
        )
        .api_post::<Patient, (), Place, _, _>(
            "/api/v1/appointments/{appointment}/coming-back",
            "Back in the waiting room",
            back_by_api,
        )
        .api_post::<Doctor, (), Place, _, _>(
            "/api/v1/appointments/{appointment}/calling-back",
            "Call back a patient who has stepped out",
            call_by_api,
        )
        .api_post::<Doctor, Acuity, Place, _, _>(
            "/api/v1/appointments/{appointment}/acuity",
            "How urgent somebody in the waiting room is: 1 is seen first, 5 last",
            urgent_by_api,
        )
}

async fn out_by_api(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    web::json(&done(&me, async |tx, actor| step::step_out(tx, actor, id).await).await?)
}

async fn back_by_api(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    web::json(&done(&me, async |tx, actor| step::come_back(tx, actor, id).await).await?)
}

async fn call_by_api(me: Doctor, Path(id): Path<AppointmentId>) -> web::Result {
    web::json(&done(&me, async |tx, actor| call::call_back(tx, actor, id).await).await?)
}

async fn urgent_by_api(me: Doctor, Path(id): Path<AppointmentId>, Json(body): Json<Acuity>) -> web::Result {
    web::json(&done(&me, async |tx, actor| acuity::set_acuity(tx, actor, (id, body.acuity)).await).await?)
}
