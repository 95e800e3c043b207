use axum::{
    extract::{FromRequest, Request},
    http::header,
    response::IntoResponse,
};
use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::{nul, unread, unreadable};
use crate::{App, Error};

/// A JSON body. `application/json` alone: a form of another site cannot send it unasked. An empty body is `{}`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Json<T> {
    type Rejection = Error;
    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let typed =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let is_json = typed.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json");
        let bytes =
            Bytes::from_request(request, app).await.map_err(|rejection| unread(rejection.into_response().status()))?;
        if bytes.is_empty() {
            return serde_json::from_slice(b"{}").map(Self).map_err(complaint);
        }
        if !is_json {
            return Err(unreadable("content-type must be application/json"));
        }
        if nul::is_in_json(&bytes) {
            return Err(nul::refused());
        }
        serde_json::from_slice(&bytes).map(Self).map_err(complaint)
    }
}

/// Where and what kind of mistake: serde names fields and types, which are ours, and values only where they are of the wrong type.
fn complaint(error: serde_json::Error) -> Error {
    unreadable(error)
}
