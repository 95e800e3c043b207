//! `/waiting-list/new`: whom to wait for, and which times suit.

use askama::Template;
use kernel::{
    Fault, FaultKind, FieldError,
    ids::{PatientId, ServiceId},
};
use serde::Deserialize;
use web::{MultiForm, Patient, Query, Visitor};

use super::super::{
    form::JoinForm,
    join::{JoinError, join},
    store,
};
use crate::appointments::store::people::{Doctor, find_doctor};
use crate::slots::Mode;

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .public_get("/waiting-list/new", "a visitor comes from a doctor's page, and signs up then", show)
        .post::<Patient, _, _>("/waiting-list", submit)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    doctor: String,
    service: String,
}

struct Weekday {
    value: u8,
    label: String,
    checked: bool,
}

#[derive(Template)]
#[template(path = "waiting_list/pages/new.html")]
struct NewPage {
    page: web::PageFrame,
    form: JoinForm,
    doctor: String,
    doctor_href: String,
    mode: String,
    sought: Vec<(String, String)>,
    weekdays: Vec<Weekday>,
    zone: String,
    patients: Vec<(PatientId, String)>,
}

async fn show(me: Visitor, Query(asked): Query<Asked>) -> web::Result {
    if me.actor_opt().is_none() {
        let here = serde_urlencoded::to_string([("doctor", &asked.doctor), ("service", &asked.service)]);
        let here = format!("/waiting-list/new?{}", here.unwrap_or_default());
        let next = serde_urlencoded::to_string([("next", here)]).unwrap_or_default();
        return Ok(me.redirect(&format!("/sign-up?{next}")));
    }
    let mut tx = me.begin().await?;
    let (doctor, _, mode) = sought(&mut tx, &asked.doctor, &asked.service).await?;
    let today = tx.now().date_in(me.zone());
    let patients = spoken_for(&mut tx, &me).await?;
    tx.commit().await?;
    let mut form = JoinForm::fresh(&doctor.slug, &asked.service, today);
    form.patient = patients.first().map(|(id, _)| id.to_string()).unwrap_or_default();
    web::render(&filled(&me, (&doctor, mode, patients), form, Vec::new()))
}

/// The doctor and the service whose times were looked at.
async fn sought(tx: &mut db::Tx, doctor: &str, service: &str) -> Result<(Doctor, ServiceId, Mode), web::Error> {
    let doctor = find_doctor(tx, doctor).await?.ok_or(JoinError::NotTheirPatient)?;
    let id: ServiceId = service.parse().map_err(|_| JoinError::NotTheirPatient)?;
    let found = store::find_service(tx, id).await?.filter(|(own, _)| *own == doctor.id);
    let (_, mode) = found.ok_or(JoinError::NotTheirPatient)?;
    Ok((doctor, id, mode))
}

async fn spoken_for(tx: &mut db::Tx, me: &web::Ctx) -> Result<Vec<(PatientId, String)>, db::Error> {
    match me.actor_opt() {
        Some(actor) => people::dependants::list_spoken_for(tx, actor).await,
        None => Ok(Vec::new()),
    }
}

fn filled(
    me: &web::Ctx,
    (doctor, mode, patients): (&Doctor, Mode, Vec<(PatientId, String)>),
    form: JoinForm,
    errors: Vec<FieldError>,
) -> NewPage {
    let page = me.page("scheduling-waiting-join-title").with_errors(errors);
    let mut options =
        vec![("doctor".to_owned(), page.tr("scheduling-waiting-only-doctor", [("doctor", doctor.name.as_str())]))];
    options.extend(doctor.specialties.iter().map(|code| {
        let specialty = page.t(format!("specialty-{code}"));
        (code.clone(), page.tr("scheduling-waiting-any-doctor", [("specialty", specialty.as_str())]))
    }));
    let weekday = |value: u8| Weekday {
        value,
        label: page.t(format!("web-weekday-{value}")),
        checked: form.weekdays.contains(&value.to_string()),
    };
    NewPage {
        doctor_href: format!("/doctors/{}", doctor.slug),
        doctor: doctor.name.clone(),
        mode: page.t(mode.label_key()),
        sought: options,
        weekdays: (1..=7).map(weekday).collect(),
        zone: me.zone().city(),
        patients,
        form,
        page,
    }
}

async fn submit(me: Patient, MultiForm(form): MultiForm<JoinForm>) -> web::Result {
    let mut tx = me.begin().await?;
    let (doctor, service, mode) = sought(&mut tx, &form.doctor, &form.service).await?;
    let patients = spoken_for(&mut tx, &me).await?;
    let patient = form.patient.parse().unwrap_or_else(|_| me.patient_id());
    let command = match form.parse((doctor.id, service, mode), patient, me.zone()) {
        Ok(command) => command,
        Err(errors) => return web::render_status(422, &filled(&me, (&doctor, mode, patients), form, errors)),
    };
    match join(&mut tx, me.actor(), command).await {
        Ok(_) => {
            tx.commit().await?;
            me.flash_ok("scheduling-waiting-joined");
            Ok(me.redirect("/waiting-list"))
        }
        Err(error) => match error.kind() {
            FaultKind::Invalid(errors) => {
                web::render_status(422, &filled(&me, (&doctor, mode, patients), form, errors))
            }
            _ => Err(error.into()),
        },
    }
}
