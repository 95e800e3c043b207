//! The page on which a patient chooses, with one click.

use askama::Template;
use axum::extract::Path;
use kernel::{
    Timestamp,
    ids::{AppointmentId, PractitionerId, ServiceId},
};
use serde::Deserialize;
use web::{Form, Patient};

use super::{
    model::{Cause, Choice, ChoiceStatus},
    offers::{Offered, Offers, offers},
    refund::refund,
    store,
    take::{Take, TakeError, take},
};
use crate::appointments::{self, Appointment, BookError, find_parties, next_page};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Patient, _, _>("/appointments/{appointment}/choices", show)
        .post::<Patient, _, _>("/appointments/{appointment}/choices", submit)
        .post::<Patient, _, _>("/appointments/{appointment}/choices/refund", give_back)
}

struct Card {
    doctor: PractitionerId,
    name: String,
    href: String,
    service: ServiceId,
    starts_at: String,
    when: String,
    money: String,
    same_price: bool,
}

#[derive(Template)]
#[template(path = "choices/pages/choices.html")]
struct ChoicesPage {
    page: web::PageFrame,
    id: AppointmentId,
    was: String,
    why: String,
    open: bool,
    /// Something was paid and waits.
    paid: bool,
    money: String,
    ended: String,
    rebooked: Option<String>,
    same: Vec<Card>,
    others: Vec<Card>,
    doctor: String,
    doctor_href: String,
}

async fn show(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    let page = me.page("scheduling-choices-title");
    let page = build(&me, page, id).await?;
    web::render(&page)
}

async fn build(me: &Patient, page: web::PageFrame, id: AppointmentId) -> Result<ChoicesPage, web::Error> {
    let mut tx = me.begin().await?;
    let choice = store::find_for(&mut tx, me.actor(), id).await?.ok_or(TakeError::NotFound)?;
    let old = appointments::find_for(&mut tx, me.actor(), id).await?.ok_or(TakeError::NotFound)?;
    let parties = find_parties(&mut tx, id).await?.ok_or(TakeError::NotFound)?;
    let now = tx.now();
    let open = choice.is_open(now);
    let found = if open { offers(&mut tx, &old).await? } else { Offers::default() };
    tx.commit().await?;
    let card = |offered: &Offered| card(&page, &old, offered);
    Ok(ChoicesPage {
        id,
        was: format!("{} · {} · {}", page.when(old.starts_at), parties.doctor, page.t(old.mode.label_key())),
        why: page.t(match choice.cause {
            Cause::CancelledByDoctor => "scheduling-choices-why-doctor",
            Cause::CancelledByPlatform => "scheduling-choices-why-platform",
            Cause::NoShowDoctor => "scheduling-choices-why-absent",
            Cause::TechnicalFailure => "scheduling-choices-why-failed",
        }),
        open,
        paid: choice.charge.is_some(),
        money: money(&page, &choice, &old),
        ended: page.t(match choice.status_at(now) {
            ChoiceStatus::Rebooked => "scheduling-choices-rebooked",
            _ if choice.charge.is_none() => "scheduling-choices-over-free",
            ChoiceStatus::Open | ChoiceStatus::Refunded => "scheduling-choices-refunded",
        }),
        rebooked: choice.rebooked_as.map(|id| format!("/appointments/{id}")),
        same: found.same.iter().map(card).collect(),
        others: found.others.iter().map(card).collect(),
        doctor_href: format!("/doctors/{}", parties.doctor_slug),
        doctor: parties.doctor,
        page,
    })
}

fn money(page: &web::PageFrame, choice: &Choice, old: &Appointment) -> String {
    let until = page.when(choice.choose_until);
    if choice.charge.is_none() {
        return page.tr("scheduling-choices-free-until", [("until", until.as_str())]);
    }
    let price = page.money(old.price);
    page.tr("scheduling-choices-money", [("money", price.as_str()), ("until", until.as_str())])
}

fn card(page: &web::PageFrame, old: &Appointment, offered: &Offered) -> Card {
    let (slot, paid) = (&offered.slot, old.charge.is_some());
    let price = if slot.price.is_zero() { page.t("scheduling-free") } else { page.money(slot.price) };
    let same_price = slot.price == old.price;
    let money = match (same_price, paid) {
        (true, true) => page.t("scheduling-choices-nothing-more"),
        (true, false) => price,
        (false, true) => {
            let back = page.money(old.price);
            page.tr("scheduling-choices-other-price", [("price", price.as_str()), ("back", back.as_str())])
        }
        (false, false) => page.tr("scheduling-choices-costs", [("price", price.as_str())]),
    };
    Card {
        doctor: offered.doctor,
        name: offered.doctor_name.clone(),
        href: format!("/doctors/{}", offered.doctor_slug),
        service: slot.service,
        starts_at: slot.starts_at.to_string(),
        when: page.when(slot.starts_at),
        money,
        same_price,
    }
}

#[derive(Debug, Deserialize)]
struct TakeForm {
    doctor: PractitionerId,
    service: ServiceId,
    starts_at: Timestamp,
}

async fn submit(me: Patient, Path(id): Path<AppointmentId>, Form(form): Form<TakeForm>) -> web::Result {
    let wanted = Take { doctor: form.doctor, service: form.service, starts_at: form.starts_at };
    let mut tx = me.begin().await?;
    match take(&mut tx, me.app().vault(), me.actor(), id, wanted).await {
        Ok(taken) => {
            let old = appointments::find_for(&mut tx, me.actor(), id).await?.ok_or(TakeError::NotFound)?;
            tx.commit().await?;
            if old.charge.is_some() && old.price == taken.price {
                me.flash_ok("scheduling-choices-taken");
                return Ok(me.redirect(&format!("/appointments/{}", taken.id)));
            }
            Ok(me.redirect(&next_page(&taken)))
        }
        Err(error) => {
            tx.rollback().await?;
            again(&me, id, error).await
        }
    }
}

/// The same page once more, with what is open now, where the time is gone or in the patient's own way.
async fn again(me: &Patient, id: AppointmentId, error: TakeError) -> web::Result {
    let key = match &error {
        TakeError::Book(BookError::SlotTaken { .. } | BookError::NotOffered { .. }) => "scheduling-error-time-gone",
        TakeError::Book(BookError::OwnOverlap { .. }) => "scheduling-error-own-overlap",
        TakeError::TooLate => "scheduling-choices-over",
        _ => return Err(error.into()),
    };
    let page = me.page("scheduling-choices-title").with_errors(vec![kernel::FieldError::new("times", key)]);
    let page = build(me, page, id).await?;
    web::render_status(409, &page)
}

async fn give_back(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    refund(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    me.flash_ok("scheduling-choices-refund-done");
    Ok(me.redirect(&format!("/appointments/{id}/choices")))
}
