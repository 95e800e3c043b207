use askama::Template;
use consultations::waiting::{Presence, Waiting};
use kernel::{LocalDate, Timestamp, Zone};
use serde::Deserialize;
use web::{Doctor, PageFrame, Query};

use super::{
    store::{self, Entry},
    view::{Action, Clock, Line, line},
};
use crate::doctors::{day_name, zone_words};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Shown {
    /// `2026-11-22`; today where empty or wrong.
    day: String,
}

#[derive(Template)]
#[template(path = "day/pages/day.html")]
struct DayPage {
    page: PageFrame,
    src: String,
    day: String,
    zone: String,
    is_today: bool,
    earlier: String,
    later: String,
    tiles: Vec<Tile>,
    lines: Vec<Line>,
    /// Before which line the present lies; past the end when the day is over.
    now_before: usize,
    now: String,
    next: Option<Line>,
    requests: Vec<Line>,
    unsigned: Vec<Paper>,
    /// Notes of supervised doctors that wait for this one.
    to_check: Vec<Paper>,
    waiting: Vec<Place>,
    /// 1 to 5, in words.
    acuities: Vec<(i32, String)>,
}

/// Somebody in the waiting room, in the order of the queue.
struct Place {
    number: usize,
    name: String,
    href: String,
    since: String,
    acuity: i32,
    /// Present, away, gone; or stepped out.
    here: String,
    tone: &'static str,
    stepped_out: bool,
    called: bool,
}

struct Tile {
    name: String,
    number: usize,
    tone: &'static str,
}

struct Paper {
    href: String,
    name: String,
    when: String,
}

pub(super) async fn show(me: Doctor, Query(shown): Query<Shown>) -> web::Result {
    let mut tx = me.begin().await?;
    let zone = store::find_zone(&mut tx, me.practitioner_id()).await?.unwrap_or_else(Zone::utc);
    let now = tx.now();
    let clock = Clock { zone: &zone, now };
    let day = shown.day.parse::<LocalDate>().unwrap_or_else(|_| clock.today());
    let (from, to) = (day.starts_in(&zone), day.plus_days(1).starts_in(&zone));
    let entries = store::list_day(&mut tx, me.practitioner_id(), from, to).await?;
    let requests = store::list_requests(&mut tx, me.practitioner_id()).await?;
    let unsigned = store::list_unsigned(&mut tx, me.practitioner_id()).await?;
    let to_check = consultations::approvals::list_to_check(&mut tx, me.practitioner_id(), 8).await?;
    let is_today = day == clock.today();
    let waiting =
        if is_today { consultations::waiting::list_for(&mut tx, me.practitioner_id()).await? } else { Vec::new() };
    tx.commit().await?;
    let page = me.page("home-day-title");
    let papers = unsigned.iter().map(|(id, name, at)| Paper {
        href: format!("/visits/{id}/note"),
        name: name.clone(),
        when: format!("{} {}", day_name(&page, *at, &zone, now), clock.time(*at)),
    });
    let next = entries.iter().find(|entry| is_today && is_next(entry)).map(|entry| line(&page, entry, clock));
    web::render(&DayPage {
        src: format!("/doctor?day={day}"),
        day: format!("{} · {}", day_name(&page, from, &zone, now), page.date(day)),
        zone: zone_words(&page, &zone, now),
        earlier: format!("/doctor?day={}", day.plus_days(-1)),
        later: format!("/doctor?day={}", day.plus_days(1)),
        tiles: tiles(&page, &entries),
        lines: entries.iter().map(|entry| line(&page, entry, clock)).collect(),
        now_before: if is_today { entries.iter().filter(|entry| entry.starts_at <= now).count() } else { usize::MAX },
        now: clock.time(now),
        to_check: to_check
            .iter()
            .filter(|one| one.status == consultations::approvals::Status::Awaiting)
            .map(|one| Paper {
                href: format!("/doctor/approvals/{}", one.id),
                name: one.patient_name.clone(),
                when: page.tr("home-to-check-by", [("doctor", one.other_name.as_str())]),
            })
            .collect(),
        unsigned: papers.collect(),
        waiting: waiting.iter().zip(1..).map(|(one, number)| place(&page, one, (number, now))).collect(),
        acuities: (1..=5).map(|acuity| (acuity, page.t(format!("home-acuity-{acuity}")))).collect(),
        requests: requests.iter().map(|entry| line(&page, entry, clock)).collect(),
        next,
        is_today,
        page,
    })
}

fn place(page: &PageFrame, one: &Waiting, (number, now): (usize, Timestamp)) -> Place {
    let minutes = now.minutes_since(one.away_since.unwrap_or(one.arrived_at)).max(0).to_string();
    let (stepped_out, called) = (one.away_since.is_some(), one.called_back_at.is_some());
    let here = match (stepped_out, called) {
        (true, true) => "called",
        (true, false) => "out",
        _ => one.here.code(),
    };
    Place {
        number,
        name: one.patient_name.clone(),
        href: format!("/appointments/{}", one.appointment),
        since: page
            .tr(if stepped_out { "home-out-since" } else { "home-waiting-since" }, [("count", minutes.as_str())]),
        acuity: one.acuity,
        here: page.t(format!("home-here-{here}")),
        tone: if one.here == Presence::Present && !stepped_out { "ok" } else { "warn" },
        stepped_out,
        called,
    }
}

/// Who comes next: whoever waits, else the first who has not come yet.
fn is_next(entry: &Entry) -> bool {
    entry.status == "confirmed" && matches!(entry.visit_status.as_str(), "waiting" | "not_open")
}

fn tiles(page: &PageFrame, entries: &[Entry]) -> Vec<Tile> {
    let count =
        |visit: &str| entries.iter().filter(|entry| entry.visit_status == visit && entry.status == "confirmed").count();
    let booked = entries.iter().filter(|entry| matches!(entry.status.as_str(), "confirmed" | "fulfilled")).count();
    let done = entries.iter().filter(|entry| matches!(entry.visit_status.as_str(), "ended" | "signed")).count();
    let tile = |key: &str, number, tone| Tile { name: page.t(key), number, tone };
    let waiting = count("waiting");
    vec![
        tile("home-day-booked", booked, ""),
        tile("home-day-waiting", waiting, if waiting > 0 { "warn" } else { "" }),
        tile("home-day-running", count("in_consultation"), ""),
        tile("home-day-done", done, ""),
    ]
}
