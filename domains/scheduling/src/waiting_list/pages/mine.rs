//! `/waiting-list`: where one's patients wait.

use askama::Template;
use axum::extract::Path;
use kernel::{Cursor, PageRequest, Timestamp, ids::WaitingId};
use serde::Deserialize;
use web::{Patient, Query};

use super::super::{
    change::leave,
    model::{Sought, Suits, WaitingStatus},
    store::{self, Line},
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Patient, _, _>("/waiting-list", list)
        .post::<Patient, _, _>("/waiting-list/{waiting}/removal", remove)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    cursor: Option<Cursor>,
}

struct Place {
    whom: String,
    whom_href: Option<String>,
    patient: Option<String>,
    about: String,
    suits: String,
    status: String,
    offer: Option<String>,
    removal: Option<String>,
}

#[derive(Template)]
#[template(path = "waiting_list/pages/mine.html")]
struct MinePage {
    page: web::PageFrame,
    places: Vec<Place>,
    next: String,
    first: String,
}

async fn list(me: Patient, Query(wanted): Query<Wanted>) -> web::Result {
    let mut tx = me.begin().await?;
    let patients = &me.actor().patients;
    let found = store::list_of_patients(&mut tx, patients, &PageRequest::of(20, wanted.cursor.clone())).await?;
    let now = tx.now();
    tx.commit().await?;
    let page = me.page("scheduling-waiting-title");
    let names = patients.len() > 1;
    web::render(&MinePage {
        places: found.items.iter().map(|line| place(&page, line, names, now)).collect(),
        next: found.next_cursor.map(|c| format!("/waiting-list?cursor={}", c.0)).unwrap_or_default(),
        first: wanted.cursor.map(|_| "/waiting-list".to_owned()).unwrap_or_default(),
        page,
    })
}

fn place(page: &web::PageFrame, line: &Line, names: bool, now: Timestamp) -> Place {
    let status = line.waiting.status_at(now);
    Place {
        whom: whom(page, line),
        whom_href: line.doctor_slug.as_ref().map(|slug| format!("/doctors/{slug}")),
        patient: if names { line.patient.clone() } else { None },
        about: page.t(line.waiting.mode.label_key()),
        suits: suits(page, &line.waiting.suits),
        status: page.t(status.label_key()),
        offer: line.open_offer.map(|id| format!("/appointments/{id}/offer")),
        removal: (status == WaitingStatus::Waiting).then(|| format!("/waiting-list/{}/removal", line.waiting.id)),
    }
}

pub(super) fn whom(page: &web::PageFrame, line: &Line) -> String {
    match (&line.waiting.sought, &line.doctor) {
        (Sought::Doctor { .. }, Some(name)) => name.clone(),
        (Sought::Doctor { .. }, None) => page.t("scheduling-fact-doctor"),
        (Sought::Specialty(code), _) => {
            let specialty = page.t(format!("specialty-{code}"));
            page.tr("scheduling-waiting-any-doctor", [("specialty", specialty.as_str())])
        }
    }
}

/// "23 Nov – 7 Dec · Mon, Wed · 09:00 – 12:00".
pub(super) fn suits(page: &web::PageFrame, suits: &Suits) -> String {
    let mut parts = vec![format!("{} – {}", page.date(suits.from_day), page.date(suits.until_day))];
    if suits.weekdays.len() < 7 {
        let days = suits.weekdays.iter().map(|day| page.t(format!("web-weekday-{day}")));
        parts.push(days.collect::<Vec<_>>().join(&page.t("shared-comma")));
    }
    if suits.minutes() != (0, 1440) {
        parts.push(format!("{}\u{a0}–\u{a0}{}", suits.starts, suits.ends));
    }
    parts.join(" · ")
}

async fn remove(me: Patient, Path(id): Path<WaitingId>) -> web::Result {
    let mut tx = me.begin().await?;
    leave(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    me.flash_ok("scheduling-waiting-left-done");
    Ok(me.redirect("/waiting-list"))
}
