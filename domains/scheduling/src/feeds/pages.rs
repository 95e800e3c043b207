use askama::Template;
use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use identity::{
    Network,
    throttle::{CALENDAR_FEED, CALENDAR_NETWORK},
};
use kernel::{Fault, FaultKind};
use serde::Deserialize;
use web::{Form, PageFrame, SignedIn, Visitor};

use super::{
    open::{self, set_names},
    read::read,
    store,
};

#[derive(Template)]
#[template(path = "feeds/pages/show.html")]
#[expect(clippy::struct_excessive_bools, reason = "what the page shows or leaves out, each by itself")]
struct FeedPage {
    page: PageFrame,
    tab: &'static str,
    is_patient: bool,
    is_doctor: bool,
    is_open: bool,
    names: bool,
    since: String,
    read: String,
    /// Just opened: shown this once.
    address: String,
    webcal: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NamesForm {
    names: Option<String>,
}

/// `GET /account/calendar`
pub(super) async fn show(me: SignedIn) -> web::Result {
    web::render(&page(&me, None).await?)
}

/// `POST /account/calendar`: opens an address, or another one, and shows it once.
pub(super) async fn open(me: SignedIn, Form(form): Form<NamesForm>) -> web::Result {
    let mut tx = me.begin().await?;
    let token = open::open(&mut tx, me.app().vault(), me.actor(), form.names.is_some()).await?;
    tx.commit().await?;
    web::render(&page(&me, Some(token.expose())).await?)
}

/// `POST /account/calendar/names`
pub(super) async fn names(me: SignedIn, Form(form): Form<NamesForm>) -> web::Result {
    let mut tx = me.begin().await?;
    set_names(&mut tx, me.actor(), form.names.is_some()).await?;
    tx.commit().await?;
    me.flash_ok("scheduling-feed-saved");
    Ok(me.redirect("/account/calendar"))
}

/// `POST /account/calendar/revocation`
pub(super) async fn revoke(me: SignedIn) -> web::Result {
    let mut tx = me.begin().await?;
    open::revoke(&mut tx, me.actor()).await?;
    tx.commit().await?;
    me.flash_ok("scheduling-feed-revoked");
    Ok(me.redirect("/account/calendar"))
}

async fn page(me: &SignedIn, token: Option<&String>) -> Result<FeedPage, web::Error> {
    let actor = me.actor();
    let mut tx = me.begin().await?;
    let feed = store::find(&mut tx, actor.account).await?;
    tx.commit().await?;
    let page = me.page("scheduling-feed-title");
    let address = token.map(|token| address(me.app(), token)).unwrap_or_default();
    Ok(FeedPage {
        tab: "calendar",
        is_patient: actor.patient().is_some(),
        is_doctor: actor.practitioner.is_some(),
        is_open: feed.is_some(),
        names: feed.as_ref().is_some_and(|feed| feed.names),
        since: feed.as_ref().map(|feed| page.day(feed.created_at)).unwrap_or_default(),
        read: feed.and_then(|feed| feed.read_at).map(|at| page.when(at)).unwrap_or_default(),
        webcal: address.split_once("://").map(|(_, rest)| format!("webcal://{rest}")).unwrap_or_default(),
        address,
        page,
    })
}

/// How a calendar program finds it.
pub(super) fn address(app: &web::App, token: &str) -> String {
    format!("{}/calendar/{token}.ics", app.base_url().as_str().trim_end_matches('/'))
}

#[derive(Debug, thiserror::Error)]
#[error("there is no such calendar")]
struct NoCalendar;

impl Fault for NoCalendar {
    fn kind(&self) -> FaultKind {
        FaultKind::NotFound
    }
}

/// `GET /calendar/{token}.ics`
pub(super) async fn feed(me: Visitor, Path(name): Path<String>) -> web::Result {
    let token = name.strip_suffix(".ics").unwrap_or(&name);
    let network = Network::of(me.client_ip());
    let limits = [(CALENDAR_NETWORK, network.as_str()), (CALENDAR_FEED, token)];
    identity::door::throttle(&me).pass(&limits).await?;
    let mut tx = me.begin_system("scheduling.calendar_feed").await?;
    let found = read(&mut tx, me.app(), token).await?;
    tx.commit().await?;
    let calendar = found.ok_or(NoCalendar)?;
    let is_known = me.header("if-none-match").is_some_and(|known| knows(known, &calendar.tag));
    let mut answer: Response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let headers = [
            (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
            (header::CONTENT_DISPOSITION, "inline; filename=\"appointments.ics\""),
        ];
        (headers, calendar.file).into_response()
    };
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=300"));
    if let Ok(tag) = HeaderValue::from_str(&calendar.tag) {
        headers.insert(header::ETAG, tag);
    }
    Ok(answer)
}

/// RFC 9110, 13.1.2: weakly compared; an intermediary may have marked it weak.
fn knows(known: &str, tag: &str) -> bool {
    known.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}
