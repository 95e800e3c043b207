use axum::extract::Path;
use kernel::{
    Timestamp,
    ids::{AppointmentId, UrgentRequestId},
};
use serde::{Deserialize, Serialize};
use web::{Json, Patient};

use super::{
    ask::{Ask, Who, ask},
    cancel::{CancelError, cancel},
    model::{Request, Rung, Status},
    store,
};
use crate::{
    acuity::Acuity,
    queue::{self, Standing},
    red_flags::Place,
};

/// Codes of red flags that apply.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequestBody {
    #[serde(default)]
    flags: Vec<String>,
    /// ISO 3166-1 alpha-2; else that of the caller's time zone.
    #[serde(default)]
    country: String,
}

#[derive(Serialize, schemars::JsonSchema)]
pub(crate) struct RequestView {
    id: UrgentRequestId,
    acuity: Acuity,
    status: Status,
    rung: Rung,
    promised_by: Timestamp,
    appointment_id: Option<AppointmentId>,
    /// While a doctor is sought.
    queue: Option<Standing>,
    created_at: Timestamp,
}

impl RequestView {
    async fn of(tx: &mut db::Tx, request: &Request) -> Result<Self, db::Error> {
        let now = tx.now();
        Ok(Self {
            queue: queue::store::find_standing(tx, request.id).await?,
            id: request.id,
            acuity: request.acuity,
            status: request.status_at(now),
            rung: request.rung,
            promised_by: request.promised_by,
            appointment_id: request.appointment,
            created_at: request.created_at,
        })
    }
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_post::<Patient, RequestBody, RequestView, _, _>(
            "/api/v1/urgent-requests",
            "Ask for a doctor now; asking again while one is open gives the same",
            create,
        )
        .api_get::<Patient, (), RequestView, _, _>("/api/v1/urgent-requests/{request}", "How far it is", show)
        .api_post::<Patient, (), RequestView, _, _>(
            "/api/v1/urgent-requests/{request}/cancellation",
            "I need no doctor any more",
            give_up,
        )
}

async fn create(me: Patient, Json(body): Json<RequestBody>) -> web::Result {
    let place = Place::of(&body.country, me.zone());
    let mut tx = me.begin_system("somebody asks for a doctor now").await?;
    let command = Ask {
        who: Who::Patient(me.patient_id()),
        flags: body.flags,
        country: place.country,
        locale: me.locale(),
        zone: me.zone().clone(),
    };
    let asked = ask(&mut tx, me.app().vault(), me.actor(), command).await?;
    let request = find(&mut tx, &me, asked.id()).await?;
    let view = RequestView::of(&mut tx, &request).await?;
    tx.commit().await?;
    web::json(&view)
}

async fn show(me: Patient, Path(id): Path<UrgentRequestId>) -> web::Result {
    let mut tx = me.begin_system("somebody waits for a doctor").await?;
    let request = find(&mut tx, &me, id).await?;
    let view = RequestView::of(&mut tx, &request).await?;
    tx.commit().await?;
    web::json(&view)
}

async fn give_up(me: Patient, Path(id): Path<UrgentRequestId>) -> web::Result {
    let mut tx = me.begin_system("somebody needs no doctor any more").await?;
    let request = cancel(&mut tx, me.actor(), id, None).await?;
    let view = RequestView::of(&mut tx, &request).await?;
    tx.commit().await?;
    web::json(&view)
}

async fn find(tx: &mut db::Tx, me: &Patient, id: UrgentRequestId) -> Result<Request, CancelError> {
    store::find_for(tx, id, &me.actor().patients, None).await?.ok_or(CancelError::NotFound)
}
