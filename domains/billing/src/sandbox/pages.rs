//! The payer's page of the sandbox.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use gateways::payment::sandbox::{Answer, AnswerError, Sandbox, SandboxCheckout, SandboxState};
use serde::Deserialize;

use super::deliver;
use crate::payments::gateways_of;

#[derive(Template)]
#[template(path = "sandbox/pages/pay.html")]
struct PayPage {
    page: web::PageFrame,
    action: String,
    merchant: String,
    amount: String,
    reference: String,
    cancel_url: String,
    /// What has become of it, once it is closed.
    closed: Option<String>,
    /// Where a card holder objects to a payment that was made.
    object_action: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AnswerForm {
    answer: String,
    seconds: String,
}

const STYLE: &str = include_str!("pages/sandbox.css");
/// The delays that the page offers, in seconds; the last one is longer than a hold.
const DELAYS: [i64; 3] = [20, 300, 2400];

fn sandbox_of(me: &web::Visitor) -> Result<Arc<Sandbox>, AnswerError> {
    gateways_of(me.app()).sandbox().cloned().ok_or(AnswerError::NotFound)
}

async fn show(me: web::Visitor, Path(token): Path<String>) -> web::Result {
    let sandbox = sandbox_of(&me)?;
    let mut tx = me.begin_system("sandbox gateway").await.map_err(AnswerError::from)?;
    let found = sandbox.find(&mut tx, &token).await.map_err(AnswerError::from)?;
    tx.commit().await.map_err(AnswerError::from)?;
    let checkout = found.ok_or(AnswerError::NotFound)?;
    web::render(&view(&me, checkout))
}

fn view(me: &web::Visitor, checkout: SandboxCheckout) -> PayPage {
    let page = me.page("billing-sandbox-title");
    let closed = match checkout.state {
        SandboxState::Open => None,
        SandboxState::Processing => Some("billing-sandbox-processing"),
        SandboxState::Captured => Some("billing-sandbox-captured"),
        SandboxState::Declined => Some("billing-sandbox-declined"),
        SandboxState::Expired => Some("billing-sandbox-expired"),
    };
    let captured = checkout.state == SandboxState::Captured;
    let token = checkout.token;
    PayPage {
        action: format!("/sandbox/pay/{token}"),
        merchant: checkout.description,
        amount: page.money(checkout.money),
        reference: checkout.merchant_ref,
        cancel_url: checkout.cancel_url,
        closed: closed.map(|key| page.t(key)),
        object_action: captured.then(|| format!("/sandbox/pay/{token}/objection")),
        page,
    }
}

async fn answer(me: web::Visitor, Path(token): Path<String>, web::Form(form): web::Form<AnswerForm>) -> web::Result {
    let sandbox = sandbox_of(&me)?;
    let answer = match form.answer.as_str() {
        "approve" => Answer::Approve,
        "delay" => Answer::Delay,
        _ => Answer::Decline,
    };
    let mut tx = me.begin_system("sandbox gateway").await.map_err(AnswerError::from)?;
    let found = sandbox.find(&mut tx, &token).await.map_err(AnswerError::from)?;
    let checkout = found.ok_or(AnswerError::NotFound)?;
    match sandbox.answer(&mut tx, &token, answer).await {
        Ok(event) => deliver::webhook(&mut tx, event).await.map_err(AnswerError::from)?,
        // Pressed twice: the first answer stands, and the payer goes back all the same.
        Err(AnswerError::Closed) => return Ok(web::see_other(&checkout.success_url)),
        Err(error) => return Err(error.into()),
    }
    if answer == Answer::Delay {
        let wanted = form.seconds.parse().ok().filter(|seconds| DELAYS.contains(seconds)).unwrap_or(DELAYS[0]);
        deliver::settle_later(&mut tx, &token, wanted).await.map_err(AnswerError::from)?;
    }
    tx.commit().await.map_err(AnswerError::from)?;
    Ok(web::see_other(&checkout.success_url))
}

/// Its own look: a payer should see that this is not the hospital.
async fn style(me: web::Visitor) -> web::Result {
    sandbox_of(&me)?;
    let style: Response = ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response();
    Ok(style)
}

pub(super) fn routes() -> web::Routes {
    let why = "the sandbox gateway stands in for another company's site; the token is the key";
    web::Routes::new()
        .public_get("/sandbox/pay/{token}", why, show)
        .public_post("/sandbox/pay/{token}", why, answer)
        .public_get("/sandbox/style.css", "the look of the sandbox gateway", style)
}
