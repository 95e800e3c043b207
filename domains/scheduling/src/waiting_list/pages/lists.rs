//! Who waits: the doctor's list, and the desk's of all.

use askama::Template;
use axum::extract::Path;
use kernel::{
    Cursor, Page, PageRequest,
    ids::{AppointmentId, WaitingId},
};
use serde::Deserialize;
use web::{Admin, Doctor, Form, Query};

use super::{
    super::{
        change::rank,
        model::Sought,
        store::{self, Line},
    },
    mine::{suits, whom},
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Doctor, _, _>("/doctor/waiting-list", of_doctor)
        .post::<Doctor, _, _>("/doctor/waiting-list/{waiting}/acuity", rank_of_doctor)
        .get::<Admin, _, _>("/admin/waiting-list", of_all)
        .post::<Admin, _, _>("/admin/waiting-list/{waiting}/acuity", rank_of_all)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    cursor: Option<Cursor>,
}

struct Entry {
    patient: String,
    whom: String,
    mode: String,
    suits: String,
    since: String,
    acuity: u8,
    /// Where the urgency is set, where it may be.
    action: Option<String>,
    offered: Option<AppointmentId>,
}

#[derive(Template)]
#[template(path = "waiting_list/pages/list.html")]
struct ListPage {
    page: web::PageFrame,
    of_all: bool,
    entries: Vec<Entry>,
    acuities: Vec<(u8, String)>,
    next: String,
    first: String,
}

async fn of_doctor(me: Doctor, Query(wanted): Query<Wanted>) -> web::Result {
    let mut tx = me.begin().await?;
    let request = PageRequest::of(25, wanted.cursor.clone());
    let found = store::list_waiting(&mut tx, Some(me.practitioner_id()), &request).await?;
    tx.commit().await?;
    let page = me.page("scheduling-waiting-desk-title");
    shown(page, found, "/doctor/waiting-list", wanted.cursor.is_some())
}

async fn of_all(me: Admin, Query(wanted): Query<Wanted>) -> web::Result {
    let mut tx = me.begin().await?;
    let found = store::list_waiting(&mut tx, None, &PageRequest::of(25, wanted.cursor.clone())).await?;
    tx.commit().await?;
    let page = me.page("scheduling-waiting-desk-title");
    shown(page, found, "/admin/waiting-list", wanted.cursor.is_some())
}

fn shown(page: web::PageFrame, found: Page<Line>, base: &'static str, later: bool) -> web::Result {
    let of_all = base.starts_with("/admin");
    let entry = |line: &Line| Entry {
        patient: line.patient.clone().unwrap_or_else(|| page.t("scheduling-a-patient")),
        whom: whom(&page, line),
        mode: page.t(line.waiting.mode.label_key()),
        suits: suits(&page, &line.waiting.suits),
        since: page.when(line.waiting.joined_at),
        acuity: line.waiting.acuity,
        action: (of_all || matches!(line.waiting.sought, Sought::Doctor { .. }))
            .then(|| format!("{base}/{}/acuity", line.waiting.id)),
        offered: line.open_offer,
    };
    let entries = found.items.iter().map(entry).collect();
    web::render(&ListPage {
        of_all,
        entries,
        acuities: (1..=5).map(|n| (n, page.t(format!("scheduling-acuity-{n}")))).collect(),
        next: found.next_cursor.map(|c| format!("{base}?cursor={}", c.0)).unwrap_or_default(),
        first: if later { base.to_owned() } else { String::new() },
        page,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RankForm {
    acuity: u8,
}

async fn rank_of_doctor(me: Doctor, Path(id): Path<WaitingId>, Form(form): Form<RankForm>) -> web::Result {
    ranked(&me, id, form.acuity, "/doctor/waiting-list").await
}

async fn rank_of_all(me: Admin, Path(id): Path<WaitingId>, Form(form): Form<RankForm>) -> web::Result {
    ranked(&me, id, form.acuity, "/admin/waiting-list").await
}

async fn ranked(me: &web::Ctx, id: WaitingId, acuity: u8, back: &str) -> web::Result {
    let mut tx = me.begin().await?;
    rank(&mut tx, me.actor(), id, acuity).await?;
    tx.commit().await?;
    me.flash_ok("scheduling-waiting-ranked");
    Ok(me.redirect(back))
}
