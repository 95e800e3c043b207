//! Asking, the waiting page, and the note to show. A guest comes with the token in a cookie; both are served in the system's context, and
//! what is not theirs is not found.

use askama::Template;
use axum::{
    extract::Path,
    http::{HeaderValue, header::SET_COOKIE},
    response::Response,
};
use kernel::{Currency, Fault, FaultKind, Money, Timestamp, ids::UrgentRequestId};
use serde::Deserialize;
use web::{Ctx, MultiForm, PageFrame, Patient, Visitor};

use super::{
    ask::{Ask, AskError, Who, ask},
    cancel::{CancelError, cancel},
    claim::{ClaimError, claim},
    flags,
    guest::GuestToken,
    model::{Request, Rung, Status},
    store,
};
use crate::{
    acuity::Acuity,
    ladder::store::{Step, list_steps},
    queue::{self, Standing},
    red_flags::{CallView, Place, call_view, find_call},
};

const WHY: &str = "in an emergency nobody is asked to sign in; a guest has the token of their own request";
/// Of this room alone, for a day.
const COOKIE: &str = "urgent";
const COOKIE_SECONDS: i64 = 24 * 3600;

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .public_post("/emergency/requests", WHY, create)
        .public_get("/emergency/requests/{request}", WHY, show)
        .public_post("/emergency/requests/{request}/cancellation", WHY, give_up)
        .public_get("/emergency/requests/{request}/note", WHY, note)
        .post::<Patient, _, _>("/emergency/requests/{request}/claim", take_over)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AskForm {
    country: String,
    flags: Vec<String>,
}

#[derive(Template)]
#[template(path = "requests/pages/quota.html")]
struct QuotaPage {
    page: PageFrame,
    call: CallView,
}

/// A request of this form's sender: a patient who is signed in, or a guest with a new or the same token.
async fn create(me: Visitor, MultiForm(form): MultiForm<AskForm>) -> web::Result {
    let place = Place::of(&form.country, me.zone());
    let patient = me.actor().patient();
    if patient.is_none() {
        let network = identity::door::origin(&me).network;
        let limits = [(identity::throttle::URGENT_NETWORK, network.as_str())];
        if let Err(error) = identity::door::throttle(&me).pass(&limits).await {
            return match error.kind() {
                FaultKind::RateLimited { .. } => quota(&me, &place, 429).await,
                _ => Err(error.into()),
            };
        }
    }
    let mut tx = me.begin_system("somebody asks for a doctor now").await?;
    let token = token_of(&me).unwrap_or_else(|| GuestToken::new(&mut tx));
    let who = patient.map_or_else(|| Who::Guest(token.clone()), Who::Patient);
    let command =
        Ask { who, flags: form.flags, country: place.country.clone(), locale: me.locale(), zone: me.zone().clone() };
    let asked = match ask(&mut tx, me.app().vault(), me.actor(), command).await {
        Ok(asked) => asked,
        Err(AskError::Quota) => {
            tx.rollback().await?;
            return quota(&me, &place, 409).await;
        }
        Err(error) => return Err(error.into()),
    };
    tx.commit().await?;
    let answer = me.redirect(&format!("/emergency/requests/{}", asked.id()));
    Ok(if patient.is_none() { with_token(&me, answer, &token) } else { answer })
}

fn with_token(me: &Ctx, mut answer: Response, token: &GuestToken) -> Response {
    let secure = if me.app().base_url().scheme() == "https" { "; Secure" } else { "" };
    let cookie = format!(
        "{COOKIE}={}; Path=/emergency; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Lax{secure}",
        token.expose()
    );
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().append(SET_COOKIE, value);
    }
    answer
}

fn token_of(me: &Ctx) -> Option<GuestToken> {
    me.cookie(COOKIE).and_then(GuestToken::read)
}

fn mac_of(me: &Ctx) -> Option<[u8; 32]> {
    token_of(me).map(|token| token.mac(me.app().vault()))
}

/// Not a refusal to help: the number, and the ordinary way.
async fn quota(me: &Ctx, place: &Place, status: u16) -> web::Result {
    let mut tx = me.begin().await?;
    let call = find_call(&mut tx, place).await?;
    tx.commit().await?;
    let page = me.page("emergency-quota-title");
    web::render_status(status, &QuotaPage { call: call_view(&page, call, place), page })
}

#[derive(Template)]
#[template(path = "requests/pages/waiting.html")]
struct WaitingPage {
    page: PageFrame,
    id: UrgentRequestId,
    call: CallView,
    level: String,
    tone: &'static str,
    is_open: bool,
    is_guest: bool,
    /// Signed in as a patient, who may say that this is them.
    may_claim: bool,
    headline: String,
    text: String,
    promise: String,
    /// The place in the queue, the doctors who are ready, and the wait that is left.
    queue: Vec<String>,
    steps: Vec<(String, String)>,
    doctor: String,
    price: String,
    visit: Option<String>,
    waits_until: String,
    note: Option<String>,
    refresh_seconds: i64,
}

async fn show(me: Visitor, Path(id): Path<UrgentRequestId>) -> web::Result {
    let mac = mac_of(&me);
    let mut tx = me.begin_system("somebody waits for a doctor").await?;
    let found = store::find_for(&mut tx, id, &me.actor().patients, mac.as_ref().map(<[u8; 32]>::as_slice)).await?;
    let request = found.ok_or(CancelError::NotFound)?;
    let steps = list_steps(&mut tx, id).await?;
    let doctor = store::find_found(&mut tx, id).await?;
    let place = Place::of(request.country.as_deref().unwrap_or_default(), &request.zone);
    let call = find_call(&mut tx, &place).await?;
    let now = tx.now();
    let standing = queue::store::find_standing(&mut tx, id).await?;
    tx.commit().await?;
    let page = me.page("emergency-wait-title");
    let status = request.status_at(now);
    let waited = now.seconds_since(request.created_at) / 60;
    let (headline, text) = words(&page, &request, status, now);
    let is_guest = request.patient.is_none();
    web::render(&WaitingPage {
        call: call_view(&page, call, &place),
        level: page.t(format!("emergency-acuity-{}", request.acuity.level())),
        tone: request.acuity.tone(),
        is_open: status.is_open(),
        may_claim: is_guest && me.actor().patient().is_some() && status.is_open(),
        promise: promise(&page, &request, status, now),
        queue: standing.map(|standing| queue_words(&page, &standing, waited)).unwrap_or_default(),
        steps: steps.iter().map(|step| step_view(&page, step)).collect(),
        price: doctor.as_ref().and_then(|found| price(&page, found)).unwrap_or_default(),
        visit: request.appointment.filter(|_| !is_guest).map(|id| format!("/appointments/{id}")),
        waits_until: request
            .held_until
            .filter(|_| status == Status::Accepted)
            .map(|at| page.time(at))
            .unwrap_or_default(),
        doctor: doctor.map(|found| found.doctor).unwrap_or_default(),
        note: (status == Status::Escalated).then(|| format!("/emergency/requests/{id}/note")),
        refresh_seconds: if status == Status::Seeking { 8 } else { 20 },
        is_guest,
        headline,
        text,
        id,
        page,
    })
}

fn words(page: &PageFrame, request: &Request, status: Status, now: Timestamp) -> (String, String) {
    let key = match (status, request.rung) {
        (Status::Seeking, Rung::Pool) if now >= request.promised_by => "emergency-wait-late",
        (Status::Seeking, Rung::Pool) => "emergency-wait-pool",
        (Status::Seeking, Rung::Reserved) => "emergency-wait-reserved",
        (Status::Seeking, Rung::Insert | Rung::Displace | Rung::Escalate) => "emergency-wait-insert",
        (Status::Accepted, _) => "emergency-wait-accepted",
        (Status::Booked, _) => "emergency-wait-booked",
        (Status::Escalated, _) => "emergency-wait-escalated",
        (Status::Unmet, _) => "emergency-wait-unmet",
        (Status::Cancelled, _) => "emergency-wait-cancelled",
        (Status::Lapsed, _) => "emergency-wait-lapsed",
    };
    (page.t(key), page.t(format!("{key}-text")))
}

fn queue_words(page: &PageFrame, standing: &Standing, waited: i64) -> Vec<String> {
    let counted = |key: &str, count: i64| page.tr(key, [("count", count.to_string().as_str())]);
    let place = match standing.ahead {
        0 => page.t("emergency-queue-next"),
        ahead => counted("emergency-queue-ahead", ahead.into()),
    };
    let wait = standing.left(waited).map(|(from, to)| match from {
        0 => counted("emergency-queue-wait-at-most", to),
        _ => page.tr("emergency-queue-wait", [("from", from.to_string().as_str()), ("to", to.to_string().as_str())]),
    });
    [Some(place), Some(counted("emergency-queue-ready", standing.doctors_ready.into())), wait]
        .into_iter()
        .flatten()
        .collect()
}

fn promise(page: &PageFrame, request: &Request, status: Status, now: Timestamp) -> String {
    if status != Status::Seeking {
        return String::new();
    }
    let time = page.time(request.promised_by);
    let key = if now < request.promised_by { "emergency-wait-promise" } else { "emergency-wait-promise-broken" };
    page.tr(key, [("time", time.as_str())])
}

fn step_view(page: &PageFrame, step: &Step) -> (String, String) {
    let rung = page.t(format!("emergency-rung-{}", step.rung));
    let outcome = if step.offers > 0 {
        page.tr("emergency-step-offered", [("count", step.offers.to_string().as_str())])
    } else {
        page.t(format!("emergency-step-{}", step.outcome.replace('_', "-")))
    };
    (page.time(step.at), format!("{rung}: {outcome}"))
}

fn price(page: &PageFrame, found: &store::Found) -> Option<String> {
    let currency: Currency = found.currency.as_ref()?.parse().ok()?;
    let money = Money::new(found.price_amount?, currency);
    let starts = page.when(found.starts_at?);
    if found.is_standing != Some(true) {
        return Some(page.t("emergency-wait-visit-off"));
    }
    let args = [("price", page.money(money)), ("when", starts)];
    let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
    Some(page.tr(if money.is_zero() { "emergency-wait-free" } else { "emergency-wait-pay-later" }, args))
}

async fn give_up(me: Visitor, Path(id): Path<UrgentRequestId>) -> web::Result {
    let mac = mac_of(&me);
    let mut tx = me.begin_system("somebody needs no doctor any more").await?;
    let done = cancel(&mut tx, me.actor(), id, mac.as_ref().map(<[u8; 32]>::as_slice)).await;
    match done {
        Ok(_) => tx.commit().await?,
        Err(CancelError::Booked) => tx.rollback().await?,
        Err(error) => return Err(error.into()),
    }
    Ok(me.redirect(&format!("/emergency/requests/{id}")))
}

async fn take_over(me: Patient, Path(id): Path<UrgentRequestId>) -> web::Result {
    let Some(mac) = mac_of(&me) else { return Err(ClaimError::NotFound.into()) };
    let mut tx = me.begin_system("a guest says who they are").await?;
    match claim(&mut tx, me.actor(), me.patient_id(), id, &mac).await {
        Ok(_) | Err(ClaimError::TooLate) => tx.commit().await?,
        Err(ClaimError::AnotherOpen { other }) => {
            tx.rollback().await?;
            return Ok(me.redirect(&format!("/emergency/requests/{other}")));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(me.redirect(&format!("/emergency/requests/{id}")))
}

#[derive(Template)]
#[template(path = "requests/pages/note.html")]
struct NotePage {
    page: PageFrame,
    id: UrgentRequestId,
    asked: String,
    level: String,
    sources: Vec<String>,
    flags: Vec<String>,
    steps: Vec<(String, String)>,
    call: CallView,
}

/// To show or print at the emergency department: what was said, how urgent it was judged, what was tried.
async fn note(me: Visitor, Path(id): Path<UrgentRequestId>) -> web::Result {
    let mac = mac_of(&me);
    let mut tx = me.begin_system("somebody reads the note of their request").await?;
    let found = store::find_for(&mut tx, id, &me.actor().patients, mac.as_ref().map(<[u8; 32]>::as_slice)).await?;
    let request = found.ok_or(CancelError::NotFound)?;
    let codes = flags::read(&mut tx, me.app().vault(), id).await?;
    let judged = store::list_assessments(&mut tx, id).await?;
    let steps = list_steps(&mut tx, id).await?;
    let place = Place::of(request.country.as_deref().unwrap_or_default(), &request.zone);
    let call = find_call(&mut tx, &place).await?;
    super::note_of(&mut tx, &request, "read").await?;
    tx.commit().await?;
    let page = me.page("emergency-note-title");
    let judgement = |one: &store::Assessment| {
        let level = Acuity::try_from(one.acuity).map_or(5, Acuity::level);
        let (source, why) =
            (page.t(format!("emergency-source-{}", one.source)), page.t(format!("emergency-why-{}", one.why)));
        format!("{level} · {source}: {why}")
    };
    web::render(&NotePage {
        id,
        asked: page.when(request.created_at),
        level: page.t(format!("emergency-acuity-{}", request.acuity.level())),
        sources: judged.iter().map(judgement).collect(),
        flags: codes.iter().map(|code| page.t(format!("emergency-flag-{code}"))).collect(),
        steps: steps.iter().map(|step| step_view(&page, step)).collect(),
        call: call_view(&page, call, &place),
        page,
    })
}
