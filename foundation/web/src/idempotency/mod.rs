//! `Idempotency-Key`: a call that is repeated because its answer was lost is answered again, not done again.
//!
//! ```text
//! (new key) ─claim─▶ running ─answer─▶ answered ─(a day)─▶ forgotten
//!                       └─(a minute without an answer: the process died)─▶ claimed anew
//! ```
//!
//! Keys belong to an account. The kept answer may hold health content, so it is sealed. Answers of 5xx are not kept.

mod store;

use aws_lc_rs::digest;
use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::{FaultKind, FieldError, ids::AccountId};
use serde::{Deserialize, Serialize};
use vault::At;

use crate::{Ctx, Error, errors};

const MOST_BYTES: usize = 2 * 1024 * 1024;

pub(crate) async fn once(request: Request, next: Next) -> Response {
    let asked = request.extensions().get::<Ctx>().cloned().and_then(|ctx| {
        let account = ctx.actor_opt()?.account;
        let key = ctx.header("idempotency-key")?.trim().to_owned();
        Some((ctx, account, key))
    });
    match asked {
        None => next.run(request).await,
        Some((ctx, account, key)) => {
            answer(&ctx, account, key, request, next).await.unwrap_or_else(IntoResponse::into_response)
        }
    }
}

async fn answer(ctx: &Ctx, account: AccountId, key: String, request: Request, next: Next) -> Result<Response, Error> {
    if key.is_empty() || key.len() > 200 {
        return Err(mistake("1 to 200 characters"));
    }
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, MOST_BYTES).await.map_err(|_| Error::of(FaultKind::TooLarge))?;
    let hash = hash(parts.method.as_str(), ctx.path(), &bytes);
    let mut tx = ctx.begin().await?;
    let claim = store::claim(&mut tx, account, &key, &hash).await?;
    if let store::Claim::Known(known) = claim {
        let kept = kept(ctx, &mut tx, &hash, known).await;
        tx.rollback().await?;
        return kept;
    }
    tx.commit().await?;
    let response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
    // Refusals get their body here, so that what is kept is whole.
    let response = errors::present(ctx, response);
    let (head, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, MOST_BYTES).await.map_err(|_| Error::of(FaultKind::Internal))?;
    keep(ctx, account, &key, &head, &bytes).await?;
    Ok(Response::from_parts(head, Body::from(bytes)))
}

/// What is kept of an answer, sealed.
#[derive(Serialize, Deserialize)]
struct Kept {
    content_type: Option<String>,
    body: String,
}

async fn keep(
    ctx: &Ctx,
    account: AccountId,
    key: &str,
    head: &axum::http::response::Parts,
    bytes: &Bytes,
) -> Result<(), Error> {
    let mut tx = ctx.begin().await?;
    if head.status.is_server_error() {
        store::delete(&mut tx, account, key).await?;
    } else {
        let content_type = head.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let kept =
            Kept { content_type: content_type.map(str::to_owned), body: String::from_utf8_lossy(bytes).into_owned() };
        let at = At::new("idempotency_keys", "answer", account.uuid());
        let sealed = ctx.app().vault().seal_platform_json(&mut tx, at, &kept).await?;
        store::set_answer(&mut tx, account, key, head.status.as_u16(), &sealed).await?;
    }
    Ok(tx.commit().await?)
}

async fn kept(ctx: &Ctx, tx: &mut db::Tx, hash: &[u8], known: store::Known) -> Result<Response, Error> {
    if known.request_hash != hash {
        return Err(mistake("this key was used for another request"));
    }
    let (Some(status), Some(sealed)) = (known.status, known.answer) else {
        return Err(Error::of(FaultKind::conflict("key_in_use")));
    };
    let at = At::new("idempotency_keys", "answer", known.account.uuid());
    let kept: kernel::Phi<Kept> = ctx.app().vault().open_platform_json(tx, at, &sealed).await?;
    let Kept { content_type, body } = kept.into_inner();
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, body).into_response();
    if let Some(kind) = content_type.and_then(|kind| HeaderValue::from_str(&kind).ok()) {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    response.headers_mut().insert("idempotency-replayed", HeaderValue::from_static("true"));
    Ok(response)
}

fn mistake(what: &str) -> Error {
    Error::of(FaultKind::Invalid(vec![FieldError::new("Idempotency-Key", "web-unreadable").with("what", what)]))
}

fn hash(method: &str, path: &str, body: &[u8]) -> Vec<u8> {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in [method.as_bytes(), path.as_bytes(), body] {
        context.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        context.update(part);
    }
    context.finish().as_ref().to_vec()
}
