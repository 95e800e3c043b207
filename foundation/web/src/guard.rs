//! Requests that change something come from our own pages, or from a program that shows a token of its own.

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, Request},
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::StreamExt as _;
use kernel::FaultKind;
use subtle::ConstantTimeEq as _;

use crate::{
    Ctx, Error, errors,
    gate::{Papers, Shown},
    routes::Takes,
    whose::{self, FormToken},
};

/// Bytes of a streamed form within which its token must stand.
const MOST_HEAD: usize = 16 * 1024;

/// Refuses what another site's page made the browser send.
///
/// The browser's own word (`Sec-Fetch-Site`, else `Origin`) is asked first; a form must carry our token besides. A request that
/// brings neither cookie nor bearer, nor says that it comes from a page, abuses nobody's rights: a gateway's webhook is one.
pub(crate) async fn same_site(takes: Takes, request: Request, next: Next) -> Response {
    let (Some(ctx), Some(papers)) =
        (request.extensions().get::<Ctx>().cloned(), request.extensions().get::<Papers>().cloned())
    else {
        return Error::of(FaultKind::Internal).into_response();
    };
    if is_foreign(&ctx, request.headers()) {
        return too_old();
    }
    let ambient = papers.shown == Shown::Cookie || (papers.shown == Shown::Nothing && papers.has_visitor);
    if !ambient {
        return next.run(request).await;
    }
    let typed = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if typed.starts_with("application/json") {
        let given = text(request.headers(), "x-csrf-token").and_then(|given| held(&papers, given.as_bytes()));
        return match given {
            Some(token) => pass(&ctx, token, request, next).await,
            None if is_same_origin(&ctx, request.headers()) => next.run(request).await,
            None => too_old(),
        };
    }
    let is_files = typed.starts_with("multipart/form-data");
    if takes == Takes::Stream {
        return streamed(&ctx, &papers, request, next).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, takes.most()).await else {
        return Error::of(FaultKind::TooLarge).into_response();
    };
    let given = if is_files {
        let copy = Request::from_parts(parts.clone(), Body::from(bytes.clone()));
        token_among_files(copy).await
    } else {
        url::form_urlencoded::parse(&bytes).find(|(name, _)| name == "_csrf").map(|(_, value)| value.into_owned())
    };
    let header = parts.headers.get("x-csrf-token").and_then(|value| value.to_str().ok());
    match given.as_deref().or(header).and_then(|given| held(&papers, given.as_bytes())) {
        Some(token) => pass(&ctx, token, Request::from_parts(parts, Body::from(bytes)), next).await,
        None => too_old(),
    }
}

/// Goes on for whom the page was made, and so does what the answer leads to, where a person sent it.
async fn pass(ctx: &Ctx, token: &FormToken, mut request: Request, next: Next) -> Response {
    let other = token.patient.filter(|patient| ctx.actor().patient() != Some(*patient));
    let Some(patient) = other else { return next.run(request).await };
    let is_by_hand = whose::is_by_hand(ctx) && text(request.headers(), "x-csrf-token").is_none();
    let ctx = ctx.made_for(patient);
    request.extensions_mut().insert(ctx.clone());
    let response = errors::present(&ctx, next.run(request).await);
    if is_by_hand { whose::follow(&ctx, response, patient) } else { response }
}

/// A form that is read as it comes in: its token is a header, or stands at its beginning, which is all that is held of it here.
async fn streamed(ctx: &Ctx, papers: &Papers, request: Request, next: Next) -> Response {
    if let Some(token) = text(request.headers(), "x-csrf-token").and_then(|given| held(papers, given.as_bytes())) {
        return pass(ctx, token, request, next).await;
    }
    let (parts, body) = request.into_parts();
    let mut body = body.into_data_stream();
    let mut head = Vec::new();
    let mut given = None;
    while given.is_none() && head.len() < MOST_HEAD {
        let Some(Ok(chunk)) = body.next().await else { break };
        head.extend_from_slice(&chunk);
        let begun = head.get(..MOST_HEAD).unwrap_or(&head);
        given = token_among_files(Request::from_parts(parts.clone(), Body::from(begun.to_vec()))).await;
    }
    let Some(token) = given.and_then(|given| held(papers, given.as_bytes())) else { return too_old() };
    let head = futures::stream::iter([Ok::<_, axum::Error>(Bytes::from(head))]);
    pass(ctx, token, Request::from_parts(parts, Body::from_stream(head.chain(body))), next).await
}

fn too_old() -> Response {
    Error::of(FaultKind::conflict("page_too_old")).into_response()
}

/// The token of ours that was given.
fn held<'a>(papers: &'a Papers, given: &[u8]) -> Option<&'a FormToken> {
    papers.tokens.iter().find(|token| bool::from(token.text.as_bytes().ct_eq(given)))
}

/// The browser says that another site's page asked.
fn is_foreign(ctx: &Ctx, headers: &HeaderMap) -> bool {
    match text(headers, "sec-fetch-site") {
        Some(site) => !matches!(site, "same-origin" | "none"),
        None => text(headers, "origin").is_some_and(|origin| !is_ours(ctx, headers, origin)),
    }
}

/// The browser says that our own page asked.
fn is_same_origin(ctx: &Ctx, headers: &HeaderMap) -> bool {
    text(headers, "sec-fetch-site") == Some("same-origin")
        || text(headers, "origin").is_some_and(|origin| is_ours(ctx, headers, origin))
}

/// The configured address, or the host that the request came to.
fn is_ours(ctx: &Ctx, headers: &HeaderMap, origin: &str) -> bool {
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    ctx.app().base_url().origin().ascii_serialization() == origin || (host.is_some() && host == text(headers, "host"))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

async fn token_among_files(request: Request) -> Option<String> {
    let mut parts = Multipart::from_request(request, &()).await.ok()?;
    while let Ok(Some(part)) = parts.next_field().await {
        if part.name() == Some("_csrf") {
            return part.text().await.ok();
        }
    }
    None
}
