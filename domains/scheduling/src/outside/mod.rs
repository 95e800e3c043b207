//! When a doctor is busy elsewhere: calendars of theirs that are read, and count like bookings wherever times are offered or taken.
//!
//! ```text
//! added ─▶ asked ─▶ up to date ─every quarter of an hour─▶ asked …
//!            └────▶ in trouble: asked ever less often; its times count for three days; its doctor is told once
//! ```
//!
//! Kept are stretches of time alone. Fetching and reading are in the crate `calendars`, which trusts neither address nor content.

mod add;
mod api;
mod ask;
mod model;
mod pages;
mod remove;
mod store;

pub(crate) use ask::{AskCalendar, ask, plan_due};

use web::{Doctor, Routes};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get::<Doctor, _, _>("/doctor/calendars", pages::list)
        .post::<Doctor, _, _>("/doctor/calendars", pages::add)
        .post::<Doctor, _, _>("/doctor/calendars/{calendar}/fetching", pages::fetch)
        .post::<Doctor, _, _>("/doctor/calendars/{calendar}/removal", pages::remove)
        .api_get::<Doctor, (), Vec<api::CalendarView>, _, _>(
            "/api/v1/outside-calendars",
            "My calendars elsewhere, and how they are",
            api::list,
        )
        .api_post::<Doctor, api::CalendarBody, api::AddedView, _, _>(
            "/api/v1/outside-calendars",
            "Count the busy times of a calendar elsewhere",
            api::add,
        )
        .api_post::<Doctor, (), (), _, _>(
            "/api/v1/outside-calendars/{calendar}/fetching",
            "Fetch a calendar now",
            api::fetch,
        )
        .api_delete::<Doctor, (), (), _, _>(
            "/api/v1/outside-calendars/{calendar}",
            "Count a calendar's busy times no more",
            api::remove,
        )
}
