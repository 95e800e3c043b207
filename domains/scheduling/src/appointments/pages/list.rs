//! `/appointments`: what lies ahead, what lies behind.

use askama::Template;
use kernel::{Cursor, PageRequest};
use serde::Deserialize;
use web::{Patient, Query};

use super::{
    super::store::lists::{self, Line},
    words::specialties,
};

use crate::waiting_list;

pub(super) fn routes() -> web::Routes {
    web::Routes::new().get::<Patient, _, _>("/appointments", list)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    /// "past", else what is to come.
    show: String,
    cursor: Option<Cursor>,
}

/// An appointment on one line.
pub(super) struct Shown {
    pub(super) href: String,
    pub(super) when: String,
    pub(super) who: String,
    pub(super) about: String,
    pub(super) status: &'static str,
    pub(super) icon: &'static str,
    /// Whose it is, where the account speaks for several.
    pub(super) patient: Option<String>,
}

#[derive(Template)]
#[template(path = "appointments/pages/list.html")]
struct ListPage {
    page: web::PageFrame,
    past: bool,
    lines: Vec<Shown>,
    next: String,
    first: String,
    /// Offers of the waiting list that wait for an answer.
    offers: String,
}

async fn list(me: Patient, Query(wanted): Query<Wanted>) -> web::Result {
    let past = wanted.show == "past";
    let request = PageRequest::of(20, wanted.cursor.clone());
    let mut tx = me.begin().await?;
    let patients = &me.actor().patients;
    let found = if past {
        lists::past(&mut tx, patients, &request).await?
    } else {
        lists::upcoming(&mut tx, patients, &request).await?
    };
    let offers = waiting_list::count_open_offers(&mut tx, patients).await?;
    tx.commit().await?;
    let page = me.page("scheduling-list-title");
    let offers = if offers > 0 { page.number(offers) } else { String::new() };
    let show = if past { "past" } else { "upcoming" };
    let next = found.next_cursor.map(|c| format!("/appointments?show={show}&cursor={}", c.0)).unwrap_or_default();
    let first = wanted.cursor.map(|_| format!("/appointments?show={show}")).unwrap_or_default();
    let names = patients.len() > 1;
    let lines = found.items.iter().map(|line| shown(&page, line, names)).collect();
    web::render(&ListPage { page, past, lines, next, first, offers })
}

fn shown(page: &web::PageFrame, line: &Line, names: bool) -> Shown {
    let place = line.place.as_ref().map(|place| format!(" · {place}")).unwrap_or_default();
    Shown {
        href: format!("/appointments/{}", line.id),
        when: page.when(line.starts_at),
        who: line.doctor.clone(),
        about: format!("{} · {}{place}", specialties(page, &line.specialties), page.t(line.mode.label_key())),
        status: line.status.code(),
        icon: line.mode.icon(),
        patient: line
            .patient
            .as_deref()
            .filter(|_| names)
            .map(|name| page.tr("scheduling-list-for", [("patient", name)])),
    }
}
