//! The patient's page of who may see the record, and the doctor's list of records that are open to them.

use askama::Template;
use axum::extract::Path;
use identity::door;
use kernel::{
    Fault, FaultKind, FieldError,
    ids::{PatientId, PractitionerId},
};
use serde::Deserialize;
use web::{Ctx, Doctor, Form, PageFrame, Patient, Query};

use super::{
    Decision, GiveConsent, Scope,
    store::{self, Found, Reader},
};
use crate::break_glass;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    /// Part of a doctor's name.
    q: String,
}

/// What was chosen on the form.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct GiveFields {
    q: String,
    doctor: String,
    days: String,
    /// `everything` where hidden entries are shown, too.
    scope: String,
}

struct ReaderLine {
    doctor: PractitionerId,
    name: String,
    why: String,
    until: String,
    hidden: bool,
}

struct HistoryLine {
    when: String,
    doctor: String,
    what: String,
}

#[derive(Template)]
#[template(path = "consents/pages/sharing.html")]
struct SharingPage {
    page: PageFrame,
    readers: Vec<ReaderLine>,
    history: Vec<HistoryLine>,
    found: Vec<Found>,
    days: Vec<(&'static str, String)>,
    form: GiveFields,
}

/// `GET /record/sharing?q=`
pub(crate) async fn show(me: Patient, Query(wanted): Query<Wanted>) -> web::Result {
    let form = GiveFields { q: wanted.q, ..GiveFields::default() };
    web::render(&sharing(&me, form, Vec::new()).await?)
}

/// `POST /record/sharing`
pub(crate) async fn give(me: Patient, Form(form): Form<GiveFields>) -> web::Result {
    let Ok(doctor) = form.doctor.parse::<PractitionerId>() else {
        let errors = vec![FieldError::new("doctor", "chart-error-sharing-doctor")];
        return web::render_status(422, &sharing(&me, form, errors).await?);
    };
    let days = match form.days.trim() {
        "" => None,
        typed => Some(typed.parse().unwrap_or(0)),
    };
    let mut tx = me.begin().await?;
    let command = GiveConsent { doctor, scope: Scope::of(&form.scope), days };
    match super::give(&mut tx, &door::sender(&me), me.actor(), me.patient_id(), command).await {
        Ok(_) => tx.commit().await?,
        Err(error) => {
            let FaultKind::Invalid(errors) = error.kind() else { return Err(error.into()) };
            drop(tx);
            return web::render_status(422, &sharing(&me, form, errors).await?);
        }
    }
    me.flash_ok("chart-sharing-given");
    Ok(me.redirect("/record/sharing"))
}

/// `POST /record/sharing/{doctor}/revocation`
pub(crate) async fn revoke(me: Patient, Path(doctor): Path<PractitionerId>) -> web::Result {
    let mut tx = me.begin().await?;
    super::revoke(&mut tx, me.actor(), me.patient_id(), doctor).await?;
    tx.commit().await?;
    me.flash_ok("chart-sharing-revoked");
    Ok(me.redirect("/record/sharing"))
}

async fn sharing(me: &Patient, form: GiveFields, errors: Vec<FieldError>) -> Result<SharingPage, web::Error> {
    let mut tx = me.begin().await?;
    let readers = store::list_readers(&mut tx, me.patient_id()).await?;
    let history = store::list_for(&mut tx, me.patient_id()).await?;
    let words = form.q.trim().chars().take(80).collect::<String>();
    let found = if words.is_empty() { Vec::new() } else { store::search(&mut tx, &words).await? };
    tx.commit().await?;
    let page = me.page("chart-sharing-title").with_errors(errors);
    Ok(SharingPage {
        readers: readers.into_iter().map(|reader| reader_line(&page, reader)).collect(),
        history: history
            .into_iter()
            .map(|consent| HistoryLine {
                when: page.when(consent.decided_at),
                what: match (consent.decision, consent.scope) {
                    (Decision::Given, Scope::Record) => page.t("chart-sharing-did-give"),
                    (Decision::Given, Scope::Everything) => page.t("chart-sharing-did-give-everything"),
                    (Decision::Revoked, _) => page.t("chart-sharing-did-revoke"),
                },
                doctor: consent.doctor,
            })
            .collect(),
        found,
        days: [("7", "week"), ("30", "month"), ("365", "year"), ("", "always")]
            .map(|(days, name)| (days, me.t(format!("chart-sharing-days-{name}"))))
            .to_vec(),
        page,
        form,
    })
}

fn reader_line(page: &PageFrame, reader: Reader) -> ReaderLine {
    let until = reader.until.map(|at| page.day(at));
    ReaderLine {
        doctor: reader.doctor,
        name: reader.name,
        why: page.t(match (reader.by_consent, reader.checks) {
            (true, _) => "chart-sharing-by-consent",
            (false, true) => "chart-sharing-by-check",
            (false, false) => "chart-sharing-by-visit",
        }),
        until: match (&until, reader.by_consent) {
            (Some(day), _) => page.tr("chart-sharing-until", [("day", day.as_str())]),
            (None, true) => page.t("chart-sharing-until-revoked"),
            (None, false) if reader.checks => page.t("chart-sharing-until-checked"),
            (None, false) => page.t("chart-sharing-until-visit"),
        },
        hidden: reader.scope == Scope::Everything,
    }
}

struct RecordLine {
    patient: PatientId,
    name: String,
    when: String,
    chip: String,
    open: bool,
}

#[derive(Template)]
#[template(path = "consents/pages/records.html")]
struct RecordsPage {
    page: PageFrame,
    shared: Vec<RecordLine>,
    emergencies: Vec<RecordLine>,
}

/// `GET /doctor/records`
pub(crate) async fn of_doctor(me: Doctor) -> web::Result {
    let mut tx = me.begin().await?;
    let shared = store::list_given_to(&mut tx, me.practitioner_id()).await?;
    let emergencies = break_glass::list_of(&mut tx, me.practitioner_id()).await?;
    let now = tx.now();
    tx.commit().await?;
    let page = me.page("chart-records-title");
    let shared = shared.into_iter().map(|record| shared_line(&me, &page, &record)).collect();
    let emergencies = emergencies
        .into_iter()
        .map(|access| RecordLine {
            patient: access.patient,
            when: page.when(access.started_at),
            open: access.is_open(now),
            chip: access.chip(&me, now),
            name: access.patient_name,
        })
        .collect();
    web::render(&RecordsPage { page, shared, emergencies })
}

fn shared_line(me: &Ctx, page: &PageFrame, record: &store::OpenRecord) -> RecordLine {
    let until = record.until.map(|at| page.day(at));
    RecordLine {
        patient: record.patient,
        name: record.name.clone(),
        when: page.when(record.since),
        chip: until.map_or_else(
            || me.t("chart-sharing-until-revoked"),
            |day| me.tr("chart-sharing-until", [("day", day.as_str())]),
        ),
        open: true,
    }
}

/// `POST /doctor/patients/{patient}/hidden-request`
pub(crate) async fn ask(me: Doctor, Path(patient): Path<PatientId>) -> web::Result {
    let mut tx = me.begin().await?;
    super::ask_for_hidden(&mut tx, &door::sender(&me), me.actor(), patient).await?;
    tx.commit().await?;
    me.flash_ok("chart-hidden-asked");
    Ok(me.redirect(&format!("/doctor/patients/{patient}")))
}
