//! The desk scans a card. Whoever is no staff learns nothing from the address on one.

use askama::Template;
use axum::extract::Path;
use identity::{
    Network,
    door::{Refused, throttle},
    throttle::{CARD_NETWORK, DESK},
};
use kernel::{FaultKind, FieldError, ids::AppointmentId};
use serde::Deserialize;
use web::{Ctx, Form, PageFrame, Staff, Visitor};

use super::super::{
    desk::{Due, FrontDesk},
    model::{PLACE, token_in},
    policy,
    scan::{Scanned, scan},
    store,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ScanForm {
    code: String,
}

#[derive(Template)]
#[template(path = "cards/pages/scan.html")]
struct ScanPage {
    page: PageFrame,
    code: String,
}

#[derive(Template)]
#[template(path = "cards/pages/plain.html")]
struct PlainPage {
    page: PageFrame,
}

#[derive(Template)]
#[template(path = "cards/pages/unknown.html")]
struct UnknownPage {
    page: PageFrame,
}

struct DueLine {
    time: String,
    doctor: String,
    detail: String,
    state: String,
    tone: &'static str,
    href: String,
    /// Where to say that the patient is here; empty when it is not the time.
    arrival: String,
}

#[derive(Template)]
#[template(path = "cards/pages/person.html")]
struct PersonPage {
    page: PageFrame,
    name: String,
    called: String,
    record_no: String,
    born: String,
    age: String,
    due: Vec<DueLine>,
    /// The chart, where it is open to whoever scans.
    chart: String,
    /// A doctor to whom it is not.
    is_shut: bool,
}

/// `GET /desk/scan`
pub(super) async fn ask(me: Staff) -> web::Result {
    web::render(&ScanPage { page: me.page("people-scan-title"), code: String::new() })
}

/// `POST /desk/scan`: what a hand scanner or a hand has typed.
pub(super) async fn typed(me: Staff, Form(form): Form<ScanForm>) -> web::Result {
    if let Some(token) = token_in(&form.code, me.app().base_url()) {
        return Ok(me.redirect(&format!("/{PLACE}/{token}")));
    }
    let error = FieldError::new("code", "people-scan-error-code");
    let page = me.page("people-scan-title").with_errors(vec![error]);
    web::render_status(422, &ScanPage { page, code: form.code.chars().take(300).collect() })
}

/// `GET /c/{card_token}`
pub(super) async fn opened(me: Visitor, Path(token): Path<String>) -> web::Result {
    throttle(&me).pass(&[(CARD_NETWORK, Network::of(me.client_ip()).as_str())]).await?;
    if !policy::may_identify(me.actor()) {
        return web::render(&PlainPage { page: me.page("people-card-plain-title") });
    }
    throttle(&me).pass(&[(DESK, &me.actor().account.to_string())]).await?;
    let mut tx = me.begin_system("identify by card").await?;
    let found = scan(&mut tx, me.actor(), &token).await?;
    let due = match &found {
        Some(scanned) => me.app().part::<FrontDesk>().0.today(&mut tx, me.actor(), scanned.person.id).await?,
        None => Vec::new(),
    };
    tx.commit().await?;
    let Some(scanned) = found else {
        return web::render_status(404, &UnknownPage { page: me.page("people-scan-title") });
    };
    person(&me, &token, &scanned, &due).await
}

/// `POST /c/{card_token}/arrivals/{appointment}`: whoever holds the card is here.
pub(super) async fn arrived(me: Staff, Path((token, appointment)): Path<(String, AppointmentId)>) -> web::Result {
    throttle(&me).pass(&[(DESK, &me.actor().account.to_string())]).await?;
    let mut tx = me.begin_system("arrival at the desk").await?;
    let scanned = scan(&mut tx, me.actor(), &token).await?.ok_or(Refused(FaultKind::NotFound))?;
    let desk = me.app().part::<FrontDesk>();
    desk.0.arrive(&mut tx, me.actor(), scanned.person.id, appointment).await?;
    tx.commit().await?;
    me.flash_ok("people-scan-arrived");
    Ok(me.redirect(&format!("/{PLACE}/{token}")))
}

/// Who it is, and nothing of their health.
async fn person(me: &Ctx, token: &str, scanned: &Scanned, due: &[Due]) -> web::Result {
    let person = &scanned.person;
    let mut tx = me.begin().await?;
    let today = tx.now().date_in(me.zone());
    let is_doctor = me.actor().practitioner.is_some();
    let is_open = is_doctor && store::is_chart_open(&mut tx, person.id).await?;
    tx.commit().await?;
    let page = me.page("people-scan-title");
    let age = person.birth_date.map(|born| born.age_on(today).to_string());
    web::render(&PersonPage {
        name: person.full_name.clone(),
        called: person.preferred_name.clone().unwrap_or_default(),
        record_no: person.record_no.clone(),
        born: person.birth_date.map(|day| page.date(day)).unwrap_or_default(),
        age: age.map(|age| page.tr("people-scan-age", [("age", age.as_str())])).unwrap_or_default(),
        due: due.iter().map(|one| line(&page, token, one)).collect(),
        chart: if is_open { format!("/doctor/patients/{}", person.id) } else { String::new() },
        is_shut: is_doctor && !is_open,
        page,
    })
}

fn line(page: &PageFrame, token: &str, due: &Due) -> DueLine {
    let detail = [Some(page.t(due.mode_key)), due.place.clone()].into_iter().flatten().collect::<Vec<_>>();
    DueLine {
        time: page.when_in(&due.zone, due.starts_at),
        doctor: due.doctor.clone(),
        detail: detail.join(" · "),
        state: page.t(&due.state_key),
        tone: due.tone,
        href: due.href.clone().unwrap_or_default(),
        arrival: if due.may_arrive { format!("/{PLACE}/{token}/arrivals/{}", due.id) } else { String::new() },
    }
}
