use askama::Template;
use axum::extract::Path;
use calendars::{Fetcher, Kind};
use identity::throttle::CALENDAR_FETCH;
use kernel::{Fault, FaultKind, FieldError, Timestamp, ids::OutsideCalendarId};
use web::{Doctor, Form, PageFrame};

use super::{
    add,
    model::{COUNTS_DAYS, Health, MOST, Outside, Typed, kind_word},
    remove, store,
};
use crate::config::Config;

#[derive(Template)]
#[template(path = "outside/pages/list.html")]
struct ListPage {
    page: PageFrame,
    lines: Vec<Line>,
    is_full: bool,
    kinds: Vec<(String, String)>,
    called: String,
    kind: String,
    url: String,
    user: String,
}

struct Line {
    fetching: String,
    removal: String,
    name: String,
    what: String,
    state: String,
    tone: &'static str,
    facts: Vec<String>,
    trouble: Option<String>,
}

/// `GET /doctor/calendars`
pub(super) async fn list(me: Doctor) -> web::Result {
    web::render(&page(&me, &Typed::default(), Vec::new()).await?)
}

/// `POST /doctor/calendars`
pub(super) async fn add(me: Doctor, Form(typed): Form<Typed>) -> web::Result {
    let mut tx = me.begin().await?;
    match add::add(&mut tx, me.app().vault(), &fetcher(&me), me.practitioner_id(), &typed).await {
        Ok(_) => tx.commit().await?,
        Err(error) => match error.kind() {
            FaultKind::Invalid(errors) => {
                tx.rollback().await?;
                return web::render_status(422, &page(&me, &typed, errors).await?);
            }
            _ => return Err(error.into()),
        },
    }
    me.flash_ok("scheduling-outside-added");
    Ok(me.redirect("/doctor/calendars"))
}

/// `POST /doctor/calendars/{calendar}/fetching`
pub(super) async fn fetch(me: Doctor, Path(id): Path<OutsideCalendarId>) -> web::Result {
    fetch_now(&me, id).await?;
    me.flash_ok("scheduling-outside-fetching");
    Ok(me.redirect("/doctor/calendars"))
}

/// For both doors: not too often, for other people's servers have to answer.
pub(super) async fn fetch_now(me: &Doctor, id: OutsideCalendarId) -> Result<(), web::Error> {
    let mut tx = me.begin().await?;
    remove::fetch_now(&mut tx, me.practitioner_id(), id).await?;
    identity::door::throttle(me).pass(&[(CALENDAR_FETCH, &me.practitioner_id().to_string())]).await?;
    Ok(tx.commit().await?)
}

/// `POST /doctor/calendars/{calendar}/removal`
pub(super) async fn remove(me: Doctor, Path(id): Path<OutsideCalendarId>) -> web::Result {
    let mut tx = me.begin().await?;
    remove::remove(&mut tx, me.practitioner_id(), id).await?;
    tx.commit().await?;
    me.flash_ok("scheduling-outside-removed");
    Ok(me.redirect("/doctor/calendars"))
}

pub(super) fn fetcher(me: &Doctor) -> Fetcher {
    Fetcher::new(me.app().part::<Config>().calendars)
}

async fn page(me: &Doctor, typed: &Typed, errors: Vec<FieldError>) -> Result<ListPage, web::Error> {
    let mut tx = me.begin().await?;
    let found = store::list(&mut tx, me.practitioner_id()).await?;
    let now = tx.now();
    tx.commit().await?;
    let page = me.page("scheduling-outside-title").with_errors(errors);
    let kind = |kind: Kind| {
        let word = kind_word(kind);
        (word.to_owned(), me.t(format!("scheduling-outside-kind-{word}")))
    };
    Ok(ListPage {
        is_full: found.len() >= MOST,
        lines: found.iter().map(|calendar| line(&page, calendar, now)).collect(),
        kinds: vec![kind(Kind::File), kind(Kind::CalDav)],
        called: typed.name.clone(),
        kind: typed.kind.clone(),
        url: typed.url.clone(),
        user: typed.user.clone(),
        page,
    })
}

fn line(page: &PageFrame, calendar: &Outside, now: Timestamp) -> Line {
    let health = calendar.health(now);
    let mut facts = Vec::new();
    match calendar.answered_at {
        Some(at) => {
            facts.push(page.tr("scheduling-outside-answered", [("when", page.when(at).as_str())]));
            let count = calendar.busy_count.to_string();
            facts.push(page.tr("scheduling-outside-count", [("count", count.as_str())]));
            if health == Health::InTrouble {
                let until = page.when(at.plus_days(COUNTS_DAYS));
                facts.push(page.tr("scheduling-outside-counts-until", [("when", until.as_str())]));
            }
        }
        None => facts.push(page.tr("scheduling-outside-since", [("when", page.when(calendar.created_at).as_str())])),
    }
    if calendar.failures > 0 {
        let next = page.when(calendar.next_fetch_at);
        facts.push(page.tr("scheduling-outside-next", [("when", next.as_str())]));
    }
    Line {
        fetching: format!("/doctor/calendars/{}/fetching", calendar.id),
        removal: format!("/doctor/calendars/{}/removal", calendar.id),
        name: calendar.name.clone(),
        what: format!("{} · {}", calendar.host, page.t(format!("scheduling-outside-kind-{}", calendar.kind))),
        state: page.t(format!("scheduling-outside-state-{}", health.word())),
        tone: tone(health),
        facts,
        trouble: calendar
            .trouble
            .as_ref()
            .map(|why| page.t(format!("scheduling-outside-trouble-{}", why.replace('_', "-")))),
    }
}

/// The colour of a calendar's health, in this one place.
const fn tone(health: Health) -> &'static str {
    match health {
        Health::New => "info",
        Health::UpToDate => "ok",
        Health::InTrouble => "warn",
        Health::Lost => "crit",
    }
}
