use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::FaultKind;
use serde::Serialize;

use crate::{Error, Result};

/// A page.
pub fn render<T: Template>(page: &T) -> Result {
    render_status(200, page)
}

/// A page with another status: 422 with the errors shown, 409 with what to do.
pub fn render_status<T: Template>(status: u16, page: &T) -> Result {
    let html = page.render().map_err(|error| Error::internal("the page could not be rendered", error))?;
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    Ok((code(status), headers, html).into_response())
}

pub fn json<T: Serialize>(value: &T) -> Result {
    json_status(200, value)
}

/// 201 with what was made.
pub fn created<T: Serialize>(value: &T) -> Result {
    json_status(201, value)
}

pub fn json_status<T: Serialize>(status: u16, value: &T) -> Result {
    let body = serde_json::to_vec(value).map_err(|error| Error::internal("the answer could not be written", error))?;
    Ok((code(status), [(header::CONTENT_TYPE, "application/json")], body).into_response())
}

pub fn no_content() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

/// 303 See Other: after a form was taken.
pub fn see_other(path: &str) -> Response {
    match HeaderValue::from_str(path) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => Error::of(FaultKind::Internal).into_response(),
    }
}

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
