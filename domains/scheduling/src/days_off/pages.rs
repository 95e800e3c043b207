//! The page that calls a day off: pick the day, see whom it hits and with how much money, then do it. Afterwards it shows what each chose.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use kernel::{Fault, FaultKind, LocalDate, Money};
use serde::Deserialize;
use web::{Admin, Doctor, Form, Query};

use super::{
    call_off::{CallOff, CallOffError, call_off, day_of},
    store::{self, Hit},
};
use crate::{
    appointments::CancelReason,
    availability::{Desk, change::zone_of},
    choices::ChoiceStatus,
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Doctor, _, _>("/doctor/availability/day-off", own)
        .post::<Doctor, _, _>("/doctor/availability/day-off", call_off_own)
        .get::<Admin, _, _>("/admin/doctors/{doctor}/schedule/day-off", of_doctor)
        .post::<Admin, _, _>("/admin/doctors/{doctor}/schedule/day-off", call_off_of_doctor)
}

struct Line {
    href: String,
    when: String,
    patient: String,
    mode: String,
    price: String,
    status: &'static str,
    choice: String,
}

struct Earlier {
    href: String,
    label: String,
}

#[derive(Template)]
#[template(path = "days_off/pages/day_off.html")]
struct DayOffPage {
    page: web::PageFrame,
    base: String,
    doctor: Option<String>,
    day: String,
    /// The day in words; empty before one is picked.
    day_name: String,
    zone: String,
    called_off: bool,
    lines: Vec<Line>,
    summary: String,
    money: String,
    reasons: Vec<(&'static str, String)>,
    earlier: Vec<Earlier>,
}

#[derive(Debug, Default, Deserialize, Clone)]
#[serde(default)]
struct Wanted {
    day: String,
    reason: String,
}

async fn own(me: Doctor, Query(wanted): Query<Wanted>) -> web::Result {
    show(&Desk::own(&me), &wanted, None).await
}

async fn of_doctor(me: Admin, Path(doctor): Path<String>, Query(wanted): Query<Wanted>) -> web::Result {
    show(&Desk::of(&me, &doctor).await?, &wanted, None).await
}

async fn call_off_own(me: Doctor, Form(form): Form<Wanted>) -> web::Result {
    submit(&Desk::own(&me), &form).await
}

async fn call_off_of_doctor(me: Admin, Path(doctor): Path<String>, Form(form): Form<Wanted>) -> web::Result {
    submit(&Desk::of(&me, &doctor).await?, &form).await
}

async fn submit(desk: &Desk<'_>, form: &Wanted) -> web::Result {
    let Ok(day) = form.day.trim().parse::<LocalDate>() else {
        return show(desk, form, Some(FaultKind::invalid("day", "scheduling-error-day"))).await;
    };
    let reason = CancelReason::from_code(&form.reason);
    let mut tx = desk.me.begin().await?;
    match call_off(&mut tx, desk.me.actor(), CallOff { doctor: desk.doctor, day, reason }).await {
        Ok(_) => {
            tx.commit().await?;
            desk.me.flash_ok("scheduling-day-off-done");
            Ok(desk.me.redirect(&format!("{}/day-off?day={day}", desk.base)))
        }
        Err(error @ CallOffError::NotThatDay) => {
            tx.rollback().await?;
            show(desk, form, Some(error.kind())).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn show(desk: &Desk<'_>, wanted: &Wanted, refused: Option<FaultKind>) -> web::Result {
    let day: Option<LocalDate> = wanted.day.trim().parse().ok();
    let mut tx = desk.me.begin().await?;
    let zone = zone_of(&mut tx, desk.doctor).await?.ok_or(CallOffError::NotFound)?;
    let (called_off, hits) = match day {
        Some(day) => {
            let (_, from, until) = day_of(&mut tx, desk.doctor, day).await?;
            let known = store::find(&mut tx, desk.doctor, day).await?.is_some();
            (known, store::list_hit(&mut tx, desk.doctor, from, until).await?)
        }
        None => (false, Vec::new()),
    };
    let earlier = store::list_days(&mut tx, desk.doctor).await?;
    tx.commit().await?;
    let mut page = desk.me.page("scheduling-day-off-title");
    let status = if refused.is_some() { 422 } else { 200 };
    if let Some(FaultKind::Invalid(errors)) = refused {
        page = page.with_errors(errors);
    }
    let hits: Vec<Hit> = hits.into_iter().filter(|hit| called_off || hit.stands).collect();
    let count = hits.len().to_string();
    let money = total(&page, hits.iter().filter(|hit| called_off || hit.stands));
    let of_day = |day: &LocalDate| Earlier { href: format!("{}/day-off?day={day}", desk.base), label: page.date(*day) };
    let shown = DayOffPage {
        day: wanted.day.trim().to_owned(),
        day_name: day.map(|day| page.date(day)).unwrap_or_default(),
        zone: zone.city(),
        called_off,
        summary: page.tr("scheduling-day-off-count", [("count", count.as_str())]),
        money: page.tr("scheduling-day-off-money", [("money", money.as_str())]),
        lines: hits.iter().map(|hit| line(&page, &zone, hit)).collect(),
        reasons: reasons(&page),
        earlier: earlier.iter().map(of_day).collect(),
        base: desk.base.clone(),
        doctor: desk.name.clone(),
        page,
    };
    web::render_status(status, &shown)
}

fn reasons(page: &web::PageFrame) -> Vec<(&'static str, String)> {
    [CancelReason::Unwell, CancelReason::Emergency, CancelReason::NoTime, CancelReason::Other]
        .into_iter()
        .map(|reason| (reason.code(), page.t(reason.label_key())))
        .collect()
}

fn line(page: &web::PageFrame, zone: &kernel::Zone, hit: &Hit) -> Line {
    let choice = match hit.choice {
        Some(ChoiceStatus::Open) => {
            let until = hit.choose_until.map(|end| page.when_in(zone, end)).unwrap_or_default();
            page.tr("scheduling-day-off-chooses", [("until", until.as_str())])
        }
        Some(ChoiceStatus::Rebooked) => page.t("scheduling-day-off-rebooked"),
        Some(ChoiceStatus::Refunded) => page.t("scheduling-day-off-refunded"),
        None => String::new(),
    };
    Line {
        href: format!("/appointments/{}", hit.appointment),
        when: page.when_in(zone, hit.starts_at),
        patient: hit.patient.clone().unwrap_or_else(|| page.t("scheduling-a-patient")),
        mode: page.t(hit.mode.label_key()),
        price: if hit.price.is_zero() { page.t("scheduling-free") } else { page.money(hit.price) },
        status: hit.status.code(),
        choice,
    }
}

/// The sum in each currency, for a doctor may charge in several.
fn total<'a>(page: &web::PageFrame, hits: impl Iterator<Item = &'a Hit>) -> String {
    let mut sums: BTreeMap<&'static str, Money> = BTreeMap::new();
    for hit in hits.filter(|hit| hit.status.is_active() || hit.choice.is_some()) {
        let sum = sums.entry(hit.price.currency.code()).or_insert_with(|| Money::zero(hit.price.currency));
        sum.amount = sum.amount.saturating_add(hit.price.amount);
    }
    sums.into_values().map(|sum| page.money(sum)).collect::<Vec<_>>().join(" + ")
}
