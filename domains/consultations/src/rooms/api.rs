//! JSON: tickets and signalling.

use axum::extract::Path;
use kernel::{Timestamp, ids::VisitId};
use serde::{Deserialize, Serialize};
use web::{Json, SignedIn};

use super::{RoomError, enter, issue, leave, place};

/// A ticket to the media room.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Ticket {
    token: String,
    /// Where to show it, with an offer.
    url: String,
    expires_at: Timestamp,
}

/// An offer, and the ticket that lets it in.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Knock {
    token: String,
    /// Names the page that asks, so that a second device can be told from a reconnection.
    client: String,
    /// SDP.
    offer: String,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Answer {
    /// SDP.
    answer: String,
}

/// Who leaves.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Leaver {
    client: String,
}

/// An SDP offer of a browser is some kilobytes long.
const LONGEST_OFFER: usize = 64 * 1024;

/// `POST /api/v1/visits/{visit}/room-tokens`
pub(crate) async fn mint(me: SignedIn, Path(id): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    let ticket = issue(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    web::created(&Ticket {
        token: ticket.token.into_inner(),
        url: format!("/api/v1/visits/{id}/media"),
        expires_at: ticket.expires_at,
    })
}

/// `POST /api/v1/visits/{visit}/media`
pub(crate) async fn join(me: SignedIn, Path(id): Path<VisitId>, Json(knock): Json<Knock>) -> web::Result {
    if knock.offer.len() > LONGEST_OFFER || knock.client.len() > 64 {
        return Err(RoomError::BadOffer.into());
    }
    let mut tx = me.begin().await?;
    let seat = enter(&mut tx, me.actor(), id, &knock.token, &knock.client).await?;
    tx.commit().await?;
    let join = rtc::Join { room: id.uuid(), peer: seat.account.uuid(), admitted: true, offer: knock.offer };
    let answer = place::seat(me.app(), id, join).await?;
    // Where both agreed, whoever comes back is listened to again; the scribe looks by itself whether they did.
    if let Some(scribe) = me.app().try_part::<crate::transcripts::Scribe>() {
        scribe.attend(me.app(), id);
    }
    match me.app().try_part::<crate::recordings::Recorder>() {
        Some(recorder) => recorder.attend(me.app(), id),
        None => crate::recordings::nobody_records(me.app(), id).await.map_err(RoomError::from)?,
    }
    web::created(&Answer { answer })
}

/// `DELETE /api/v1/visits/{visit}/media`
pub(crate) async fn depart(me: SignedIn, Path(id): Path<VisitId>, Json(_): Json<Leaver>) -> web::Result {
    let mut tx = me.begin().await?;
    leave(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    if let Some(node) = place::node_of(me.app(), id).await? {
        node.leave(id.uuid(), me.actor().account.uuid()).await;
    }
    web::json(&serde_json::json!({}))
}
