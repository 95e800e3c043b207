use axum::extract::Path;
use kernel::{Timestamp, ids::OutsideCalendarId};
use serde::Serialize;
use web::{Doctor, Json};

use super::{
    add,
    model::{Health, Outside, Typed},
    pages::{fetch_now, fetcher},
    remove, store,
};

pub(crate) type CalendarBody = Typed;

/// A calendar elsewhere. Its address and login are not shown again.
#[derive(Serialize, schemars::JsonSchema)]
pub(crate) struct CalendarView {
    id: OutsideCalendarId,
    name: String,
    /// `file` or `caldav`.
    kind: String,
    host: String,
    health: Health,
    /// When it answered last.
    answered_at: Option<Timestamp>,
    next_fetch_at: Timestamp,
    /// Stretches in which its owner is busy.
    busy_count: i32,
    /// In a row.
    failures: i32,
    /// Why it did not answer, as a word.
    trouble: Option<String>,
}

#[derive(Serialize, schemars::JsonSchema)]
pub(crate) struct AddedView {
    id: OutsideCalendarId,
}

/// `GET /api/v1/outside-calendars`
pub(super) async fn list(me: Doctor) -> web::Result {
    let mut tx = me.begin().await?;
    let found = store::list(&mut tx, me.practitioner_id()).await?;
    let now = tx.now();
    tx.commit().await?;
    web::json(&found.into_iter().map(|calendar| view(calendar, now)).collect::<Vec<_>>())
}

/// `POST /api/v1/outside-calendars`
pub(super) async fn add(me: Doctor, Json(typed): Json<Typed>) -> web::Result {
    let mut tx = me.begin().await?;
    let id = add::add(&mut tx, me.app().vault(), &fetcher(&me), me.practitioner_id(), &typed).await?;
    tx.commit().await?;
    web::created(&AddedView { id })
}

/// `POST /api/v1/outside-calendars/{calendar}/fetching`
pub(super) async fn fetch(me: Doctor, Path(id): Path<OutsideCalendarId>) -> web::Result {
    fetch_now(&me, id).await?;
    Ok(web::no_content())
}

/// `DELETE /api/v1/outside-calendars/{calendar}`
pub(super) async fn remove(me: Doctor, Path(id): Path<OutsideCalendarId>) -> web::Result {
    let mut tx = me.begin().await?;
    remove::remove(&mut tx, me.practitioner_id(), id).await?;
    tx.commit().await?;
    Ok(web::no_content())
}

fn view(calendar: Outside, now: Timestamp) -> CalendarView {
    CalendarView {
        health: calendar.health(now),
        id: calendar.id,
        name: calendar.name,
        kind: calendar.kind,
        host: calendar.host,
        answered_at: calendar.answered_at,
        next_fetch_at: calendar.next_fetch_at,
        busy_count: calendar.busy_count,
        failures: calendar.failures,
        trouble: calendar.trouble,
    }
}
