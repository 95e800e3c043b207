//! The first and the last that a request meets: who asks and in which language; then how the answer leaves.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use access::Actor;
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use data_encoding::BASE64URL_NOPAD;
use kernel::{FaultKind, Locale, Random, Zone};

use crate::{
    App, Ctx, Error,
    ctx::{FlashState, Inside, cookie, session_cookie_name},
    errors,
    forms::nul,
    headers, i18n,
    page::Flash,
    whose::{self, FormToken},
};

/// How the request shows who asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shown {
    Nothing,
    /// A header that no other site's page can make a browser send.
    Bearer,
    /// Sent by the browser by itself: only our own pages may use it.
    Cookie,
}

/// What the guard asks: how the request showed itself, and which form tokens are good.
#[derive(Clone, Debug)]
pub(crate) struct Papers {
    pub(crate) shown: Shown,
    pub(crate) has_visitor: bool,
    pub(crate) tokens: Vec<FormToken>,
}

pub(crate) async fn enter(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let (ctx, papers, fresh_visitor) = match build(&app, &parts).await {
        Ok(built) => built,
        Err(error) => {
            tracing::error!(%error, "web.no_database");
            return unavailable(&app, &parts);
        }
    };
    if let Some(refused) = nowhere(&parts).or_else(|| enrolment(&ctx)) {
        return headers::seal(&ctx, errors::present(&ctx, refused));
    }
    parts.extensions.insert(ctx.clone());
    parts.extensions.insert(papers);
    let response = errors::present(&ctx, next.run(Request::from_parts(parts, body)).await);
    let mut response = headers::seal(&ctx, response);
    if let Some(patient) = ctx.turned_to().filter(|_| whose::is_by_hand(&ctx)) {
        response = whose::follow(&ctx, response, patient);
    }
    if let Some(visitor) = fresh_visitor.filter(|_| is_html(&response)) {
        set_cookie(&app, &mut response, visitor_cookie(&app), &visitor, "");
    }
    if ctx.cookie("flash").is_some() && is_html(&response) {
        set_cookie(&app, &mut response, "flash", "", "; Max-Age=0");
    }
    response
}

async fn build(app: &App, request: &Parts) -> Result<(Ctx, Papers, Option<String>), db::Error> {
    let headers = &request.headers;
    let (token, mut shown) = token(app, headers);
    let known = match (token, app.door()) {
        (Some(token), Some(door)) => door.find(app.db(), token, !is_polling(request)).await?,
        _ => None,
    };
    if known.is_none() {
        shown = Shown::Nothing;
    }
    let (mut actor, unread, people) = match known {
        Some(known) => (Some(known.actor), Some(known.unread), known.people),
        None => (None, None, Vec::new()),
    };
    let carried = cookie(headers, visitor_cookie(app)).map(str::to_owned);
    let has_visitor = carried.is_some();
    let fresh = carried.is_none().then(|| BASE64URL_NOPAD.encode(&Random::os().token32()[..16]));
    let visitor = carried.or_else(|| fresh.clone()).unwrap_or_default();
    let mut tokens = Vec::with_capacity(2);
    let mut chosen = None;
    if let (Some(token), Shown::Cookie) = (token, shown) {
        tokens = whose::form_tokens(app, token, &people);
        chosen = whose::chosen(app, headers, token, &people);
    }
    if let Some(actor) = &mut actor {
        whose::put_first(actor, chosen);
    }
    // A page that was made before somebody signed in is their own.
    tokens.push(FormToken { text: form_token(app, &visitor), patient: people.first().map(|one| one.patient) });
    let locale = locale(headers, actor.as_ref());
    let ctx = Ctx::new(Inside {
        app: app.clone(),
        unread,
        locale,
        zone: zone(headers, actor.as_ref()),
        uri: request.uri.clone(),
        headers: headers.clone(),
        client_ip: client_ip(request),
        request_id: uuid::Builder::from_random_bytes(random16()).into_uuid(),
        tokens: tokens.clone(),
        turned_to: Arc::default(),
        people,
        flash: Mutex::new(FlashState { shown: flash(headers, locale), next: None }),
        nobody: Actor::nobody(),
        actor,
    });
    Ok((ctx, Papers { shown, has_visitor, tokens }, fresh))
}

fn token<'a>(app: &App, headers: &'a HeaderMap) -> (Option<&'a str>, Shown) {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if let Some((scheme, token)) = bearer.and_then(|value| value.split_once(' '))
        && scheme.eq_ignore_ascii_case("bearer")
    {
        return (Some(token.trim()), Shown::Bearer);
    }
    cookie(headers, session_cookie_name(app)).map_or((None, Shown::Nothing), |token| (Some(token), Shown::Cookie))
}

/// Asked by scripts of an open page, not by a person: it does not keep a session alive.
fn is_polling(request: &Parts) -> bool {
    request.headers.contains_key("x-fragment") || request.uri.path().ends_with("/live")
}

/// No store holds a text with a null character: such an address leads nowhere.
fn nowhere(request: &Parts) -> Option<Response> {
    let address = request.uri.path_and_query().map_or("", |address| address.as_str());
    nul::is_in_encoded(address.as_bytes()).then(|| Error::of(FaultKind::NotFound).into_response())
}

/// Staff without a second factor reach nothing but setting one up.
fn enrolment(ctx: &Ctx) -> Option<Response> {
    let open = ["/account/security", "/sign-out", "/locale", "/api/v1/sessions"];
    let path = ctx.path();
    let is_open =
        open.iter().any(|open| path == *open || path.strip_prefix(open).is_some_and(|rest| rest.starts_with('/')));
    if is_open || !ctx.actor_opt().is_some_and(|actor| actor.must_enrol) {
        return None;
    }
    Some(if ctx.wants_json() {
        Error::of(FaultKind::forbidden("web-rule-second-factor", "web-who-you")).into_response()
    } else {
        ctx.redirect("/account/security")
    })
}

/// This browser's choice, else the account's, else what the browser says of itself.
fn locale(headers: &HeaderMap, actor: Option<&Actor>) -> Locale {
    let chosen = cookie(headers, "locale").and_then(|tag| tag.parse().ok());
    let accepted = || headers.get(header::ACCEPT_LANGUAGE).and_then(|value| Locale::accepted(value.to_str().ok()?));
    chosen.or_else(|| actor.map(|actor| actor.locale)).or_else(accepted).unwrap_or_default()
}

fn zone(headers: &HeaderMap, actor: Option<&Actor>) -> Zone {
    let account = actor.map(|actor| actor.zone.clone());
    account.or_else(|| cookie(headers, "tz").and_then(|name| name.parse().ok())).unwrap_or_else(Zone::utc)
}

fn flash(headers: &HeaderMap, locale: Locale) -> Option<Flash> {
    let (kind, key) = cookie(headers, "flash")?.split_once('.')?;
    let text = i18n::text_if_known(locale, key)?;
    (kind == "ok").then(|| Flash { kind: kind.to_owned(), text })
}

/// The peer; where that is a proxy on this machine, the address that it saw.
fn client_ip(request: &Parts) -> std::net::IpAddr {
    let peer = request.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let peer = peer.unwrap_or(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST));
    let forwarded = request.headers.get_all("x-forwarded-for").iter().next_back();
    let last = forwarded.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    last.filter(|_| peer.is_loopback()).unwrap_or(peer)
}

pub(crate) fn form_token(app: &App, secret: &str) -> String {
    BASE64URL_NOPAD.encode(&app.vault().mac("web.form", secret.as_bytes()))
}

fn visitor_cookie(app: &App) -> &'static str {
    if app.is_https() { "__Host-visitor" } else { "visitor" }
}

fn is_html(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}

fn set_cookie(app: &App, response: &mut Response, name: &str, value: &str, lifetime: &str) {
    let secure = if app.is_https() { "; Secure" } else { "" };
    if let Ok(value) =
        HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{lifetime}"))
    {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// The database is away: nobody is known, and the page says so.
fn unavailable(app: &App, request: &Parts) -> Response {
    let headers = &request.headers;
    let ctx = Ctx::new(Inside {
        app: app.clone(),
        actor: None,
        nobody: Actor::nobody(),
        locale: locale(headers, None),
        zone: zone(headers, None),
        uri: request.uri.clone(),
        headers: headers.clone(),
        client_ip: client_ip(request),
        request_id: uuid::Builder::from_random_bytes(random16()).into_uuid(),
        tokens: Vec::new(),
        turned_to: Arc::default(),
        unread: None,
        people: Vec::new(),
        flash: Mutex::default(),
    });
    let response = errors::present(&ctx, Error::of(FaultKind::Unavailable).into_response());
    headers::seal(&ctx, response)
}

fn random16() -> [u8; 16] {
    let mut bytes = [0; 16];
    Random::os().fill(&mut bytes);
    bytes
}
