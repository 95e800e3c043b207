//! The control door of a node: for the servers that know the secret, on a private address.

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    routing::post,
};
use kernel::Secret;
use subtle::ConstantTimeEq as _;

use super::wire::{self, Ask, Told};
use crate::Sfu;

#[derive(Clone)]
struct Door {
    sfu: Sfu,
    secret: Secret<String>,
}

/// `POST /v1/ask`.
#[expect(clippy::disallowed_methods, reason = "its audience is whoever holds the secret, not a person with a session")]
pub fn serve(sfu: Sfu, secret: Secret<String>) -> Router {
    Router::new().route("/v1/ask", post(answer)).with_state(Door { sfu, secret })
}

async fn answer(State(door): State<Door>, headers: HeaderMap, body: String) -> Result<Json<Told>, StatusCode> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let known = given.is_some_and(|given| bool::from(given.as_bytes().ct_eq(door.secret.expose().as_bytes())));
    if !known {
        return Err(StatusCode::UNAUTHORIZED);
    }
    let ask: Ask = serde_json::from_str(&body).map_err(|_| StatusCode::BAD_REQUEST)?;
    Ok(Json(wire::obey(&door.sfu, ask).await))
}
