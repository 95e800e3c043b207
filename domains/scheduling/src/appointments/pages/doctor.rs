//! The doctor's answers: requests to accept or decline, and a patient who did not come.

use askama::Template;
use axum::extract::Path;
use kernel::ids::AppointmentId;
use serde::Deserialize;
use web::{Doctor, Form, Staff};

use super::super::{
    absent::{Absentee, no_show},
    decide::{Decline, approve, reject},
    model::By,
    reason,
    store::{self, lists},
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Doctor, _, _>("/doctor/requests", list)
        .post::<Doctor, _, _>("/appointments/{appointment}/approval", accept)
        .post::<Doctor, _, _>("/appointments/{appointment}/rejection", decline)
        .post::<Staff, _, _>("/appointments/{appointment}/no-show", missed)
}

struct Request {
    id: AppointmentId,
    when: String,
    patient: String,
    mode: String,
    price: String,
    until: String,
    reason: Option<String>,
}

#[derive(Template)]
#[template(path = "appointments/pages/requests.html")]
struct RequestsPage {
    page: web::PageFrame,
    requests: Vec<Request>,
    reasons: Vec<(&'static str, String)>,
}

async fn list(me: Doctor) -> web::Result {
    let mut tx = me.begin().await?;
    let page = me.page("scheduling-requests-title");
    let mut requests = Vec::new();
    for line in lists::requests(&mut tx, me.practitioner_id()).await? {
        let Some(asked) = store::find_for(&mut tx, me.actor(), line.id).await? else { continue };
        let reason = reason::read(&mut tx, me.app().vault(), By::Doctor(me.actor().account), &asked).await?;
        requests.push(Request {
            id: line.id,
            when: page.when(line.starts_at),
            patient: line.patient.unwrap_or_else(|| page.t("scheduling-a-patient")),
            mode: page.t(line.mode.label_key()),
            price: page.money(line.price),
            until: line.hold_expires_at.map(|end| page.when(end)).unwrap_or_default(),
            reason: reason.map(|text| text.expose().clone()),
        });
    }
    tx.commit().await?;
    let reasons = Decline::ALL.into_iter().map(|why| (why.code(), page.t(why.label_key()))).collect();
    web::render(&RequestsPage { page, requests, reasons })
}

async fn accept(me: Doctor, Path(id): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    approve(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    me.flash_ok("scheduling-accepted-done");
    Ok(me.redirect("/doctor/requests"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct DeclineForm {
    reason: String,
}

async fn decline(me: Doctor, Path(id): Path<AppointmentId>, Form(form): Form<DeclineForm>) -> web::Result {
    let why = Decline::from_code(&form.reason).unwrap_or(Decline::Other);
    let mut tx = me.begin().await?;
    reject(&mut tx, me.actor(), id, why).await?;
    tx.commit().await?;
    me.flash_ok("scheduling-declined-done");
    Ok(me.redirect("/doctor/requests"))
}

async fn missed(me: Staff, Path(id): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    no_show(&mut tx, me.actor(), id, Absentee::Patient).await?;
    tx.commit().await?;
    me.flash_ok("scheduling-no-show-done");
    Ok(me.redirect(&format!("/appointments/{id}")))
}
