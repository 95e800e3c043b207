//! `/appointments/ID/offer`: a time that got free and is kept.

use askama::Template;
use axum::extract::Path;
use kernel::{Fault, FaultKind, ids::AppointmentId};
use web::Patient;

use super::super::{
    answer::{AnswerError, decline, take},
    model::OfferStatus,
    store,
};
use crate::appointments::{self, Fact, cancellation_rule, facts, find_parties, next_page};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Patient, _, _>("/appointments/{appointment}/offer", show)
        .post::<Patient, _, _>("/appointments/{appointment}/offer", accept)
        .post::<Patient, _, _>("/appointments/{appointment}/offer/refusal", refuse)
}

#[derive(Template)]
#[template(path = "waiting_list/pages/offer.html")]
struct OfferPage {
    page: web::PageFrame,
    id: AppointmentId,
    facts: Vec<Fact>,
    price: String,
    rule: Vec<String>,
    open: bool,
    over: String,
    taken: bool,
    doctor: String,
    doctor_href: String,
    ends_at: String,
    now: String,
    kept_until: String,
}

async fn show(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    page(&me, id, 200).await
}

async fn page(me: &Patient, id: AppointmentId, status: u16) -> web::Result {
    let mut tx = me.begin().await?;
    let offer = store::find_offer_for(&mut tx, me.actor(), id).await?.ok_or(AnswerError::NotFound)?;
    let held = appointments::find_for(&mut tx, me.actor(), id).await?.ok_or(AnswerError::NotFound)?;
    let parties = find_parties(&mut tx, id).await?.ok_or(AnswerError::NotFound)?;
    let now = tx.now();
    tx.commit().await?;
    let page = me.page("scheduling-offer-title");
    let stands = offer.status_at(now);
    let view = OfferPage {
        id,
        facts: facts(&page, &held, &parties),
        price: if held.price.is_zero() { page.t("scheduling-free") } else { page.money(held.price) },
        rule: cancellation_rule(&page, &held.policy, held.price, held.starts_at, now),
        open: stands == OfferStatus::Open,
        over: page.t(stands.label_key()),
        taken: stands == OfferStatus::Taken,
        doctor_href: format!("/doctors/{}", parties.doctor_slug),
        doctor: parties.doctor,
        ends_at: offer.answer_until.to_string(),
        now: now.to_string(),
        kept_until: page.tr("scheduling-offer-kept-until", [("time", page.when(offer.answer_until).as_str())]),
        page,
    };
    web::render_status(status, &view)
}

async fn accept(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    match take(&mut tx, me.actor(), id).await {
        Ok(taken) => {
            tx.commit().await?;
            Ok(me.redirect(&next_page(&taken)))
        }
        Err(error) if matches!(error.kind(), FaultKind::Conflict { .. }) => {
            drop(tx);
            page(&me, id, 409).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn refuse(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    decline(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    me.flash_ok("scheduling-offer-declined-done");
    Ok(me.redirect("/waiting-list"))
}
