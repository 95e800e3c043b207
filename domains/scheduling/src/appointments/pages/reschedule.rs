//! Moving an appointment: the open times of the same service, two weeks at a time.

use askama::Template;
use axum::extract::Path;
use kernel::{FaultKind, Timestamp, ids::AppointmentId};
use serde::Deserialize;
use web::{Form, Query, SignedIn};

use super::super::{
    change::ChangeError,
    door,
    model::{Appointment, By},
    policy,
    reschedule::RescheduleError,
    store::{self, people::find_parties},
};
use crate::slots::free_for_doctor;

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<SignedIn, _, _>("/appointments/{appointment}/rescheduling", show)
        .post::<SignedIn, _, _>("/appointments/{appointment}/rescheduling", submit)
}

struct Time {
    value: String,
    label: String,
    full: String,
}

struct Day {
    name: String,
    times: Vec<Time>,
}

#[derive(Template)]
#[template(path = "appointments/pages/reschedule.html")]
struct MovePage {
    page: web::PageFrame,
    id: AppointmentId,
    doctor: String,
    now_at: String,
    zone: String,
    days: Vec<Day>,
    later: String,
    earlier: String,
    chosen: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Shown {
    from: Option<Timestamp>,
}

const DAYS: i64 = 7;

async fn show(me: SignedIn, Path(id): Path<AppointmentId>, Query(shown): Query<Shown>) -> web::Result {
    let page = me.page("scheduling-move-title");
    let page = build(&me, page, id, shown.from, String::new()).await?;
    web::render(&page)
}

async fn build(
    me: &web::Ctx,
    page: web::PageFrame,
    id: AppointmentId,
    from: Option<Timestamp>,
    chosen: String,
) -> Result<MovePage, web::Error> {
    let mut tx = me.begin().await?;
    let found: Appointment = store::find_for(&mut tx, me.actor(), id).await?.ok_or(ChangeError::NotFound)?;
    let by = By::of(me.actor(), &found).ok_or(ChangeError::NotFound)?;
    if !policy::may_move(&found, by, tx.now()) {
        return Err(RescheduleError::NotAnyMore.into());
    }
    let parties = find_parties(&mut tx, id).await?.ok_or(ChangeError::NotFound)?;
    let first = from.unwrap_or_else(|| tx.now()).max(tx.now());
    let slots = free_for_doctor(&mut tx, found.practitioner, first, first.plus_days(DAYS), Some(found.mode)).await?;
    tx.commit().await?;
    let mut days: Vec<Day> = Vec::new();
    for slot in slots.iter().filter(|slot| slot.service == found.service) {
        let name = page.day(slot.starts_at);
        let time = Time {
            value: slot.starts_at.to_string(),
            label: page.time(slot.starts_at),
            full: page.when(slot.starts_at),
        };
        match days.last_mut() {
            Some(day) if day.name == name => day.times.push(time),
            _ => days.push(Day { name, times: vec![time] }),
        }
    }
    let at = |from: Timestamp| format!("/appointments/{id}/rescheduling?from={from}");
    Ok(MovePage {
        id,
        doctor: parties.doctor,
        now_at: page.when(found.starts_at),
        zone: me.zone().city(),
        days,
        later: at(first.plus_days(DAYS)),
        earlier: from.map(|from| at(from.plus_days(-DAYS))).unwrap_or_default(),
        chosen,
        page,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct MoveForm {
    starts_at: String,
}

async fn submit(me: SignedIn, Path(id): Path<AppointmentId>, Form(form): Form<MoveForm>) -> web::Result {
    let Ok(starts_at) = form.starts_at.parse::<Timestamp>() else {
        return again(&me, id, None, FaultKind::invalid("starts_at", "scheduling-error-pick-time")).await;
    };
    match door::reschedule_with_retries(&me, id, starts_at).await {
        Ok(_) => {
            me.flash_ok("scheduling-moved-done");
            Ok(me.redirect(&format!("/appointments/{id}")))
        }
        Err(RescheduleError::SlotTaken { .. }) => {
            again(&me, id, Some(starts_at), FaultKind::invalid("starts_at", "scheduling-error-time-gone")).await
        }
        Err(RescheduleError::OwnOverlap { .. }) => {
            again(&me, id, Some(starts_at), FaultKind::invalid("starts_at", "scheduling-error-own-overlap")).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The same page once more, saying what to correct.
async fn again(me: &web::Ctx, id: AppointmentId, near: Option<Timestamp>, fault: FaultKind) -> web::Result {
    let FaultKind::Invalid(errors) = fault else { return Err(ChangeError::NotFound.into()) };
    let page = me.page("scheduling-move-title").with_errors(errors);
    let chosen = near.map(|at| at.to_string()).unwrap_or_default();
    let page = build(me, page, id, near.map(|at| at.plus_days(-1)), chosen).await?;
    web::render_status(422, &page)
}
