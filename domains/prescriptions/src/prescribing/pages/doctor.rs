//! The prescribing page of a visit. It works without scripts; in the visit's workspace its `#prescription-panel` stands beside the
//! call, every form sent and answered in place.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use chart::purpose;
use db::Tx;
use identity::throttle::{self, Throttle, ThrottleError};
use kernel::{
    FieldError,
    ids::{PrescriptionId, PrescriptionItemId, VisitId},
};
use serde::Deserialize;
use web::{Ctx, Doctor, Form, PageFrame};

use crate::{
    directions::Frequency,
    facts::RecordError,
    formulary,
    prescribing::{
        Demand, DraftError, ReadError, Restriction, SignError, Signing,
        content::Override,
        end::{EndReason, Ending},
        model::{NewItem, NewPrescription, Prescription, Status},
        policy::{self, MOST_REFILLS},
        read, review, store, words,
    },
    safety::{Alert, Severity},
};

use super::facts::{self, FactsFields};

/// What was typed into the item form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ItemFields {
    /// A code, or words that name one drug.
    drug: String,
    dose: String,
    frequency: String,
    duration_days: String,
    as_needed_for: String,
    instructions: String,
    refills: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RemoveFields {
    item: String,
}

struct AlertRow {
    id: String,
    text: String,
    /// Why, and what to do; may be empty.
    explanation: String,
    severity: String,
    tone: &'static str,
    source: String,
    /// Name of the field for the reason, for a hard alert.
    field: Option<String>,
    reason: String,
}

struct ItemRow {
    id: PrescriptionItemId,
    name: String,
    directions: String,
    quantity: String,
}

struct SignedRow {
    href: String,
    medicines: String,
    status: String,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "prescribing/pages/doctor.html")]
struct PrescribePage {
    page: PageFrame,
    visit: VisitId,
    visit_href: String,
    patient_href: String,
    patient_name: String,
    /// Recorded allergies, or what is known instead.
    allergies: Vec<String>,
    allergy_answer: String,
    /// What the safety checks know of the patient, and the form to tell them more.
    known: Vec<(String, String)>,
    facts: FactsFields,
    facts_open: bool,
    answers: Vec<(&'static str, String)>,
    units: Vec<(&'static str, String)>,
    items: Vec<ItemRow>,
    /// A controlled substance is on it: a code is asked for.
    code_needed: bool,
    alerts: Vec<AlertRow>,
    /// Alerts worth knowing only: folded away.
    minor: Vec<AlertRow>,
    signed: Vec<SignedRow>,
    form: ItemFields,
    /// Drugs that fit what was typed, when it named more than one.
    choices: Vec<(&'static str, String)>,
    frequencies: Vec<(&'static str, String)>,
}

/// `GET /visits/{visit}/prescription`
pub(crate) async fn show(me: Doctor, Path(visit): Path<VisitId>) -> web::Result {
    web::render(&PrescribePage::open(&me, visit).await?)
}

/// `POST /visits/{visit}/prescription/items`
pub(crate) async fn add_item(me: Doctor, Path(visit): Path<VisitId>, Form(form): Form<ItemFields>) -> web::Result {
    let new = match read_item(&form) {
        Ok(new) => new,
        Err(refused) => return refused_item(&me, visit, form, refused).await,
    };
    let mut tx = me.begin().await?;
    let added = add(&me, &mut tx, visit, new).await;
    match added {
        Ok(()) => tx.commit().await?,
        Err(DraftError::Invalid(errors)) => {
            drop(tx);
            let errors = errors.into_iter().map(without_place).collect();
            return refused_item(&me, visit, form, Refused { errors, choices: Vec::new() }).await;
        }
        Err(error) => return Err(error.into()),
    }
    Ok(me.redirect(&back(visit)))
}

/// `POST /visits/{visit}/prescription/removal`
pub(crate) async fn remove_item(me: Doctor, Path(visit): Path<VisitId>, Form(form): Form<RemoveFields>) -> web::Result {
    let item = form.item.parse().map_err(|_| ReadError::NotFound)?;
    let mut tx = me.begin().await?;
    let draft = draft_of(&me, &mut tx, visit).await?.ok_or(ReadError::NotFound)?;
    crate::prescribing::remove_item(&mut tx, me.actor(), draft, item).await?;
    tx.commit().await?;
    Ok(me.redirect(&back(visit)))
}

/// `POST /visits/{visit}/prescription/signature`
pub(crate) async fn sign(
    me: Doctor,
    Path(visit): Path<VisitId>,
    Form(typed): Form<HashMap<String, String>>,
) -> web::Result {
    let overrides = overrides(&typed);
    let code = typed.get("code").cloned();
    if code.is_some() {
        limit_codes(&me).await?;
    }
    let signing = Signing { overrides: overrides.clone(), code };
    let mut tx = me.begin().await?;
    let draft = draft_of(&me, &mut tx, visit).await?.ok_or(ReadError::NotFound)?;
    let signed = crate::prescribing::sign(&mut tx, me.app().vault(), me.actor(), draft, signing).await;
    let errors = match signed {
        Ok(()) => {
            tx.commit().await?;
            me.flash_ok("prescriptions-signed");
            return Ok(me.redirect(&back(visit)));
        }
        Err(SignError::OverrideNeeded(alerts)) => {
            alerts.iter().map(|alert| FieldError::new(field_of(alert), "prescriptions-error-reason-needed")).collect()
        }
        Err(SignError::BadReason) => vec![FieldError::new("", "prescriptions-error-override")],
        Err(SignError::Empty) => vec![FieldError::new("drug", "prescriptions-error-empty")],
        Err(SignError::TwoFactorMissing) => vec![FieldError::new("code", "prescriptions-error-no-app")],
        Err(SignError::CodeNeeded) => vec![FieldError::new("code", "prescriptions-error-code")],
        Err(SignError::Restricted(unmet)) => unmet.iter().map(restricted).collect(),
        Err(error) => return Err(error.into()),
    };
    // The alerts tell of allergies, and were counted: both stay, signed or not.
    tx.commit().await?;
    let mut shown = PrescribePage::open(&me, visit).await?;
    shown.page = shown.page.with_errors(errors);
    for alert in &mut shown.alerts {
        if let Some(given) = overrides.iter().find(|given| given.alert == alert.id) {
            alert.reason.clone_from(&given.reason);
        }
    }
    web::render_status(422, &shown)
}

/// Codes of the app are guessable: few tries an account.
pub(crate) async fn limit_codes(me: &Ctx) -> Result<(), ThrottleError> {
    let throttle = Throttle { db: me.app().db(), demo_mode: false };
    throttle.pass(&[(throttle::SECOND_FACTOR, &me.actor().account.to_string())]).await
}

fn restricted(restriction: &Restriction) -> FieldError {
    let key = match restriction.demand {
        Demand::Never => "prescriptions-error-restricted-never",
        Demand::FollowUp => "prescriptions-error-restricted-follow_up",
        Demand::Seen | Demand::SecondFactor => "prescriptions-error-restricted-seen",
    };
    FieldError::new("drug", key).with("ingredient", &restriction.ingredient).with("source", restriction.source)
}

/// `POST /visits/{visit}/prescription/facts`
pub(crate) async fn add_facts(me: Doctor, Path(visit): Path<VisitId>, Form(form): Form<FactsFields>) -> web::Result {
    let practitioner = me.actor().practitioner.ok_or(ReadError::NotFound)?;
    let errors = match form.read() {
        Err(errors) => errors,
        Ok(new) => {
            let mut tx = me.begin().await?;
            let at = store::find_visit(&mut tx, visit, practitioner).await?.ok_or(ReadError::NotFound)?;
            match crate::facts::record(&mut tx, me.app().vault(), me.actor(), at.patient, new).await {
                Ok(_) => {
                    tx.commit().await?;
                    me.flash_ok("prescriptions-facts-saved");
                    return Ok(me.redirect(&back(visit)));
                }
                Err(RecordError::Invalid(errors)) => errors,
                Err(error) => return Err(error.into()),
            }
        }
    };
    let mut shown = PrescribePage::open(&me, visit).await?;
    shown.page = shown.page.with_errors(errors);
    shown.facts = form;
    shown.facts_open = true;
    web::render_status(422, &shown)
}

/// `POST /visits/{visit}/prescription/cancellation`
pub(crate) async fn discard(me: Doctor, Path(visit): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    let draft = draft_of(&me, &mut tx, visit).await?.ok_or(ReadError::NotFound)?;
    crate::prescribing::end(&mut tx, me.actor(), draft, Ending::Cancelled, EndReason::NotNeeded).await?;
    tx.commit().await?;
    Ok(me.redirect(&back(visit)))
}

fn back(visit: VisitId) -> String {
    format!("/visits/{visit}/prescription")
}

async fn draft_of(me: &Ctx, tx: &mut Tx, visit: VisitId) -> Result<Option<PrescriptionId>, ReadError> {
    let practitioner = me.actor().practitioner.ok_or(ReadError::NotFound)?;
    store::find_visit(tx, visit, practitioner).await?.ok_or(ReadError::NotFound)?;
    Ok(store::find_draft_of_visit(tx, visit, practitioner).await?)
}

/// Onto the draft of the visit, begun with this item when there is none.
async fn add(me: &Ctx, tx: &mut Tx, visit: VisitId, new: NewItem) -> Result<(), DraftError> {
    let vault = me.app().vault();
    if let Some(draft) = draft_of(me, tx, visit).await? {
        crate::prescribing::add_item(tx, vault, me.actor(), draft, new).await?;
    } else {
        let new = NewPrescription { items: vec![new], notes: None };
        crate::prescribing::draft(tx, vault, me.actor(), visit, new).await?;
    }
    Ok(())
}

/// Why an item was not taken: what is wrong, and the drugs to choose from.
struct Refused {
    errors: Vec<FieldError>,
    choices: Vec<(&'static str, String)>,
}

fn read_item(form: &ItemFields) -> Result<NewItem, Refused> {
    let mut errors = Vec::new();
    let found = formulary::find(&form.drug).map_or_else(|| formulary::search(&form.drug, 12), |drug| vec![drug]);
    let mut choices = Vec::new();
    let drug = match found.as_slice() {
        [] => {
            errors.push(FieldError::new("drug", "prescriptions-error-drug"));
            String::new()
        }
        [drug] => drug.code.to_owned(),
        several => {
            choices = several.iter().map(|drug| (drug.code, drug.name())).collect();
            errors.push(FieldError::new("drug", "prescriptions-error-choose"));
            String::new()
        }
    };
    let dose = Some(form.dose.trim()).filter(|text| !text.is_empty()).map(|text| text.replace(',', ".").parse::<f64>());
    if let Some(Err(_)) = dose {
        errors.push(FieldError::new("dose", "prescriptions-error-dose"));
    }
    let days = Some(form.duration_days.trim()).filter(|text| !text.is_empty()).map(str::parse::<u16>);
    if let Some(Err(_)) = days {
        errors.push(FieldError::new("duration_days", "prescriptions-error-days"));
    }
    let refills = Some(form.refills.trim()).filter(|text| !text.is_empty()).map_or(Ok(0), str::parse::<u8>);
    if refills.is_err() {
        errors.push(FieldError::new("refills", "prescriptions-error-refills").with("most", MOST_REFILLS));
    }
    if !errors.is_empty() {
        return Err(Refused { errors, choices });
    }
    Ok(NewItem {
        refills: refills.unwrap_or(0),
        drug,
        dose: dose.and_then(Result::ok),
        frequency: form.frequency.clone(),
        duration_days: days.and_then(Result::ok),
        as_needed_for: Some(form.as_needed_for.clone()),
        instructions: Some(form.instructions.clone()),
        ..NewItem::default()
    })
}

/// `items.0.dose` of a draft is the form's `dose`.
fn without_place(mut error: FieldError) -> FieldError {
    if let Some((_, field)) = error.field.rsplit_once('.') {
        error.field = field.to_owned().into();
    }
    error
}

async fn refused_item(me: &Ctx, visit: VisitId, form: ItemFields, refused: Refused) -> web::Result {
    let mut shown = PrescribePage::open(me, visit).await?;
    shown.page = shown.page.with_errors(refused.errors);
    shown.form = form;
    shown.choices = refused.choices;
    web::render_status(422, &shown)
}

/// The reasons typed: a field per hard alert.
fn overrides(typed: &HashMap<String, String>) -> Vec<Override> {
    typed
        .iter()
        .filter_map(|(field, reason)| {
            let alert = field.strip_prefix("reason-")?.to_owned();
            Some(Override { alert, reason: reason.clone() })
        })
        .collect()
}

fn field_of(alert: &Alert) -> String {
    format!("reason-{}", alert.id)
}

impl PrescribePage {
    async fn open(me: &Ctx, visit: VisitId) -> Result<Self, web::Error> {
        let practitioner = me.actor().practitioner.ok_or(ReadError::NotFound)?;
        let vault = me.app().vault();
        let mut tx = me.begin().await?;
        let at = store::find_visit(&mut tx, visit, practitioner).await?.ok_or(ReadError::NotFound)?;
        let patient_name = store::find_patient_name(&mut tx, at.patient).await?.unwrap_or_default();
        let allergies = chart::allergies::list_for(&mut tx, vault, at.patient, purpose::PRESCRIBING).await?;
        let known = crate::facts::known(&mut tx, vault, at.patient, purpose::PRESCRIBING).await?;
        let draft_id = store::find_draft_of_visit(&mut tx, visit, practitioner).await?;
        let (mut items, mut alerts, mut signed) = (Vec::new(), Vec::new(), Vec::new());
        let mut code_needed = false;
        for id in store::list_ids_of_visit(&mut tx, visit).await? {
            let prescription = match read::find_for(&mut tx, vault, id, purpose::TREATMENT).await {
                Ok(prescription) => prescription,
                Err(ReadError::Altered(_)) => continue,
                Err(error) => return Err(error.into()),
            };
            if Some(id) == draft_id {
                alerts = review(&mut tx, vault, &prescription).await?;
                code_needed = policy::restrictions("", &prescription.items)
                    .iter()
                    .any(|restriction| restriction.demand == Demand::SecondFactor);
                items = item_rows(me, &prescription);
            } else if prescription.status != Status::Draft {
                signed.push(signed_row(me, &prescription));
            }
        }
        tx.commit().await?;
        Ok(Self {
            page: me.page("prescriptions-prescribe"),
            visit,
            visit_href: format!("/visits/{visit}"),
            patient_href: format!("/doctor/patients/{}", at.patient),
            patient_name,
            allergy_answer: answer(me, &allergies),
            allergies: allergies.items.into_iter().map(|allergy| allergy.content.substance).collect(),
            known: facts::shown(me, &known),
            facts: FactsFields::of(&known),
            facts_open: false,
            answers: facts::answers(me),
            units: facts::units(me),
            items,
            code_needed,
            alerts: alerts.iter().filter(|alert| alert.severity > Severity::Minor).map(|a| alert_row(me, a)).collect(),
            minor: alerts.iter().filter(|alert| alert.severity == Severity::Minor).map(|a| alert_row(me, a)).collect(),
            signed,
            form: ItemFields { dose: "1".to_owned(), frequency: "TID".to_owned(), ..ItemFields::default() },
            choices: Vec::new(),
            frequencies: Frequency::ALL
                .into_iter()
                .map(|code| {
                    let text = me.t(format!("prescriptions-often-{}", code.as_str().to_lowercase()));
                    (code.as_str(), format!("{} – {text}", code.as_str()))
                })
                .collect(),
        })
    }
}

fn answer(me: &Ctx, allergies: &chart::allergies::Allergies) -> String {
    use chart::allergies::Answer;
    match allergies.answer {
        Answer::NotAsked => me.t("chart-allergies-not-asked-doctor"),
        Answer::NoneKnown { .. } => me.t("chart-allergies-none-known"),
        Answer::Listed => String::new(),
    }
}

fn item_rows(me: &Ctx, prescription: &Prescription) -> Vec<ItemRow> {
    prescription
        .items
        .iter()
        .map(|item| ItemRow {
            id: item.id,
            name: words::medicine(me.locale(), &item.content),
            directions: words::directions(me.locale(), &item.content.directions),
            quantity: words::quantity_of(me.locale(), item),
        })
        .collect()
}

fn alert_row(me: &Ctx, alert: &Alert) -> AlertRow {
    AlertRow {
        id: alert.id.clone(),
        text: words::alert(me.locale(), alert),
        explanation: words::explanation(me.locale(), alert),
        severity: words::severity(me.locale(), alert.severity),
        tone: words::severity_tone(alert.severity),
        source: alert.source.clone(),
        field: alert.severity.is_hard().then(|| field_of(alert)),
        reason: String::new(),
    }
}

fn signed_row(me: &Ctx, prescription: &Prescription) -> SignedRow {
    let medicines: Vec<String> =
        prescription.items.iter().map(|item| words::medicine(me.locale(), &item.content)).collect();
    SignedRow {
        href: format!("/prescriptions/{}", prescription.id),
        medicines: medicines.join(", "),
        status: words::status(me.locale(), prescription.status),
        tone: words::status_tone(prescription.status),
    }
}
