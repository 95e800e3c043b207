//! The patient's prescriptions.

use askama::Template;
use axum::extract::Path;
use chart::purpose;
use documents::qr_svg;
use kernel::{Timestamp, ids::PrescriptionId};
use web::{Ctx, PageFrame, Patient, SignedIn};

use super::shared;
use crate::prescribing::{
    ReadError,
    end::EndReason,
    model::{Item, Prescription, Status},
    paper, read, store, words,
};
use crate::{
    fills::{self, Filled},
    leaflets::{self, Leaflet},
    refills,
};

/// One prescription of the list.
struct Card {
    href: String,
    medicines: Vec<String>,
    prescriber: String,
    status: String,
    tone: &'static str,
    signed_on: String,
    valid_until: String,
}

#[derive(Template)]
#[template(path = "prescribing/pages/list.html")]
struct ListPage {
    page: PageFrame,
    active: Vec<Card>,
    past: Vec<Card>,
    /// Prescriptions that do not match their signature any more.
    altered: usize,
}

struct Line {
    name: String,
    directions: String,
    quantity: String,
    /// Refills, and what remains once something was dispensed; may be empty.
    more: String,
    leaflet: Option<Leaflet>,
}

/// What its prescriber may do with it.
struct Life {
    hold: bool,
    release: bool,
    replace: bool,
}

#[derive(Template)]
#[template(path = "prescribing/pages/show.html")]
struct ShowPage {
    page: PageFrame,
    id: PrescriptionId,
    pdf_href: String,
    for_doctor: bool,
    status: String,
    tone: &'static str,
    valid: bool,
    prescriber: String,
    registration: String,
    patient: String,
    lines: Vec<Line>,
    notes: String,
    /// Empty for a draft.
    signed_at: String,
    valid_until: String,
    /// Empty unless it was ended.
    ended_at: String,
    end_reason: String,
    code: String,
    verify_path: String,
    qr: String,
    /// Where the prescriber can end it; empty when there is nothing to end.
    reasons: Vec<(&'static str, String)>,
    life: Life,
    leaflet_sources: &'static str,
    /// For the patient.
    refills: Option<refills::Panel>,
    /// The one that took its place, or that it takes the place of.
    replaces_href: String,
}

/// `GET /prescriptions`
pub(crate) async fn list(me: Patient) -> web::Result {
    let mut tx = me.begin().await?;
    let list = read::list_for_patient(&mut tx, me.app().vault(), me.patient_id(), purpose::OWN, 100).await?;
    let readable: Vec<&Prescription> = list.iter().flatten().collect();
    let ids: Vec<_> = readable.iter().map(|prescription| prescription.practitioner).collect();
    let names = store::list_prescribers(&mut tx, &ids).await?;
    tx.commit().await?;
    let page = me.page("prescriptions-title");
    let (mut active, mut past) = (Vec::new(), Vec::new());
    for prescription in &readable {
        let (Some(signed_at), Some(valid_until)) = (prescription.signed_at, prescription.valid_until) else { continue };
        let prescriber = names
            .iter()
            .find(|(id, _)| *id == prescription.practitioner)
            .map(|(_, name)| name.clone())
            .unwrap_or_default();
        let card = Card {
            href: format!("/prescriptions/{}", prescription.id),
            medicines: prescription.items.iter().map(|item| words::medicine(me.locale(), &item.content)).collect(),
            prescriber,
            status: words::status(me.locale(), prescription.status),
            tone: words::status_tone(prescription.status),
            signed_on: page.day(signed_at),
            valid_until: page.day(valid_until),
        };
        if prescription.status == Status::Active { active.push(card) } else { past.push(card) }
    }
    let altered = list.len() - readable.len();
    web::render(&ListPage { page, active, past, altered })
}

/// `GET /prescriptions/{prescription}` and, with `.pdf` after the id, the document.
pub(crate) async fn show(me: SignedIn, Path(name): Path<String>) -> web::Result {
    let (id, as_pdf) = shared::named(&name)?;
    if as_pdf {
        return shared::document(&me, id).await;
    }
    let mut tx = me.begin().await?;
    let read = shared::open(&me, &mut tx, id).await;
    let (mut tx, prescription) = shared::flagged(&me, tx, read).await?;
    let people = store::find_people(&mut tx, id).await?.ok_or(ReadError::NotFound)?;
    let filled = fills::list_of(&mut tx, &[id]).await?;
    let mine = me.actor().practitioner.is_none();
    let refills = if mine { Some(refills::panel(&me, &mut tx, &prescription).await?) } else { None };
    tx.commit().await?;
    let me = me.about(prescription.patient);
    let mut shown = page(&me, &prescription, people, &filled)?;
    shown.refills = refills;
    web::render(&shown)
}

fn page(
    me: &Ctx,
    prescription: &Prescription,
    people: store::People,
    filled: &[Filled],
) -> Result<ShowPage, web::Error> {
    let locale = me.locale();
    let frame = me.page("prescriptions-one-title");
    let when = |at: Option<Timestamp>| at.map(|at| frame.when(at)).unwrap_or_default();
    let code = prescription.verify_code.clone().unwrap_or_default();
    let qr = if code.is_empty() { String::new() } else { qr(me, &code)? };
    let own = me.actor().practitioner == Some(prescription.practitioner);
    let reasons = if own && prescription.status.may_stop() { end_reasons(me) } else { Vec::new() };
    let registration =
        format!("{} {}", people.prescriber_registration_body, people.prescriber_registration_no).trim().to_owned();
    Ok(ShowPage {
        id: prescription.id,
        pdf_href: format!("/prescriptions/{}.pdf", prescription.id),
        for_doctor: me.actor().practitioner.is_some(),
        status: words::status(locale, prescription.status),
        tone: words::status_tone(prescription.status),
        valid: prescription.status == Status::Active,
        prescriber: people.prescriber_name,
        registration,
        patient: people.patient_name,
        lines: prescription
            .items
            .iter()
            .map(|item| Line {
                name: words::medicine(locale, &item.content),
                directions: words::directions(locale, &item.content.directions),
                quantity: words::quantity_of(locale, item),
                more: more(me, item, filled),
                leaflet: leaflets::find(&item.content.ingredients).copied(),
            })
            .collect(),
        notes: prescription.header.notes.clone(),
        signed_at: when(prescription.signed_at),
        valid_until: when(prescription.valid_until),
        ended_at: when(prescription.ended_at),
        end_reason: prescription
            .end_reason
            .as_ref()
            .map(|reason| me.t(format!("prescriptions-end-{reason}")))
            .unwrap_or_default(),
        verify_path: format!("/verify/{code}"),
        code: consultations::letters::grouped(&code),
        qr,
        reasons,
        life: Life {
            hold: own && prescription.status.may_hold(),
            release: own && prescription.status.may_release(),
            replace: own && prescription.status.may_replace(),
        },
        leaflet_sources: leaflets::SOURCES,
        refills: None,
        replaces_href: prescription.replaces.map(|id| format!("/prescriptions/{id}")).unwrap_or_default(),
        page: frame,
    })
}

fn more(me: &Ctx, item: &Item, filled: &[Filled]) -> String {
    let mut parts = Vec::new();
    if item.content.refills > 0 {
        let count = item.content.refills.to_string();
        parts.push(words::text(me.locale(), "prescriptions-refills-count", &[("count", &count)]));
    }
    if filled.iter().any(|part| part.item == item.id) {
        let left = words::quantity_words(me.locale(), fills::remaining(item, filled), item.quantity_unit);
        parts.push(words::text(me.locale(), "prescriptions-remaining", &[("quantity", &left)]));
    }
    parts.join(" · ")
}

fn qr(me: &Ctx, code: &str) -> Result<String, paper::PaperError> {
    // The page's style sheet is strict about inline styles; a drawing may say its own size.
    Ok(qr_svg(&paper::verify_url(me, code))?.replacen("<svg ", "<svg width=\"180\" height=\"180\" ", 1))
}

/// Reasons for ending a prescription, with their names.
pub(crate) fn end_reasons(me: &Ctx) -> Vec<(&'static str, String)> {
    EndReason::ALL
        .into_iter()
        .map(|reason| (reason.as_str(), me.t(format!("prescriptions-end-{}", reason.as_str()))))
        .collect()
}
