//! `/sign-in`, its second step, and `/sign-out`.

use askama::Template;
use axum::response::Response;
use kernel::{Fault, FaultKind, FieldError, Secret};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Form, Json, Query, SignedIn, Visitor};
use webauthn_rs::prelude::PublicKeyCredential;

use super::{Challenge, EnterError, Entered, Knock, SecondStep, enter, prove, store};
use crate::{
    door::{self, Refused},
    factors::{Overview, passkeys},
    sessions::{self, EndedWhy, Factor, Opened},
    throttle,
    tokens::TokenHash,
};

pub fn routes() -> web::Routes {
    web::Routes::new()
        .public_get("/sign-in", "whoever comes in is not in yet", show)
        .public_post("/sign-in", "whoever comes in is not in yet", submit)
        .public_get("/sign-in/second-factor", "the password was right, nobody is in yet", second_show)
        .public_post("/sign-in/second-factor", "the password was right, nobody is in yet", second_submit)
        .public_post("/sign-in/passkey/options", "the passkey says who comes", passkey_options)
        .public_post("/sign-in/passkey", "the passkey says who comes", passkey_answer)
        .public_post(
            "/sign-in/second-factor/passkey/options",
            "the password was right, nobody is in yet",
            second_options,
        )
        .public_post("/sign-in/second-factor/passkey", "the password was right, nobody is in yet", second_answer)
        .post::<SignedIn, _, _>("/sign-out", sign_out)
}

#[derive(Template)]
#[template(path = "sign_in/pages/sign_in.html")]
struct SignInPage {
    page: web::PageFrame,
    identifier: String,
    next: String,
    next_query: String,
}

#[derive(Template)]
#[template(path = "sign_in/pages/second_factor.html")]
struct SecondFactorPage {
    page: web::PageFrame,
    has_passkey: bool,
}

#[derive(Deserialize)]
pub(crate) struct NextQuery {
    #[serde(default)]
    next: String,
}

async fn show(me: Visitor, Query(query): Query<NextQuery>) -> web::Result {
    let next = door::next_path(&query.next).to_owned();
    if me.actor_opt().is_some() {
        return Ok(me.redirect(landing(&next)));
    }
    web::render(&sign_in_page(&me, String::new(), next, Vec::new()))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SignInForm {
    identifier: String,
    password: String,
    next: String,
}

async fn submit(me: Visitor, Form(form): Form<SignInForm>) -> web::Result {
    let next = door::next_path(&form.next).to_owned();
    let mut missing = Vec::new();
    if form.identifier.trim().is_empty() {
        missing.push(FieldError::new("identifier", "identity-address-missing"));
    }
    if form.password.is_empty() {
        missing.push(FieldError::new("password", "identity-password-missing"));
    }
    if !missing.is_empty() {
        return web::render_status(422, &sign_in_page(&me, form.identifier, next, missing));
    }
    let knock = Knock {
        identifier: form.identifier.clone(),
        password: Secret::new(form.password),
        next: next.clone(),
        origin: door::origin(&me),
    };
    match enter(me.app().db(), door::throttle(&me), knock).await {
        Ok(Entered::Session(session)) => Ok(signed_in(&me, &session, &next)),
        Ok(Entered::SecondFactorDue(challenge)) => {
            let response = me.redirect("/sign-in/second-factor");
            Ok(sessions::set_challenge_cookie(me.app(), response, challenge.token.expose()))
        }
        Err(EnterError::Refused) => {
            let errors = door::one("identifier", "identity-sign-in-refused");
            web::render_status(401, &sign_in_page(&me, form.identifier, next, errors))
        }
        Err(error) => match error.kind() {
            FaultKind::RateLimited { retry_after_seconds } => {
                let wait = FieldError::new("identifier", "identity-sign-in-wait").with("seconds", retry_after_seconds);
                web::render_status(429, &sign_in_page(&me, form.identifier, next, vec![wait]))
            }
            _ => Err(error.into()),
        },
    }
}

fn sign_in_page(me: &Visitor, identifier: String, next: String, errors: Vec<FieldError>) -> SignInPage {
    let next_query = door::next_query(&next);
    SignInPage { page: me.page("identity-sign-in-title").with_errors(errors), identifier, next, next_query }
}

/// The challenge this browser holds, if it is still good.
async fn held(me: &Visitor) -> Result<Option<(String, Challenge, Overview)>, db::Error> {
    let Some(token) = sessions::challenge_token(me) else { return Ok(None) };
    let mut tx = me.begin_system("second factor").await?;
    let Some(challenge) = store::find(&mut tx, &TokenHash::of(&token)).await? else { return Ok(None) };
    let overview = Overview::load(&mut tx, challenge.account).await?;
    tx.commit().await?;
    Ok(Some((token, challenge, overview)))
}

async fn second_show(me: Visitor) -> web::Result {
    match held(&me).await? {
        Some((_, _, overview)) => web::render(&second_page(&me, &overview, Vec::new())),
        None => Ok(me.redirect("/sign-in")),
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct CodeForm {
    code: String,
}

async fn second_submit(me: Visitor, Form(form): Form<CodeForm>) -> web::Result {
    let Some((token, challenge, overview)) = held(&me).await? else { return Ok(me.redirect("/sign-in")) };
    door::throttle(&me).pass(&[(throttle::SECOND_FACTOR, &challenge.account.to_string())]).await?;
    let mut tx = me.begin_system("second factor").await?;
    let step = prove(&mut tx, me.app().vault(), &token, &form.code, &door::origin(&me)).await?;
    tx.commit().await?;
    match step {
        SecondStep::Done { session, next } => {
            door::throttle(&me).forget(throttle::SECOND_FACTOR, &challenge.account.to_string()).await?;
            Ok(signed_in(&me, &session, &next))
        }
        SecondStep::Wrong { tries_left } => {
            let error = FieldError::new("code", "identity-second-factor-wrong").with("left", tries_left);
            web::render_status(422, &second_page(&me, &overview, vec![error]))
        }
        SecondStep::Dead => {
            let errors = door::one("identifier", "identity-second-factor-dead");
            web::render_status(422, &sign_in_page(&me, String::new(), challenge.next, errors))
        }
    }
}

fn second_page(me: &Visitor, overview: &Overview, errors: Vec<FieldError>) -> SecondFactorPage {
    let page = me.page("identity-second-factor-title").with_errors(errors);
    SecondFactorPage { page, has_passkey: !overview.passkeys.is_empty() }
}

/// What the island posts back: the ceremony it answers, and where to go.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Answer {
    ceremony: Uuid,
    #[schemars(with = "serde_json::Value")]
    credential: PublicKeyCredential,
    #[serde(default)]
    next: String,
}

#[derive(Serialize, schemars::JsonSchema)]
struct GoTo {
    next: String,
}

async fn passkey_options(me: Visitor) -> web::Result {
    let network = door::origin(&me).network;
    door::throttle(&me).pass(&[(throttle::CODE_TRIES_NETWORK, network.as_str())]).await?;
    let mut tx = me.begin_system("passkey").await?;
    let ceremony = passkeys::start_sign_in(&mut tx, site(&me)).await?;
    tx.commit().await?;
    web::json(&ceremony)
}

async fn passkey_answer(me: Visitor, Json(answer): Json<Answer>) -> web::Result {
    let mut tx = me.begin_system("passkey").await?;
    let by = passkeys::finish_sign_in(&mut tx, site(&me), answer.ceremony, &answer.credential).await?;
    let session = sessions::open(&mut tx, by.account, Factor::Passkey, &door::origin(&me)).await?;
    tx.commit().await?;
    go_on(&me, &session, door::next_path(&answer.next))
}

async fn second_options(me: Visitor) -> web::Result {
    let Some((_, challenge, _)) = held(&me).await? else { return Err(Refused(FaultKind::SignInNeeded).into()) };
    let mut tx = me.begin_system("second factor").await?;
    let ceremony = passkeys::start_second_factor(&mut tx, site(&me), challenge.account, challenge.id).await?;
    tx.commit().await?;
    web::json(&ceremony)
}

async fn second_answer(me: Visitor, Json(answer): Json<Answer>) -> web::Result {
    let Some((_, challenge, _)) = held(&me).await? else { return Err(Refused(FaultKind::SignInNeeded).into()) };
    let mut tx = me.begin_system("second factor").await?;
    let by = passkeys::finish_second_factor(&mut tx, site(&me), answer.ceremony, &answer.credential).await?;
    let fits = by.sign_in_challenge == Some(challenge.id) && by.account == challenge.account;
    if !fits || !store::set_used(&mut tx, challenge.id).await? {
        return Err(passkeys::PasskeyError::Over.into());
    }
    let session = sessions::open(&mut tx, by.account, Factor::SecondFactor, &door::origin(&me)).await?;
    tx.commit().await?;
    go_on(&me, &session, &challenge.next)
}

fn go_on(me: &Visitor, session: &Opened, next: &str) -> web::Result {
    let response = web::json(&GoTo { next: landing(next).to_owned() })?;
    Ok(sessions::set_cookie(me.app(), response, session))
}

pub(crate) fn site(me: &web::Ctx) -> passkeys::Site<'_> {
    passkeys::Site { vault: me.app().vault(), base_url: me.app().base_url(), brand: me.app().brand() }
}

/// In, and on to where the person wanted to go.
pub(crate) fn signed_in(me: &web::Ctx, session: &Opened, next: &str) -> Response {
    sessions::set_cookie(me.app(), me.redirect(landing(next)), session)
}

/// Home, which leads each role to its own page, unless there is somewhere to go back to.
fn landing(next: &str) -> &str {
    if next.is_empty() { "/home" } else { next }
}

async fn sign_out(me: SignedIn) -> web::Result {
    let actor = me.actor();
    let mut tx = me.begin_system("sign out").await?;
    sessions::end(&mut tx, actor.account, actor.session, EndedWhy::SignedOut).await?;
    tx.commit().await?;
    Ok(sessions::clear_cookie(me.app(), me.redirect("/")))
}
