use axum::extract::Path;
use kernel::{
    Timestamp,
    ids::{AppointmentId, UrgentOfferId, UrgentRequestId},
};
use serde::{Deserialize, Serialize};
use web::{Doctor, Json};

use super::{
    answer::{Accepted, accept, decline},
    presence::{Ready, be_ready, heartbeat},
    store,
};
use crate::requests::flags;

/// What a doctor is asked now.
#[derive(Serialize, schemars::JsonSchema)]
pub(crate) struct OfferList {
    items: Vec<OfferView>,
    next_cursor: Option<String>,
}

#[derive(Serialize, schemars::JsonSchema)]
struct OfferView {
    id: UrgentOfferId,
    request_id: UrgentRequestId,
    acuity: i16,
    /// Codes of red flags.
    flags: Vec<String>,
    country: Option<String>,
    language: String,
    is_guest: bool,
    expires_at: Timestamp,
}

/// What came of a yes.
#[derive(Serialize, schemars::JsonSchema)]
pub(crate) struct AcceptedView {
    /// None while a guest has not said who they are.
    appointment_id: Option<AppointmentId>,
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PresenceBody {
    /// 0: not any more.
    hours: i64,
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_get::<Doctor, (), OfferList, _, _>(
            "/api/v1/urgent-offers",
            "What I am asked now; asking is the heartbeat of who is ready",
            list,
        )
        .api_put::<Doctor, PresenceBody, (), _, _>(
            "/api/v1/urgent-presence",
            "Be asked for so many hours, or (0) no longer",
            ready,
        )
        .api_post::<Doctor, (), AcceptedView, _, _>(
            "/api/v1/urgent-offers/{offer}/acceptance",
            "Say yes: the first one has it",
            yes,
        )
        .api_post::<Doctor, (), (), _, _>("/api/v1/urgent-offers/{offer}/refusal", "Say no", no)
}

async fn list(me: Doctor) -> web::Result {
    let mut tx = me.begin().await?;
    heartbeat(&mut tx, me.actor()).await?;
    tx.commit().await?;
    let mut tx = me.begin_system("a doctor looks at what is asked").await?;
    let mut items = Vec::new();
    for asked in store::list_asked(&mut tx, me.practitioner_id()).await? {
        items.push(OfferView {
            flags: flags::read(&mut tx, me.app().vault(), asked.request).await?,
            id: asked.id,
            request_id: asked.request,
            acuity: asked.acuity,
            country: asked.country,
            language: asked.locale,
            is_guest: asked.is_guest,
            expires_at: asked.expires_at,
        });
    }
    tx.commit().await?;
    web::json(&OfferList { items, next_cursor: None })
}

async fn ready(me: Doctor, Json(body): Json<PresenceBody>) -> web::Result {
    let ready = if body.hours == 0 { Ready::NotAnyMore } else { Ready::ForHours(body.hours) };
    let mut tx = me.begin().await?;
    be_ready(&mut tx, me.actor(), ready).await?;
    tx.commit().await?;
    Ok(web::no_content())
}

async fn yes(me: Doctor, Path(id): Path<UrgentOfferId>) -> web::Result {
    let mut tx = me.begin_system("a doctor accepts an urgent request").await?;
    let accepted = accept(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    let appointment_id = match accepted {
        Accepted::Visit(visit) => Some(visit),
        Accepted::Guest(_) => None,
    };
    web::json(&AcceptedView { appointment_id })
}

async fn no(me: Doctor, Path(id): Path<UrgentOfferId>) -> web::Result {
    let mut tx = me.begin_system("a doctor declines an urgent request").await?;
    decline(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    Ok(web::no_content())
}
