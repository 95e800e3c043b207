//! JSON and the socket behind the page.

use axum::{
    extract::{
        WebSocketUpgrade,
        ws::{Message, rejection::WebSocketUpgradeRejection},
    },
    response::IntoResponse,
};
use kernel::Random;
use rtc::{Node, Nodes};
use serde::{Deserialize, Serialize};
use web::{Json, SignedIn};

use crate::rooms::RoomError;

/// An offer of a browser that tries a way.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TryBody {
    /// SDP.
    offer: String,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct TryView {
    /// SDP, with every way there is.
    answer: String,
    /// Addresses and ports of the ways through the port of the pages.
    web: Vec<String>,
}

const LONGEST_OFFER: usize = 64 * 1024;

/// `POST /api/v1/network-tries`
async fn create(me: SignedIn, Json(body): Json<TryBody>) -> web::Result {
    if body.offer.len() > LONGEST_OFFER {
        return Err(RoomError::BadOffer.into());
    }
    let nodes = me.app().try_part::<Nodes>().ok_or(RoomError::Away)?;
    let own = nodes.own().cloned();
    let web =
        own.iter().flat_map(|sfu| sfu.web_addresses().to_vec()).map(|address| address.to_string()).collect::<Vec<_>>();
    let node = own.map(Node::Own).or_else(|| nodes.find(nodes.alive().first()?)).ok_or(RoomError::Away)?;
    let mut random = Random::os();
    let mut id =
        || uuid::Uuid::from_u128(u128::from(random.below(u64::MAX)) << 64 | u128::from(random.below(u64::MAX)));
    // Nobody is admitted: a browser that tries hears nobody.
    let join = rtc::Join { room: id(), peer: id(), admitted: false, offer: body.offer };
    let answer = node.join(join).await.map_err(RoomError::from)?;
    web::created(&TryView { answer, web })
}

/// `GET /network/live`: says one word. Asked without an upgrade (a filter took it out of the request), it says the same as JSON.
async fn live(_: SignedIn, upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>) -> web::Result {
    let Ok(upgrade) = upgrade else {
        return web::json(&"here");
    };
    let greet = upgrade.on_upgrade(async |mut socket| {
        let _ = socket.send(Message::Text("here".into())).await;
        let _ = socket.send(Message::Close(None)).await;
    });
    Ok(greet.into_response())
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_post::<SignedIn, TryBody, TryView, _, _>(
            "/api/v1/network-tries",
            "Try the ways that sound and pictures can take: an SDP offer for an answer",
            create,
        )
        .ws::<SignedIn, _, _>("/network/live", live)
}
