//! The doctor's page: ready or not, what is asked now, what was taken.

use askama::Template;
use axum::extract::Path;
use kernel::{
    Fault, FaultKind,
    ids::{UrgentOfferId, UrgentRequestId},
};
use serde::Deserialize;
use web::{Doctor, Form, PageFrame, Staff};

use super::{
    answer::{Accepted, AnswerError, accept, decline},
    presence::{Ready, be_ready, heartbeat, set_extra},
    store::{self, Taken},
};
use crate::{
    acuity::Acuity,
    queue::store::count_seeking,
    requests::{Assess, AssessError, Why, assess, flags},
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Doctor, _, _>("/doctor/urgent", show)
        .post::<Doctor, _, _>("/doctor/urgent/presence", say_ready)
        .post::<Doctor, _, _>("/doctor/urgent/extra", say_extra)
        .post::<Doctor, _, _>("/doctor/urgent/offers/{offer}/acceptance", say_yes)
        .post::<Doctor, _, _>("/doctor/urgent/offers/{offer}/refusal", say_no)
        .post::<Staff, _, _>("/urgent/requests/{request}/acuity", say_acuity)
}

pub(crate) struct OfferView {
    pub(crate) id: UrgentOfferId,
    pub(crate) request: UrgentRequestId,
    pub(crate) acuity: i16,
    pub(crate) tone: &'static str,
    pub(crate) level: String,
    pub(crate) flags: Vec<String>,
    pub(crate) facts: String,
    pub(crate) ends_at: String,
    pub(crate) until: String,
}

struct TakenView {
    when: String,
    level: String,
    tone: &'static str,
    text: String,
    href: Option<String>,
}

#[derive(Template)]
#[template(path = "pool/pages/urgent.html")]
struct UrgentPage {
    page: PageFrame,
    /// "until 14:30"; empty when not ready.
    ready_until: String,
    hours: Vec<(i64, String)>,
    extras: Vec<(i16, String)>,
    extra: i16,
    offers: Vec<OfferView>,
    /// How many wait for any doctor; empty when nobody does.
    waiting: String,
    taken: Vec<TakenView>,
    levels: Vec<(i16, String)>,
    whys: Vec<(&'static str, String)>,
    now: String,
}

async fn show(me: Doctor) -> web::Result {
    let mut tx = me.begin().await?;
    heartbeat(&mut tx, me.actor()).await?;
    tx.commit().await?;
    render(&me, 200, None).await
}

async fn render(me: &Doctor, status: u16, refused: Option<FaultKind>) -> web::Result {
    let doctor = me.practitioner_id();
    let mut tx = me.begin_system("a doctor looks at what is asked").await?;
    let now = tx.now();
    let standing = store::find_standing(&mut tx, doctor).await?;
    let mut page = me.page("emergency-pool-title");
    if let Some(FaultKind::Invalid(errors)) = refused {
        page = page.with_errors(errors);
    }
    let mut offers = Vec::new();
    for asked in store::list_asked(&mut tx, doctor).await? {
        let codes = flags::read(&mut tx, me.app().vault(), asked.request).await?;
        offers.push(offer(&page, &asked, &codes));
    }
    let taken = store::list_taken(&mut tx, doctor).await?;
    let waiting = count_seeking(&mut tx).await?;
    tx.commit().await?;
    let until = standing.as_ref().and_then(|s| s.online_until).filter(|until| *until > now);
    let hours = |hours: i64| (hours, page.tr("emergency-pool-hours", [("count", hours.to_string().as_str())]));
    web::render_status(
        status,
        &UrgentPage {
            ready_until: until.map(|until| page.time(until)).unwrap_or_default(),
            hours: [1, 2, 4, 8].map(hours).to_vec(),
            extras: (0..=super::presence::MOST_EXTRA).map(|n| (n, page.number(i64::from(n)))).collect(),
            extra: standing.map_or(1, |s| s.extra_per_day),
            waiting: waiting_words(&page, waiting),
            taken: taken.iter().map(|one| taken_view(&page, one, now)).collect(),
            levels: (1..=5).map(|level| (level, page.t(format!("emergency-acuity-{level}")))).collect(),
            whys: Why::ALL.iter().map(|why| (why.code(), page.t(format!("emergency-why-{}", why.code())))).collect(),
            now: now.to_string(),
            offers,
            page,
        },
    )
}

fn waiting_words(page: &PageFrame, waiting: i64) -> String {
    let count = waiting.to_string();
    if waiting > 0 { page.tr("emergency-pool-waiting", [("count", count.as_str())]) } else { String::new() }
}

fn offer(page: &PageFrame, asked: &store::Asked, codes: &[String]) -> OfferView {
    let country = asked.country.as_ref().map(|code| page.t(format!("country-{code}")));
    let who = page.t(if asked.is_guest { "emergency-pool-guest" } else { "emergency-pool-patient" });
    let language = page.t(format!("language-{}", asked.locale));
    let facts: Vec<String> = [Some(who), country, Some(language)].into_iter().flatten().collect();
    OfferView {
        id: asked.id,
        request: asked.request,
        acuity: asked.acuity,
        tone: Acuity::try_from(asked.acuity).map_or("", Acuity::tone),
        level: page.t(format!("emergency-acuity-{}", asked.acuity)),
        flags: codes.iter().map(|code| page.t(format!("emergency-flag-{code}"))).collect(),
        facts: format!("{} · {}", facts.join(" · "), page.time(asked.since)),
        ends_at: asked.expires_at.to_string(),
        until: page.tr("emergency-pool-answer-by", [("time", page.time(asked.expires_at).as_str())]),
    }
}

fn taken_view(page: &PageFrame, taken: &Taken, now: kernel::Timestamp) -> TakenView {
    let text = match (taken.status.as_str(), taken.held_until) {
        ("accepted", Some(until)) if until > now => {
            page.tr("emergency-pool-waits-for-guest", [("time", page.time(until).as_str())])
        }
        ("booked", _) => page.t("emergency-pool-visit"),
        _ => page.t("emergency-pool-guest-gone"),
    };
    TakenView {
        when: page.time(taken.at),
        level: page.t(format!("emergency-acuity-{}", taken.acuity)),
        tone: Acuity::try_from(taken.acuity).map_or("", Acuity::tone),
        text,
        href: taken.appointment.map(|id| format!("/appointments/{id}")),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ReadyForm {
    /// Empty: not any more.
    hours: String,
}

async fn say_ready(me: Doctor, Form(form): Form<ReadyForm>) -> web::Result {
    let ready = match form.hours.as_str() {
        "" => Ready::NotAnyMore,
        hours => Ready::ForHours(hours.parse().unwrap_or(0)),
    };
    let mut tx = me.begin().await?;
    if let Err(error) = be_ready(&mut tx, me.actor(), ready).await {
        return refuse(&me, &error).await;
    }
    tx.commit().await?;
    Ok(me.redirect("/doctor/urgent"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ExtraForm {
    extra: String,
}

async fn say_extra(me: Doctor, Form(form): Form<ExtraForm>) -> web::Result {
    let mut tx = me.begin().await?;
    if let Err(error) = set_extra(&mut tx, me.actor(), form.extra.parse().unwrap_or(-1)).await {
        return refuse(&me, &error).await;
    }
    tx.commit().await?;
    me.flash_ok("emergency-pool-extra-kept");
    Ok(me.redirect("/doctor/urgent"))
}

async fn refuse(me: &Doctor, error: &impl Fault) -> web::Result {
    match error.kind() {
        kind @ FaultKind::Invalid(_) => render(me, 422, Some(kind)).await,
        kind => Err(web::Error::of(kind)),
    }
}

async fn say_yes(me: Doctor, Path(id): Path<UrgentOfferId>) -> web::Result {
    let mut tx = me.begin_system("a doctor accepts an urgent request").await?;
    match accept(&mut tx, me.actor(), id).await {
        Ok(Accepted::Visit(visit)) => {
            tx.commit().await?;
            me.flash_ok("emergency-pool-yours");
            Ok(me.redirect(&format!("/appointments/{visit}")))
        }
        Ok(Accepted::Guest(_)) => {
            tx.commit().await?;
            me.flash_ok("emergency-pool-yours-guest");
            Ok(me.redirect("/doctor/urgent"))
        }
        Err(AnswerError::Gone | AnswerError::TakenAnother) => {
            tx.rollback().await?;
            me.flash_ok("emergency-pool-gone");
            Ok(me.redirect("/doctor/urgent"))
        }
        Err(error) => Err(error.into()),
    }
}

async fn say_no(me: Doctor, Path(id): Path<UrgentOfferId>) -> web::Result {
    let mut tx = me.begin_system("a doctor declines an urgent request").await?;
    match decline(&mut tx, me.actor(), id).await {
        Ok(()) | Err(AnswerError::Gone) => {
            tx.commit().await?;
            Ok(me.redirect("/doctor/urgent"))
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AcuityForm {
    acuity: String,
    why: String,
}

async fn say_acuity(me: Staff, Path(request): Path<UrgentRequestId>, Form(form): Form<AcuityForm>) -> web::Result {
    let acuity = form.acuity.parse::<i16>().ok().and_then(|level| Acuity::try_from(level).ok());
    let why = Why::read(&form.why);
    let (Some(acuity), Some(why)) = (acuity, why) else {
        return Err(AssessError::NotFound.into());
    };
    let mut tx = me.begin_system("how urgent it is").await?;
    assess(&mut tx, me.actor(), Assess { request, acuity, why }).await?;
    tx.commit().await?;
    me.flash_ok("emergency-acuity-kept");
    Ok(me.redirect(if me.actor().practitioner.is_some() { "/doctor/urgent" } else { "/urgent/queue" }))
}
