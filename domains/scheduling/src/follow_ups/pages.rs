//! What each of a doctor's services gives after a visit. The doctor's own, or an administrator's for a doctor.

use askama::Template;
use axum::extract::Path;
use kernel::{Fault, FaultKind, FieldError, ids::ServiceId};
use serde::Deserialize;
use web::{Admin, Doctor, Form};

use super::{
    set::{FollowUp, set},
    store::{self, Line},
};
use crate::availability::Desk;

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Doctor, _, _>("/doctor/availability/follow-ups", own)
        .post::<Doctor, _, _>("/doctor/availability/follow-ups/{service}", save_own)
        .get::<Admin, _, _>("/admin/doctors/{doctor}/schedule/follow-ups", of_doctor)
        .post::<Admin, _, _>("/admin/doctors/{doctor}/schedule/follow-ups/{service}", save_of_doctor)
}

#[derive(Debug, Default, Deserialize, Clone)]
#[serde(default)]
struct TermsForm {
    days: String,
    visits: String,
}

struct Card {
    service: ServiceId,
    name: String,
    days: String,
    visits: String,
    error: Option<String>,
}

#[derive(Template)]
#[template(path = "follow_ups/pages/follow_ups.html")]
struct FollowUpsPage {
    page: web::PageFrame,
    base: String,
    doctor: Option<String>,
    cards: Vec<Card>,
}

async fn own(me: Doctor) -> web::Result {
    show(&Desk::own(&me), None).await
}

async fn save_own(me: Doctor, Path(service): Path<ServiceId>, Form(form): Form<TermsForm>) -> web::Result {
    save(&Desk::own(&me), service, form).await
}

async fn of_doctor(me: Admin, Path(doctor): Path<String>) -> web::Result {
    show(&Desk::of(&me, &doctor).await?, None).await
}

async fn save_of_doctor(
    me: Admin,
    Path((doctor, service)): Path<(String, ServiceId)>,
    Form(form): Form<TermsForm>,
) -> web::Result {
    save(&Desk::of(&me, &doctor).await?, service, form).await
}

/// What was typed and refused stands where it was typed.
struct Refused {
    service: ServiceId,
    form: TermsForm,
    errors: Vec<FieldError>,
}

async fn show(desk: &Desk<'_>, refused: Option<Refused>) -> web::Result {
    let mut tx = desk.me.begin().await?;
    let lines = store::list_of_doctor(&mut tx, desk.doctor).await?;
    tx.commit().await?;
    let status = if refused.is_some() { 422 } else { 200 };
    let page = desk.me.page("scheduling-follow-ups-title");
    let cards = lines.iter().map(|line| card(&page, line, refused.as_ref())).collect();
    let view = FollowUpsPage { cards, base: desk.base.clone(), doctor: desk.name.clone(), page };
    web::render_status(status, &view)
}

fn card(page: &web::PageFrame, line: &Line, refused: Option<&Refused>) -> Card {
    let mode = page.t(line.mode.label_key());
    let place = line.place.as_ref().map(|place| format!(", {place}")).unwrap_or_default();
    let typed = refused.filter(|refused| refused.service == line.service);
    Card {
        service: line.service,
        name: format!("{mode}{place} · {}", page.money(line.price)),
        days: typed.map_or_else(
            || line.days.map(|days| days.to_string()).unwrap_or_default(),
            |refused| refused.form.days.clone(),
        ),
        visits: typed.map_or_else(|| line.visits.to_string(), |refused| refused.form.visits.clone()),
        error: typed.and_then(|refused| refused.errors.first()).map(|error| page.t(error.message_key)),
    }
}

async fn save(desk: &Desk<'_>, service: ServiceId, form: TermsForm) -> web::Result {
    let follow_up = match (form.days.trim(), form.visits.trim()) {
        ("", _) => FollowUp::None,
        // What is no number is out of bounds.
        (days, visits) => FollowUp::Free { days: days.parse().unwrap_or(0), visits: visits.parse().unwrap_or(0) },
    };
    let mut tx = desk.me.begin().await?;
    match set(&mut tx, desk.doctor, service, follow_up).await {
        Ok(()) => {
            tx.commit().await?;
            desk.me.flash_ok("scheduling-follow-ups-saved");
            Ok(desk.me.redirect(&format!("{}/follow-ups", desk.base)))
        }
        Err(error) => {
            drop(tx);
            match error.kind() {
                FaultKind::Invalid(errors) => show(desk, Some(Refused { service, form, errors })).await,
                _ => Err(error.into()),
            }
        }
    }
}
