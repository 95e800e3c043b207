//! JSON: prescriptions.

use axum::extract::Path;
use db::Tx;
use kernel::{
    Timestamp,
    ids::{PatientId, PractitionerId, PrescriptionId, PrescriptionItemId, VisitId},
};
use serde::{Deserialize, Serialize};
use web::{Ctx, Doctor, Json, Patient, SignedIn};

use super::{
    Copying, ReadError, SignError, Signing,
    content::Override,
    end::{EndReason, Ending},
    model::{Item, NewItem, NewPrescription, Prescription, Status},
    pages::{self, shared},
    paper, read, review, words,
};
use crate::{
    directions::Frequency,
    formulary::{DoseUnit, Form, QuantityUnit, Route},
    leaflets::{self, Leaflet},
    safety::Alert,
};

/// One prescription.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct View {
    id: PrescriptionId,
    visit_id: VisitId,
    patient_id: PatientId,
    doctor_id: PractitionerId,
    status: Status,
    items: Vec<ItemView>,
    notes: String,
    /// For doctors: what must be said about it; for a draft as of now.
    alerts: Vec<AlertView>,
    /// For doctors: the reasons given.
    overrides: Vec<Override>,
    signed_at: Option<Timestamp>,
    valid_until: Option<Timestamp>,
    verify_code: Option<String>,
    verify_url: Option<String>,
    pdf_url: Option<String>,
    ended_at: Option<Timestamp>,
    end_reason: Option<String>,
    /// The one whose place it takes, once it is signed.
    replaces: Option<PrescriptionId>,
    /// The one it renews.
    renews: Option<PrescriptionId>,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
struct ItemView {
    id: PrescriptionItemId,
    position: i32,
    drug: String,
    name: String,
    ingredients: Vec<String>,
    form: Form,
    dose: f64,
    dose_unit: DoseUnit,
    route: Route,
    frequency: Frequency,
    duration_days: u16,
    as_needed_for: Option<String>,
    instructions: String,
    /// All of it as a sentence, in the reader's language.
    directions: String,
    quantity: QuantityView,
    /// How many fills may follow the first.
    refills: u8,
    /// The medicine in plain English, where there is a leaflet.
    leaflet: Option<Leaflet>,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
struct QuantityView {
    value: i32,
    unit: QuantityUnit,
    text: String,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
struct AlertView {
    #[serde(flatten)]
    alert: Alert,
    /// Whether the signature needs a reason.
    hard: bool,
    /// What it says, in the reader's language.
    text: String,
    /// Why, and what to do; may be empty.
    explanation: String,
}

/// The latest hundred, newest first.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Listed {
    items: Vec<View>,
}

/// Reasons for signing in spite of alerts.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct SignBody {
    overrides: Vec<Override>,
    /// A code of the authenticator app, for controlled substances.
    code: Option<String>,
}

/// Nothing more needs to be said.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Nothing {}

/// How and why it ends.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndBody {
    status: Ending,
    #[serde(default)]
    reason: EndReason,
}

/// `GET /api/v1/prescriptions`
pub(crate) async fn list(me: Patient) -> web::Result {
    let mut tx = me.begin().await?;
    let purpose = chart::purpose::OWN;
    let list = read::list_for_patient(&mut tx, me.app().vault(), me.patient_id(), purpose, 100).await?;
    tx.commit().await?;
    let items = list.into_iter().flatten().map(|prescription| view(&me, &prescription, Vec::new())).collect();
    web::json(&Listed { items })
}

/// `POST /api/v1/visits/{visit}/prescriptions`
pub(crate) async fn draft(me: Doctor, Path(visit): Path<VisitId>, Json(new): Json<NewPrescription>) -> web::Result {
    let mut tx = me.begin().await?;
    let id = super::draft(&mut tx, me.app().vault(), me.actor(), visit, new).await?;
    let shown = reviewed(&me, &mut tx, id).await?;
    tx.commit().await?;
    web::created(&shown)
}

/// `GET /api/v1/prescriptions/{prescription}` and, with `.pdf` after the id, the document.
pub(crate) async fn show(me: SignedIn, Path(name): Path<String>) -> web::Result {
    let (id, as_pdf) = shared::named(&name)?;
    if as_pdf {
        return shared::document(&me, id).await;
    }
    let mut tx = me.begin().await?;
    let shown = reviewed(&me, &mut tx, id).await;
    let (tx, shown) = shared::flagged(&me, tx, shown).await?;
    tx.commit().await?;
    web::json(&shown)
}

/// `POST /api/v1/prescriptions/{prescription}/items`
pub(crate) async fn add_item(me: Doctor, Path(id): Path<PrescriptionId>, Json(new): Json<NewItem>) -> web::Result {
    let mut tx = me.begin().await?;
    super::add_item(&mut tx, me.app().vault(), me.actor(), id, new).await?;
    let shown = reviewed(&me, &mut tx, id).await?;
    tx.commit().await?;
    web::created(&shown)
}

/// `POST /api/v1/prescriptions/{prescription}/signature`
pub(crate) async fn sign(me: Doctor, Path(id): Path<PrescriptionId>, Json(body): Json<SignBody>) -> web::Result {
    if body.code.is_some() {
        pages::doctor::limit_codes(&me).await?;
    }
    let mut tx = me.begin().await?;
    let signing = Signing { overrides: body.overrides, code: body.code };
    let signed = super::sign(&mut tx, me.app().vault(), me.actor(), id, signing).await;
    if let Err(refused @ SignError::OverrideNeeded(_)) = signed {
        // The alerts tell of allergies: that they were read stays in the trail, signed or not.
        tx.commit().await?;
        return Err(refused.into());
    }
    signed?;
    let shown = reviewed(&me, &mut tx, id).await?;
    tx.commit().await?;
    web::created(&shown)
}

/// `POST /api/v1/prescriptions/{prescription}/ending`
pub(crate) async fn end(me: Doctor, Path(id): Path<PrescriptionId>, Json(body): Json<EndBody>) -> web::Result {
    let mut tx = me.begin().await?;
    super::end(&mut tx, me.actor(), id, body.status, body.reason).await?;
    let shown = reviewed(&me, &mut tx, id).await?;
    tx.commit().await?;
    web::json(&shown)
}

/// `POST /api/v1/prescriptions/{prescription}/hold`
pub(crate) async fn hold(me: Doctor, Path(id): Path<PrescriptionId>, Json(_): Json<Nothing>) -> web::Result {
    let mut tx = me.begin().await?;
    super::hold(&mut tx, me.actor(), id).await?;
    let shown = reviewed(&me, &mut tx, id).await?;
    tx.commit().await?;
    web::json(&shown)
}

/// `POST /api/v1/prescriptions/{prescription}/release`
pub(crate) async fn release(me: Doctor, Path(id): Path<PrescriptionId>, Json(_): Json<Nothing>) -> web::Result {
    let mut tx = me.begin().await?;
    super::release(&mut tx, me.actor(), id).await?;
    let shown = reviewed(&me, &mut tx, id).await?;
    tx.commit().await?;
    web::json(&shown)
}

/// `POST /api/v1/prescriptions/{prescription}/replacement`
pub(crate) async fn replace(me: Doctor, Path(id): Path<PrescriptionId>, Json(_): Json<Nothing>) -> web::Result {
    let mut tx = me.begin().await?;
    let draft = super::copy(&mut tx, me.app().vault(), me.actor(), id, Copying::Replacing).await?;
    let shown = reviewed(&me, &mut tx, draft).await?;
    tx.commit().await?;
    web::created(&shown)
}

/// The prescription with its alerts: of now for a draft, of the signature for a signed one, none for a patient.
async fn reviewed(me: &Ctx, tx: &mut Tx, id: PrescriptionId) -> Result<View, ReadError> {
    let prescription = shared::open(me, tx, id).await?;
    let alerts = if me.actor().practitioner.is_none() {
        Vec::new()
    } else if prescription.status == Status::Draft {
        review(tx, me.app().vault(), &prescription).await?
    } else {
        prescription.header.alerts.clone()
    };
    Ok(view(me, &prescription, alerts))
}

fn view(me: &Ctx, prescription: &Prescription, alerts: Vec<Alert>) -> View {
    let for_doctor = me.actor().practitioner.is_some();
    let code = prescription.verify_code.clone();
    View {
        id: prescription.id,
        visit_id: prescription.visit,
        patient_id: prescription.patient,
        doctor_id: prescription.practitioner,
        status: prescription.status,
        items: prescription.items.iter().map(|item| item_view(me, item)).collect(),
        notes: prescription.header.notes.clone(),
        alerts: alerts
            .into_iter()
            .map(|alert| AlertView {
                text: words::alert(me.locale(), &alert),
                explanation: words::explanation(me.locale(), &alert),
                hard: alert.severity.is_hard(),
                alert,
            })
            .collect(),
        overrides: if for_doctor { prescription.header.overrides.clone() } else { Vec::new() },
        signed_at: prescription.signed_at,
        valid_until: prescription.valid_until,
        verify_url: code.as_deref().map(|code| paper::verify_url(me, code)),
        pdf_url: code.is_some().then(|| format!("/api/v1/prescriptions/{}.pdf", prescription.id)),
        verify_code: code,
        ended_at: prescription.ended_at,
        end_reason: prescription.end_reason.clone(),
        replaces: prescription.replaces,
        renews: prescription.renews,
    }
}

fn item_view(me: &Ctx, item: &Item) -> ItemView {
    let directions = &item.content.directions;
    ItemView {
        id: item.id,
        position: item.position,
        drug: item.content.code.clone(),
        name: item.content.name(),
        ingredients: item.content.ingredients.clone(),
        form: item.content.form,
        dose: directions.dose.number(),
        dose_unit: directions.unit,
        route: directions.route,
        frequency: directions.frequency,
        duration_days: directions.days,
        as_needed_for: directions.as_needed.clone(),
        instructions: directions.instructions.clone(),
        directions: words::directions(me.locale(), directions),
        quantity: QuantityView {
            value: item.quantity,
            unit: item.quantity_unit,
            text: words::quantity_of(me.locale(), item),
        },
        refills: item.content.refills,
        leaflet: leaflets::find(&item.content.ingredients).copied(),
    }
}
