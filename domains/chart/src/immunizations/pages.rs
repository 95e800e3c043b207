//! HTML: the patient's immunizations, for the patient and for the doctor, each with a form.

use std::str::FromStr;

use askama::Template;
use axum::extract::Path;
use kernel::{
    FieldError, LocalDate,
    ids::{ImmunizationId, PatientId},
};
use serde::Deserialize;
use web::{Ctx, Doctor, Form, PageFrame, Patient};

use super::{NewImmunization, vaccines};
use crate::{
    ChartError,
    record::{from_words, store as records, who},
};

/// What was typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    code: String,
    given_on: String,
    dose: String,
    lot: String,
    given_by: String,
}

struct Row {
    id: ImmunizationId,
    name: String,
    given_on: String,
    /// "Dose 2"; may be empty.
    dose: String,
    /// Lot and who gave it; may be empty.
    detail: String,
    by_clinician: bool,
    may_take_back: bool,
}

#[derive(Template)]
#[template(path = "immunizations/pages/list.html")]
struct ListPage {
    page: PageFrame,
    /// Where the forms go: `/record/immunizations`, or the doctor's path.
    base: String,
    back: (String, String),
    /// The patient's name; empty on their own page.
    name: String,
    rows: Vec<Row>,
    may_write: bool,
    vaccines: Vec<(&'static str, String)>,
    form: Typed,
}

/// `GET /record/immunizations`
pub(crate) async fn show(me: Patient) -> web::Result {
    web::render(&open(&me, me.patient_id(), false, (Typed::default(), Vec::new())).await?)
}

/// `GET /doctor/patients/{patient}/immunizations`
pub(crate) async fn show_to_doctor(me: Doctor, Path(patient): Path<PatientId>) -> web::Result {
    web::render(&open(&me, patient, true, (Typed::default(), Vec::new())).await?)
}

/// `POST /record/immunizations`
pub(crate) async fn add(me: Patient, Form(typed): Form<Typed>) -> web::Result {
    put(&me, me.patient_id(), false, typed).await
}

/// `POST /doctor/patients/{patient}/immunizations`
pub(crate) async fn add_as_doctor(me: Doctor, Path(patient): Path<PatientId>, Form(typed): Form<Typed>) -> web::Result {
    put(&me, patient, true, typed).await
}

/// `POST /record/immunizations/{immunization}/withdrawal`
pub(crate) async fn take_back(me: Patient, Path(id): Path<ImmunizationId>) -> web::Result {
    remove(&me, me.patient_id(), false, id).await
}

/// `POST /doctor/patients/{patient}/immunizations/{immunization}/withdrawal`
pub(crate) async fn take_back_as_doctor(
    me: Doctor,
    Path((patient, id)): Path<(PatientId, ImmunizationId)>,
) -> web::Result {
    remove(&me, patient, true, id).await
}

fn base(patient: PatientId, for_doctor: bool) -> String {
    if for_doctor { format!("/doctor/patients/{patient}/immunizations") } else { "/record/immunizations".to_owned() }
}

async fn put(me: &Ctx, patient: PatientId, for_doctor: bool, typed: Typed) -> web::Result {
    let new = match NewImmunization::try_from(&typed) {
        Ok(new) => new,
        Err(errors) => return web::render_status(422, &open(me, patient, for_doctor, (typed, errors)).await?),
    };
    let mut tx = me.begin().await?;
    match super::record(&mut tx, me.app().vault(), me.actor(), patient, new).await {
        Ok(_) => tx.commit().await?,
        Err(ChartError::Invalid(errors)) => {
            drop(tx);
            return web::render_status(422, &open(me, patient, for_doctor, (typed, errors)).await?);
        }
        Err(error) => return Err(error.into()),
    }
    me.flash_ok("chart-immunization-added");
    Ok(me.redirect(&base(patient, for_doctor)))
}

async fn remove(me: &Ctx, patient: PatientId, for_doctor: bool, id: ImmunizationId) -> web::Result {
    let mut tx = me.begin().await?;
    super::withdraw(&mut tx, me.actor(), patient, id).await?;
    tx.commit().await?;
    me.flash_ok("chart-immunization-withdrawn");
    Ok(me.redirect(&base(patient, for_doctor)))
}

impl TryFrom<&Typed> for NewImmunization {
    type Error = Vec<FieldError>;

    fn try_from(typed: &Typed) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let day = typed.given_on.trim();
        let given_on = (!day.is_empty()).then(|| LocalDate::from_str(day));
        if matches!(given_on, Some(Err(_))) {
            errors.push(FieldError::new("given_on", "chart-error-given-on"));
        }
        let dose = typed.dose.trim();
        let parsed = (!dose.is_empty()).then(|| dose.parse::<u8>());
        if matches!(parsed, Some(Err(_))) {
            errors.push(FieldError::new("dose", "chart-error-dose"));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Self {
            code: typed.code.clone(),
            given_on: given_on.and_then(Result::ok),
            dose: parsed.and_then(Result::ok),
            lot: typed.lot.clone(),
            given_by: typed.given_by.clone(),
        })
    }
}

async fn open(
    me: &Ctx,
    patient: PatientId,
    for_doctor: bool,
    (form, errors): (Typed, Vec<FieldError>),
) -> Result<ListPage, web::Error> {
    let mut tx = me.begin().await?;
    let reader = who::reads(&mut tx, me.actor(), patient).await?;
    let may_write = !for_doctor || records::basis(&mut tx, patient).await? == Some(who::Basis::CareLink);
    let name = if for_doctor {
        records::find_header(&mut tx, patient).await?.ok_or(ChartError::NotFound)?.full_name
    } else {
        String::new()
    };
    let list = super::list_for(&mut tx, me.app().vault(), patient, who::purpose(reader)).await?;
    tx.commit().await?;
    let page = me.page("chart-immunizations-title").with_errors(errors);
    let rows = list.into_iter().map(|one| {
        let dose =
            one.content.dose.map(|dose| me.tr("chart-immunization-dose-number", [("dose", dose.to_string().as_str())]));
        let lot = (!one.content.lot.is_empty())
            .then(|| me.tr("chart-immunization-lot-number", [("lot", one.content.lot.as_str())]));
        let given_by = Some(one.content.given_by).filter(|text| !text.is_empty());
        let from = Some(from_words(&page, one.from_record.as_deref())).filter(|text| !text.is_empty());
        Row {
            id: one.id,
            name: one.content.name,
            given_on: page.date(one.content.given_on),
            dose: dose.unwrap_or_default(),
            detail: lot.into_iter().chain(given_by).chain(from).collect::<Vec<_>>().join(" · "),
            by_clinician: one.by_clinician,
            may_take_back: may_write && (for_doctor || !one.by_clinician),
        }
    });
    let back = if for_doctor {
        (format!("/doctor/patients/{patient}"), name.clone())
    } else {
        ("/record".to_owned(), me.t("chart-record-title"))
    };
    Ok(ListPage {
        rows: rows.collect(),
        base: base(patient, for_doctor),
        back,
        name,
        may_write,
        vaccines: std::iter::once(("", me.t("chart-immunization-choose")))
            .chain(vaccines::ALL.iter().map(|one| (one.code, format!("{} ({})", one.name, one.against))))
            .collect(),
        form,
        page,
    })
}
