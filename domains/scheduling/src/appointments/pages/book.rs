//! `/book`: the picked time once more, then take it.

use askama::Template;
use kernel::{
    Money, Timestamp,
    ids::{PatientId, ServiceId},
};
use serde::Deserialize;
use web::{Form, Patient, Query, Visitor};

use super::{
    super::{
        book::{BookAppointment, BookError, Wish},
        change::ChangeError,
        door,
        model::{Appointment, Status},
        store::people::{Doctor, find_doctor},
    },
    words::{Choice, Fact, book_url, cancellation_rule, choices, other_times, specialties},
};
use crate::cancellation;
use crate::follow_ups;
use crate::slots::{Doctors, Notice, Slot, rules_for, slot_at};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .public_get("/book", "a visitor picks a time first, and signs up then", show)
        .post::<Patient, _, _>("/book", take)
}

#[derive(Debug, Default, Deserialize, Clone)]
#[serde(default)]
struct Picked {
    doctor: String,
    service: String,
    starts_at: String,
    /// One of the account's patients; its own when left out.
    patient: String,
}

#[derive(Template)]
#[template(path = "appointments/pages/book.html")]
struct BookPage {
    page: web::PageFrame,
    picked: Picked,
    doctor: String,
    doctor_href: String,
    facts: Vec<Fact>,
    rule: Vec<String>,
    requires_approval: bool,
    /// It costs nothing, after a visit.
    free_follow_up: bool,
    zone: String,
    /// For whom it may be.
    patients: Vec<(PatientId, String)>,
}

#[derive(Template)]
#[template(path = "appointments/pages/taken.html")]
struct TakenPage {
    page: web::PageFrame,
    doctor: String,
    doctor_href: String,
    wished: String,
    why: String,
    choices: Vec<Choice>,
    open: Vec<Choice>,
}

async fn show(me: Visitor, Query(picked): Query<Picked>) -> web::Result {
    let (Ok(service), Ok(starts_at)) = (picked.service.parse::<ServiceId>(), picked.starts_at.parse::<Timestamp>())
    else {
        return Err(ChangeError::NotFound.into());
    };
    if me.actor_opt().is_none() {
        let here = book_url(&picked.doctor, &picked.service, starts_at);
        let next = serde_urlencoded::to_string([("next", here)]).unwrap_or_default();
        return Ok(me.redirect(&format!("/sign-up?{next}")));
    }
    let mut tx = me.begin().await?;
    let now = tx.now();
    let doctor = find_doctor(&mut tx, &picked.doctor).await?.ok_or(ChangeError::NotFound)?;
    let rules = rules_for(&mut tx, &[doctor.id], Doctors::Published, starts_at, starts_at.plus_days(1)).await?;
    let rules = rules.first().ok_or(ChangeError::NotFound)?;
    let offered = rules.services.iter().find(|s| s.id == service).ok_or(ChangeError::NotFound)?;
    let Some(slot) = slot_at(rules, service, starts_at, now, Notice::AsOffered) else {
        let others = other_times(&mut tx, doctor.id, starts_at, offered.mode).await?;
        tx.commit().await?;
        return taken(&me, &doctor, starts_at, "scheduling-taken-text", &others);
    };
    let policy = cancellation::store::find_in_force(&mut tx, service).await?;
    let patients = match me.actor_opt() {
        Some(actor) => people::dependants::list_spoken_for(&mut tx, actor).await?,
        None => Vec::new(),
    };
    let whose = chosen(&patients, &picked.patient).parse::<PatientId>().ok();
    let free = match whose {
        Some(patient) => follow_ups::claim(&mut tx, patient, service, starts_at).await?.is_some(),
        None => false,
    };
    tx.commit().await?;
    let slot = if free { Slot { price: Money::zero(slot.price.currency), ..slot } } else { slot };
    let page = me.page("scheduling-book-title");
    web::render(&BookPage {
        facts: facts(&page, &doctor, &slot),
        rule: cancellation_rule(&page, &policy, slot.price, starts_at, now),
        requires_approval: slot.requires_approval,
        free_follow_up: free,
        zone: me.zone().city(),
        picked: Picked { patient: chosen(&patients, &picked.patient), ..picked },
        patients,
        doctor_href: format!("/doctors/{}", doctor.slug),
        doctor: doctor.name,
        page,
    })
}

/// The one asked for, else the first: the account's own.
fn chosen(patients: &[(PatientId, String)], asked: &str) -> String {
    let asked = patients.iter().map(|(id, _)| id.to_string()).find(|id| id == asked);
    asked.or_else(|| patients.first().map(|(id, _)| id.to_string())).unwrap_or_default()
}

fn facts(page: &web::PageFrame, doctor: &Doctor, slot: &Slot) -> Vec<Fact> {
    let price = if slot.price.is_zero() { page.t("scheduling-free") } else { page.money(slot.price) };
    vec![
        Fact::new(page, "scheduling-fact-when", page.when(slot.starts_at)),
        Fact::new(page, "scheduling-fact-doctor", doctor.name.clone()),
        Fact::new(page, "scheduling-fact-specialty", specialties(page, &doctor.specialties)),
        Fact::new(page, "scheduling-fact-mode", page.t(slot.mode.label_key())),
        Fact::new(page, "scheduling-fact-price", price),
    ]
}

async fn take(me: Patient, Form(picked): Form<Picked>) -> web::Result {
    let (Ok(service), Ok(starts_at)) = (picked.service.parse::<ServiceId>(), picked.starts_at.parse::<Timestamp>())
    else {
        return Err(ChangeError::NotFound.into());
    };
    let mut tx = me.begin().await?;
    let doctor = find_doctor(&mut tx, &picked.doctor).await?.ok_or(ChangeError::NotFound)?;
    tx.commit().await?;
    let command = BookAppointment {
        doctor: doctor.id,
        wish: Wish::Service(service),
        starts_at,
        patient: picked.patient.parse().unwrap_or_else(|_| me.patient_id()),
        reason: None,
        zone: me.zone().clone(),
    };
    match door::book_with_retries(&me, &command).await {
        Ok(booked) => Ok(me.redirect(&next_page(&booked))),
        Err(BookError::SlotTaken { alternatives }) => {
            taken(&me, &doctor, starts_at, "scheduling-taken-text", &alternatives)
        }
        Err(BookError::NotOffered { alternatives }) => {
            taken(&me, &doctor, starts_at, "scheduling-not-offered-text", &alternatives)
        }
        Err(error) => refused(&me, &doctor, starts_at, error),
    }
}

/// Where the patient goes on with what was booked.
pub(crate) fn next_page(booked: &Appointment) -> String {
    match booked.state.booking {
        Status::Held => format!("/appointments/{}/checkout", booked.id),
        _ => format!("/appointments/{}", booked.id),
    }
}

fn taken(me: &web::Ctx, doctor: &Doctor, wished: Timestamp, why: &str, others: &[Slot]) -> web::Result {
    let page = me.page("scheduling-taken-title");
    let page = TakenPage {
        doctor: doctor.name.clone(),
        doctor_href: format!("/doctors/{}", doctor.slug),
        wished: page.when(wished),
        why: page.t(why),
        choices: choices(&page, &doctor.slug, others),
        open: Vec::new(),
        page,
    };
    web::render_status(409, &page)
}

/// The patient's own appointments stand in the way: say which.
fn refused(me: &web::Ctx, doctor: &Doctor, wished: Timestamp, error: BookError) -> web::Result {
    let (key, ids) = match &error {
        BookError::OwnOverlap { other } => ("scheduling-own-overlap-text", vec![*other]),
        BookError::HoldsAnotherHere { other } => ("scheduling-hold-open-text", vec![*other]),
        BookError::TooManyHolds { open } => ("scheduling-too-many-holds-text", open.clone()),
        _ => return Err(error.into()),
    };
    let page = me.page("scheduling-refused-title");
    let label = page.t("scheduling-open-that-one");
    let open = ids.iter().map(|id| Choice { href: format!("/appointments/{id}"), label: label.clone() }).collect();
    let page = TakenPage {
        doctor: doctor.name.clone(),
        doctor_href: format!("/doctors/{}", doctor.slug),
        wished: page.when(wished),
        why: page.t(key),
        choices: Vec::new(),
        open,
        page,
    };
    web::render_status(409, &page)
}
