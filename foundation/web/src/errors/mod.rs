//! What was refused, once for both doors: a page in the person's language, or `application/problem+json` (RFC 9457).

mod page;
mod problem;

use std::sync::Arc;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Fault, FaultKind};

use crate::Ctx;

/// What handlers answer.
pub type Result<T = Response> = std::result::Result<T, Error>;

/// Any fault of a verb, on its way to the person. Becomes a response without a body; `present` fills it, knowing who asks.
#[derive(Debug)]
pub struct Error {
    kind: FaultKind,
    /// For the log alone.
    cause: Option<String>,
}

impl<E: Fault> From<E> for Error {
    fn from(error: E) -> Self {
        let kind = match error.kind() {
            FaultKind::Internal => db::retired_record(&error).unwrap_or(FaultKind::Internal),
            kind => kind,
        };
        let cause = matches!(kind, FaultKind::Internal | FaultKind::Unavailable).then(|| chain(&error));
        Self { kind, cause }
    }
}

impl Error {
    pub const fn of(kind: FaultKind) -> Self {
        Self { kind, cause: None }
    }

    /// 500. `what` and the error go to the log, nothing of them to the person.
    pub fn internal(what: &str, error: impl std::error::Error) -> Self {
        Self { kind: FaultKind::Internal, cause: Some(format!("{what}: {}", chain(&error))) }
    }

    pub const fn kind(&self) -> &FaultKind {
        &self.kind
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let words = cause.to_string();
        if !text.contains(&words) {
            text.push_str(": ");
            text.push_str(&words);
        }
        next = cause.source();
    }
    text
}

/// A crowd that was too large, or a database that is away: ask again after so long.
const UNAVAILABLE_SECONDS: u64 = 3;

/// Carried by a response until it is presented.
#[derive(Clone, Debug)]
pub(crate) struct Refused(pub(crate) Arc<Error>);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = status(&self.kind).into_response();
        let again = match self.kind {
            FaultKind::RateLimited { retry_after_seconds } => Some(HeaderValue::from(retry_after_seconds)),
            FaultKind::Unavailable => Some(HeaderValue::from(UNAVAILABLE_SECONDS)),
            _ => None,
        };
        if let Some(seconds) = again {
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response.extensions_mut().insert(Refused(Arc::new(self)));
        response
    }
}

pub(crate) const fn status(kind: &FaultKind) -> StatusCode {
    match kind {
        FaultKind::NotFound => StatusCode::NOT_FOUND,
        FaultKind::Conflict { .. } => StatusCode::CONFLICT,
        FaultKind::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        FaultKind::Forbidden(_) => StatusCode::FORBIDDEN,
        FaultKind::SignInNeeded => StatusCode::UNAUTHORIZED,
        FaultKind::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
        FaultKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        FaultKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        FaultKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The stable word for machines.
pub(crate) const fn code(kind: &FaultKind) -> &'static str {
    match kind {
        FaultKind::NotFound => "not_found",
        FaultKind::Conflict { code, .. } => code,
        FaultKind::Invalid(_) => "invalid",
        FaultKind::Forbidden(_) => "forbidden",
        FaultKind::SignInNeeded => "sign_in_needed",
        FaultKind::RateLimited { .. } => "rate_limited",
        FaultKind::TooLarge => "too_large",
        FaultKind::Unavailable => "unavailable",
        FaultKind::Internal => "internal",
    }
}

/// Gives a refusal its body. Refusals of axum itself (an id that is none, a method that is not there) become ours.
pub(crate) fn present(ctx: &Ctx, response: Response) -> Response {
    let Some(Refused(error)) = response.extensions().get::<Refused>().cloned() else {
        return match foreign(&response) {
            Some(kind) => with_headers(ctx, response, &kind),
            None => response,
        };
    };
    if let Some(cause) = &error.cause {
        let (request, code) = (ctx.request_id(), code(&error.kind));
        tracing::error!(%request, code, cause, "web.failed");
    }
    with_headers(ctx, response, &error.kind)
}

/// A plain-text refusal that no handler of ours wrote.
fn foreign(response: &Response) -> Option<FaultKind> {
    let typed = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !(typed.is_empty() || typed.starts_with("text/plain")) {
        return None;
    }
    match response.status() {
        // A path whose id is no id leads nowhere, as one whose id is somebody else's.
        StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND => Some(FaultKind::NotFound),
        StatusCode::PAYLOAD_TOO_LARGE => Some(FaultKind::TooLarge),
        StatusCode::METHOD_NOT_ALLOWED => Some(FaultKind::conflict("method_not_allowed")),
        StatusCode::SERVICE_UNAVAILABLE => Some(FaultKind::Unavailable),
        StatusCode::INTERNAL_SERVER_ERROR => Some(FaultKind::Internal),
        _ => None,
    }
}

fn with_headers(ctx: &Ctx, refused: Response, kind: &FaultKind) -> Response {
    let status = if refused.status() == StatusCode::METHOD_NOT_ALLOWED { refused.status() } else { status(kind) };
    let mut presented =
        if ctx.wants_json() { problem::problem(ctx, status, kind) } else { page::page(ctx, status, kind) };
    for name in [header::RETRY_AFTER, header::ALLOW, header::SET_COOKIE] {
        for value in refused.headers().get_all(&name) {
            presented.headers_mut().append(name.clone(), value.clone());
        }
    }
    presented
}
