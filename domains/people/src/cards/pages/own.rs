//! `/account/card`: a code for the screen, a card for the pocket, and those in force.

use askama::Template;
use axum::extract::Path;
use identity::{
    door::{Refused, throttle},
    throttle::CARD_SHOWN,
};
use kernel::{
    FaultKind,
    ids::{CardId, PatientId},
};
use web::{PageFrame, Patient};

use super::super::{
    issue::{Issued, issue},
    model::{Card, Kind, address},
    policy,
    revoke::revoke,
    store,
};
use crate::{
    dependants::list_spoken_for,
    patients::{Brief, brief},
};

/// The face of a card.
struct Face {
    name: String,
    record_no: String,
    born: String,
    until: String,
    /// An SVG drawing.
    code: String,
}

struct Line {
    kind: String,
    is_printed: bool,
    /// The one that this page shows.
    is_this: bool,
    since: String,
    until: String,
    scanned: String,
    revocation: String,
}

struct Person {
    href: String,
    name: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "cards/pages/own.html")]
struct OwnPage {
    page: PageFrame,
    tab: &'static str,
    is_patient: bool,
    id: PatientId,
    face: Face,
    people: Vec<Person>,
    lines: Vec<Line>,
    has_printed: bool,
    /// Seconds after which a page without scripts, and the code of one with them, is shown anew.
    every: i64,
}

#[derive(Template)]
#[template(path = "cards/pages/print.html")]
struct PrintPage {
    page: PageFrame,
    back: String,
    face: Face,
}

/// `GET /account/card`
pub(super) async fn first(me: Patient) -> web::Result {
    card(&me, me.patient_id()).await
}

/// `GET /account/cards/{patient}`
pub(super) async fn show(me: Patient, Path(patient): Path<PatientId>) -> web::Result {
    card(&me, patient).await
}

async fn card(me: &Patient, patient: PatientId) -> web::Result {
    let me = &me.about(patient);
    throttle(me).pass(&[(CARD_SHOWN, &me.actor().account.to_string())]).await?;
    let mut tx = me.begin().await?;
    let issued = issue(&mut tx, me.actor(), patient, Kind::Screen).await?;
    let person = brief(&mut tx, patient).await?.ok_or(Refused(FaultKind::NotFound))?;
    let people = list_spoken_for(&mut tx, me.actor()).await?;
    let cards = store::list_in_force(&mut tx, patient).await?;
    tx.commit().await?;
    let page = me.page("people-card-title");
    let people = people.into_iter().map(|(id, name)| Person {
        href: if id == me.patient_id() { "/account/card".to_owned() } else { format!("/account/cards/{id}") },
        current: id == patient,
        name,
    });
    web::render(&OwnPage {
        tab: "card",
        is_patient: true,
        id: patient,
        face: face(me, &page, &person, &issued, Kind::Screen)?,
        people: people.collect(),
        has_printed: cards.iter().any(|card| card.kind == Kind::Printed),
        lines: cards.iter().map(|card| line(&page, patient, card, issued.id)).collect(),
        every: policy::SHOWN_MINUTES * 60,
        page,
    })
}

/// `POST /account/cards/{patient}/print`: the card is shown this once.
pub(super) async fn print(me: Patient, Path(patient): Path<PatientId>) -> web::Result {
    throttle(&me).pass(&[(CARD_SHOWN, &me.actor().account.to_string())]).await?;
    let mut tx = me.begin().await?;
    let issued = issue(&mut tx, me.actor(), patient, Kind::Printed).await?;
    let person = brief(&mut tx, patient).await?.ok_or(Refused(FaultKind::NotFound))?;
    tx.commit().await?;
    let page = me.page("people-card-print-title");
    let face = face(&me, &page, &person, &issued, Kind::Printed)?;
    web::render(&PrintPage { back: back(&me, patient), face, page })
}

/// `POST /account/cards/{patient}/{card}/revocation`
pub(super) async fn take_back(me: Patient, Path((patient, card)): Path<(PatientId, CardId)>) -> web::Result {
    let mut tx = me.begin().await?;
    revoke(&mut tx, me.actor(), patient, card).await?;
    tx.commit().await?;
    me.flash_ok("people-card-revoked");
    Ok(me.redirect(&back(&me, patient)))
}

fn back(me: &Patient, patient: PatientId) -> String {
    if patient == me.patient_id() { "/account/card".to_owned() } else { format!("/account/cards/{patient}") }
}

fn face(me: &Patient, page: &PageFrame, person: &Brief, issued: &Issued, kind: Kind) -> Result<Face, web::Error> {
    let code = documents::qr_svg(&address(me.app().base_url(), issued.token.expose()))
        .map_err(|_| Refused(FaultKind::Internal))?;
    let until = match kind {
        Kind::Screen => page.tr("people-card-good-until-time", [("time", page.time(issued.expires_at).as_str())]),
        Kind::Printed => page.tr("people-card-good-until", [("day", page.day(issued.expires_at).as_str())]),
    };
    Ok(Face {
        name: person.full_name.clone(),
        record_no: person.record_no.clone(),
        born: person.birth_date.map(|day| page.date(day)).unwrap_or_default(),
        until,
        code,
    })
}

fn line(page: &PageFrame, patient: PatientId, card: &Card, shown: CardId) -> Line {
    let is_printed = card.kind == Kind::Printed;
    let scanned = card.last_scanned_at.map(|at| {
        let (when, count) = (page.when(at), card.scans.to_string());
        page.tr("people-card-scanned", [("when", when.as_str()), ("count", count.as_str())])
    });
    Line {
        kind: page.t(if is_printed { "people-card-printed" } else { "people-card-screen" }),
        is_printed,
        is_this: card.id == shown,
        since: if is_printed { page.day(card.issued_at) } else { page.time(card.issued_at) },
        until: if is_printed { page.day(card.expires_at) } else { page.time(card.expires_at) },
        scanned: scanned.unwrap_or_else(|| page.t("people-card-not-scanned")),
        revocation: format!("/account/cards/{patient}/{}/revocation", card.id),
    }
}
