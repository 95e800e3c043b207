use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::request::Parts,
    response::IntoResponse,
};
use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::{nul, unread, unreadable};
use crate::{App, Error};

/// The fields of a form, each at most once. Missing fields are the form's own business (`#[serde(default)]`).
#[derive(Debug, Clone, Copy, Default)]
pub struct Form<T>(pub T);

/// As `Form`, with fields that may come several times: `Vec` of what was ticked.
#[derive(Debug, Clone, Copy, Default)]
pub struct MultiForm<T>(pub T);

/// The query string.
#[derive(Debug, Clone, Copy, Default)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Form<T> {
    type Rejection = Error;
    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let bytes = body(request, app).await?;
        serde_urlencoded::from_bytes(&bytes).map(Self).map_err(unreadable)
    }
}

impl<T: DeserializeOwned> FromRequest<App> for MultiForm<T> {
    type Rejection = Error;
    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let bytes = body(request, app).await?;
        serde_html_form::from_bytes(&bytes).map(Self).map_err(unreadable)
    }
}

impl<T: DeserializeOwned> FromRequestParts<App> for Query<T> {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Error> {
        serde_html_form::from_str(parts.uri.query().unwrap_or_default()).map(Self).map_err(unreadable)
    }
}

async fn body(request: Request, app: &App) -> Result<Bytes, Error> {
    let bytes =
        Bytes::from_request(request, app).await.map_err(|rejection| unread(rejection.into_response().status()))?;
    if nul::is_in_encoded(&bytes) { Err(nul::refused()) } else { Ok(bytes) }
}
