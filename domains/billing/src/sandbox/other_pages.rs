//! The sandbox's pages for payees and for card holders who object.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use gateways::payment::{
    AccountState, DisputeState,
    sandbox::{AnswerError, Bank, Sandbox},
};
use serde::Deserialize;

use super::deliver;
use crate::payments::gateways_of;

#[derive(Template)]
#[template(path = "sandbox/pages/account.html")]
struct AccountPage {
    page: web::PageFrame,
    action: String,
    state: String,
    back: String,
}

#[derive(Template)]
#[template(path = "sandbox/pages/dispute.html")]
struct DisputePage {
    page: web::PageFrame,
    action: String,
    amount: String,
    reference: String,
    state: String,
    open: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AnswerForm {
    answer: String,
}

fn sandbox_of(me: &web::Visitor) -> Result<Arc<Sandbox>, AnswerError> {
    gateways_of(me.app()).sandbox().cloned().ok_or(AnswerError::NotFound)
}

async fn account(me: web::Visitor, Path(token): Path<String>) -> web::Result {
    let sandbox = sandbox_of(&me)?;
    let mut tx = me.begin_system("sandbox gateway").await.map_err(AnswerError::from)?;
    let found = sandbox.account(&mut tx, &token).await.map_err(AnswerError::from)?.ok_or(AnswerError::NotFound)?;
    tx.commit().await.map_err(AnswerError::from)?;
    let page = me.page("sandbox-account-title");
    let state = match found.state {
        AccountState::Pending => "sandbox-account-pending",
        AccountState::Verified => "sandbox-account-verified",
        AccountState::Restricted => "sandbox-account-restricted",
    };
    let view = AccountPage {
        action: format!("/sandbox/accounts/{token}"),
        state: page.t(state),
        back: found.return_url,
        page,
    };
    web::render(&view)
}

async fn judge_account(
    me: web::Visitor,
    Path(token): Path<String>,
    web::Form(form): web::Form<AnswerForm>,
) -> web::Result {
    let sandbox = sandbox_of(&me)?;
    let bank = match form.answer.as_str() {
        "pays" => Some(Bank::Pays),
        "refuses" => Some(Bank::Refuses),
        "returns" => Some(Bank::Returns),
        _ => None,
    };
    let mut tx = me.begin_system("sandbox gateway").await.map_err(AnswerError::from)?;
    let found = sandbox.account(&mut tx, &token).await.map_err(AnswerError::from)?.ok_or(AnswerError::NotFound)?;
    let event = sandbox.judge_account(&mut tx, &token, bank).await?;
    deliver::webhook(&mut tx, event).await.map_err(AnswerError::from)?;
    tx.commit().await.map_err(AnswerError::from)?;
    let here = format!("/sandbox/accounts/{token}");
    Ok(web::see_other(if found.return_url.is_empty() { &here } else { &found.return_url }))
}

async fn object(me: web::Visitor, Path(token): Path<String>) -> web::Result {
    let sandbox = sandbox_of(&me)?;
    let mut tx = me.begin_system("sandbox gateway").await.map_err(AnswerError::from)?;
    let (dispute, event) = sandbox.object(&mut tx, &token).await?;
    deliver::webhook(&mut tx, event).await.map_err(AnswerError::from)?;
    tx.commit().await.map_err(AnswerError::from)?;
    Ok(web::see_other(&format!("/sandbox/disputes/{dispute}")))
}

async fn dispute(me: web::Visitor, Path(token): Path<String>) -> web::Result {
    let sandbox = sandbox_of(&me)?;
    let mut tx = me.begin_system("sandbox gateway").await.map_err(AnswerError::from)?;
    let found = sandbox.dispute(&mut tx, &token).await.map_err(AnswerError::from)?.ok_or(AnswerError::NotFound)?;
    tx.commit().await.map_err(AnswerError::from)?;
    let page = me.page("sandbox-dispute-title");
    let state = match found.state {
        DisputeState::Open | DisputeState::UnderReview => "sandbox-dispute-open",
        DisputeState::Won => "sandbox-dispute-won",
        DisputeState::Lost => "sandbox-dispute-lost",
    };
    let view = DisputePage {
        action: format!("/sandbox/disputes/{token}"),
        amount: page.money(found.money),
        reference: found.merchant_ref,
        state: page.t(state),
        open: matches!(found.state, DisputeState::Open | DisputeState::UnderReview),
        page,
    };
    web::render(&view)
}

async fn judge_dispute(
    me: web::Visitor,
    Path(token): Path<String>,
    web::Form(form): web::Form<AnswerForm>,
) -> web::Result {
    let sandbox = sandbox_of(&me)?;
    let here = format!("/sandbox/disputes/{token}");
    let mut tx = me.begin_system("sandbox gateway").await.map_err(AnswerError::from)?;
    match sandbox.judge_dispute(&mut tx, &token, form.answer == "won").await {
        Ok(event) => deliver::webhook(&mut tx, event).await.map_err(AnswerError::from)?,
        // Pressed twice: the first answer stands.
        Err(AnswerError::Closed) => return Ok(web::see_other(&here)),
        Err(error) => return Err(error.into()),
    }
    tx.commit().await.map_err(AnswerError::from)?;
    Ok(web::see_other(&here))
}

pub(super) fn routes() -> web::Routes {
    let why = "the sandbox gateway stands in for another company's site; the token is the key";
    web::Routes::new()
        .public_get("/sandbox/accounts/{token}", why, account)
        .public_post("/sandbox/accounts/{token}", why, judge_account)
        .public_post("/sandbox/pay/{token}/objection", why, object)
        .public_get("/sandbox/disputes/{token}", why, dispute)
        .public_post("/sandbox/disputes/{token}", why, judge_dispute)
}
