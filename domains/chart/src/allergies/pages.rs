//! Forms for allergies: the patient's own page, and the form on the doctor's chart page.

use askama::Template;
use axum::extract::Path;
use kernel::{
    Fault, FaultKind, FieldError,
    ids::{AllergyId, PatientId},
};
use web::{Ctx, Doctor, Form, PageFrame, Patient};

use super::{Category, Criticality, NewAllergy, Severity};
use crate::{
    ChartError,
    record::{AllergyFields, ChartPage},
};

#[derive(Template)]
#[template(path = "allergies/pages/new.html")]
struct NewPage {
    page: PageFrame,
    form: AllergyFields,
    categories: Vec<(&'static str, String)>,
    severities: Vec<(&'static str, String)>,
    criticalities: Vec<(&'static str, String)>,
}

impl NewPage {
    fn of(me: &Ctx, form: AllergyFields, errors: Vec<FieldError>) -> Self {
        Self {
            page: me.page("chart-allergy-add").with_errors(errors),
            form,
            categories: categories(me),
            severities: severities(me),
            criticalities: Criticality::ALL
                .iter()
                .map(|value| (value.as_str(), me.t(format!("chart-criticality-{}", value.as_str()))))
                .collect(),
        }
    }
}

/// Categories with their names.
pub(crate) fn categories(me: &Ctx) -> Vec<(&'static str, String)> {
    Category::ALL.iter().map(|value| (value.as_str(), me.t(format!("chart-category-{}", value.as_str())))).collect()
}

/// Severities with their names.
pub(crate) fn severities(me: &Ctx) -> Vec<(&'static str, String)> {
    Severity::ALL.iter().map(|value| (value.as_str(), me.t(format!("chart-severity-{}", value.as_str())))).collect()
}

impl From<&AllergyFields> for NewAllergy {
    /// The three choices fall back to "unknown" when a form leaves them out; words are checked by the verb.
    fn from(form: &AllergyFields) -> Self {
        Self {
            substance: form.substance.clone(),
            category: form.category.parse().unwrap_or_default(),
            reaction: form.reaction.clone(),
            severity: form.severity.parse().unwrap_or_default(),
            criticality: form.criticality.parse().unwrap_or_default(),
        }
    }
}

/// `GET /record/allergies/new`
pub(crate) async fn new(me: Patient) -> web::Result {
    web::render(&NewPage::of(&me, AllergyFields::default(), Vec::new()))
}

/// `POST /record/allergies`
pub(crate) async fn add(me: Patient, Form(form): Form<AllergyFields>) -> web::Result {
    let mut tx = me.begin().await?;
    match super::record(&mut tx, me.app().vault(), me.actor(), me.patient_id(), NewAllergy::from(&form)).await {
        Ok(_) => tx.commit().await?,
        Err(ChartError::Invalid(errors)) => return web::render_status(422, &NewPage::of(&me, form, errors)),
        Err(error) => return Err(error.into()),
    }
    me.flash_ok("chart-allergy-added");
    Ok(me.redirect("/record"))
}

/// `POST /record/allergies/none-known`
pub(crate) async fn none_known(me: Patient) -> web::Result {
    let mut tx = me.begin().await?;
    super::answer_none_known(&mut tx, me.actor(), me.patient_id()).await?;
    tx.commit().await?;
    me.flash_ok("chart-allergies-none-known-kept");
    Ok(me.redirect("/record"))
}

/// `POST /record/allergies/{allergy}/withdrawal`
pub(crate) async fn withdraw(me: Patient, Path(allergy): Path<AllergyId>) -> web::Result {
    let mut tx = me.begin().await?;
    super::withdraw(&mut tx, me.actor(), me.patient_id(), allergy).await?;
    tx.commit().await?;
    me.flash_ok("chart-allergy-withdrawn");
    Ok(me.redirect("/record"))
}

/// `POST /doctor/patients/{patient}/allergies`
pub(crate) async fn add_as_doctor(
    me: Doctor,
    Path(patient): Path<PatientId>,
    Form(form): Form<AllergyFields>,
) -> web::Result {
    let mut tx = me.begin().await?;
    match super::record(&mut tx, me.app().vault(), me.actor(), patient, NewAllergy::from(&form)).await {
        Ok(_) => tx.commit().await?,
        Err(error) => {
            let FaultKind::Invalid(errors) = error.kind() else { return Err(error.into()) };
            drop(tx);
            let mut shown = ChartPage::open(&me, patient, "").await?;
            shown.page = shown.page.with_errors(errors);
            shown.form = form;
            return web::render_status(422, &shown);
        }
    }
    me.flash_ok("chart-allergy-added");
    Ok(me.redirect(&format!("/doctor/patients/{patient}")))
}

/// `POST /doctor/patients/{patient}/allergies/{allergy}/withdrawal`
pub(crate) async fn withdraw_as_doctor(
    me: Doctor,
    Path((patient, allergy)): Path<(PatientId, AllergyId)>,
) -> web::Result {
    let mut tx = me.begin().await?;
    super::withdraw(&mut tx, me.actor(), patient, allergy).await?;
    tx.commit().await?;
    me.flash_ok("chart-allergy-withdrawn");
    Ok(me.redirect(&format!("/doctor/patients/{patient}")))
}
