//! Checkout: the hold with its clock, why the patient comes, and the way to the gateway's page.

use askama::Template;
use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use billing::prices::{Line, LineKind};
use kernel::{Fault, FaultKind, ids::AppointmentId};
use serde::Deserialize;
use web::{Form, Patient};

use super::{
    super::{
        cancel::release,
        change::ChangeError,
        model::{Appointment, By, Status},
        reason,
        store::{
            self,
            people::{Parties, find_parties},
        },
        voucher::{drop_voucher, use_voucher},
    },
    words::{Choice, Fact, cancellation_rule, choices, other_times},
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Patient, _, _>("/appointments/{appointment}/checkout", show)
        .post::<Patient, _, _>("/appointments/{appointment}/checkout", pay)
        .post::<Patient, _, _>("/appointments/{appointment}/release", give_up)
}

#[derive(Template)]
#[template(path = "appointments/pages/checkout.html")]
struct CheckoutPage {
    page: web::PageFrame,
    id: AppointmentId,
    facts: Vec<Fact>,
    bill: Vec<BillLine>,
    price: String,
    rule: Vec<String>,
    reason: String,
    /// What stands in the field: what was typed, where it was refused.
    voucher: String,
    /// The name of the voucher that is taken off.
    taken: Option<String>,
    ends_at: String,
    now: String,
    held_until: String,
}

struct BillLine {
    label: String,
    amount: String,
}

/// What the patient has typed so far.
#[derive(Default)]
struct Typed {
    reason: String,
    voucher: String,
}

#[derive(Template)]
#[template(path = "appointments/pages/lapsed.html")]
struct LapsedPage {
    page: web::PageFrame,
    doctor: String,
    doctor_href: String,
    wished: String,
    again: Option<Choice>,
    choices: Vec<Choice>,
}

/// An own appointment with the names beside it.
async fn own(tx: &mut db::Tx, me: &Patient, id: AppointmentId) -> Result<(Appointment, Parties), ChangeError> {
    let found = store::find_for(tx, me.actor(), id).await?.filter(|a| me.actor().patients.contains(&a.patient));
    let found = found.ok_or(ChangeError::NotFound)?;
    let parties = find_parties(tx, id).await?.ok_or(ChangeError::NotFound)?;
    Ok((found, parties))
}

async fn show(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    let (held, parties) = own(&mut tx, &me, id).await?;
    match held.status_at(tx.now()) {
        // Offered, and not taken yet.
        Status::Held if held.charge.is_none() => Ok(me.redirect(&format!("/appointments/{id}/offer"))),
        Status::Held => {
            let reason = reason::read(&mut tx, me.app().vault(), By::Patient(me.actor().account), &held).await?;
            let now = tx.now();
            let lines = lines(&mut tx, &held).await?;
            tx.commit().await?;
            let page = me.page("scheduling-checkout-title");
            let reason = reason.map(|text| text.expose().clone()).unwrap_or_default();
            let typed = Typed { reason, voucher: String::new() };
            web::render(&checkout(page, &held, &parties, (now, &lines), typed))
        }
        Status::Expired => lapsed(tx, &me, &held, &parties).await,
        _ => Ok(me.redirect(&format!("/appointments/{id}"))),
    }
}

fn checkout(
    page: web::PageFrame,
    held: &Appointment,
    parties: &Parties,
    (now, lines): (kernel::Timestamp, &[Line]),
    typed: Typed,
) -> CheckoutPage {
    let ends = held.hold_expires_at.unwrap_or(held.starts_at);
    let voucher = lines.iter().find(|line| line.kind == LineKind::Voucher);
    CheckoutPage {
        id: held.id,
        facts: facts(&page, held, parties),
        bill: if lines.len() > 1 { lines.iter().map(|line| bill_line(&page, line)).collect() } else { Vec::new() },
        taken: voucher.map(|line| line.label.clone()),
        price: page.money(held.price),
        rule: cancellation_rule(&page, &held.policy, held.price, held.starts_at, now),
        reason: typed.reason,
        voucher: typed.voucher,
        ends_at: ends.to_string(),
        now: now.to_string(),
        held_until: page.tr("scheduling-held-until", [("time", page.time(ends).as_str())]),
        page,
    }
}

async fn lines(tx: &mut db::Tx, held: &Appointment) -> Result<Vec<Line>, db::Error> {
    match held.charge {
        Some(charge) => billing::prices::lines_of(tx, charge).await,
        None => Ok(Vec::new()),
    }
}

/// The item is the visit; the others have names of their own.
fn bill_line(page: &web::PageFrame, line: &Line) -> BillLine {
    let label = match line.kind {
        LineKind::Item => page.t("scheduling-bill-visit"),
        LineKind::Discount | LineKind::Voucher | LineKind::Tax => billing::prices::label(page, line),
    };
    BillLine { label, amount: page.money(line.money) }
}

pub(crate) fn facts(page: &web::PageFrame, a: &Appointment, parties: &Parties) -> Vec<Fact> {
    let mut facts = vec![
        Fact::new(page, "scheduling-fact-when", page.when(a.starts_at)),
        Fact::new(page, "scheduling-fact-doctor", parties.doctor.clone()),
        Fact::new(page, "scheduling-fact-mode", page.t(a.mode.label_key())),
        Fact::new(
            page,
            "scheduling-fact-duration",
            page.tr("shared-minutes", [("count", a.ends_at.minutes_since(a.starts_at).to_string().as_str())]),
        ),
    ];
    if let Some(patient) = &parties.patient {
        facts.push(Fact::new(page, "scheduling-fact-patient", patient.clone()));
    }
    if let Some(name) = &parties.booked_by {
        let relation = parties.booked_by_relation.as_ref().map(|code| page.t(format!("people-relation-{code}")));
        let who = relation.map_or_else(|| name.clone(), |relation| format!("{name} ({relation})"));
        facts.push(Fact::new(page, "scheduling-fact-booked-by", who));
    }
    if let (Some(place), Some(address)) = (&parties.place, &parties.address) {
        facts.push(Fact::new(page, "scheduling-fact-place", format!("{place}, {address}")));
    }
    facts
}

async fn lapsed(mut tx: db::Tx, me: &Patient, held: &Appointment, parties: &Parties) -> web::Result {
    let others = other_times(&mut tx, held.practitioner, held.starts_at, held.mode).await?;
    tx.commit().await?;
    let page = me.page("scheduling-lapsed-title");
    let mut choices = choices(&page, &parties.doctor_slug, &others);
    let again = others.first().is_some_and(|slot| slot.starts_at == held.starts_at).then(|| choices.remove(0));
    let page = LapsedPage {
        doctor: parties.doctor.clone(),
        doctor_href: format!("/doctors/{}", parties.doctor_slug),
        wished: page.when(held.starts_at),
        again,
        choices,
        page,
    };
    web::render(&page)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PayForm {
    reason: String,
    voucher: String,
    /// `voucher`, `no_voucher`; anything else is to pay.
    step: String,
}

/// Keep the reason; take a voucher that was typed, and show the new price before anything is paid; then hand the same form on to
/// the payment (307: the browser posts again, with its CSRF token).
async fn pay(me: Patient, Path(id): Path<AppointmentId>, Form(form): Form<PayForm>) -> web::Result {
    let mut tx = me.begin().await?;
    let (held, _) = own(&mut tx, &me, id).await?;
    let here = format!("/appointments/{id}/checkout");
    if held.status_at(tx.now()) != Status::Held || held.charge.is_none() {
        return Ok(me.redirect(&here));
    }
    match reason::write(&mut tx, me.app().vault(), &held, &form.reason).await {
        Ok(()) => tx.commit().await?,
        Err(error @ reason::ReasonError::TooLong) => return again(&me, id, &error, form).await,
        Err(error) => return Err(error.into()),
    }
    if form.step == "no_voucher" {
        let mut tx = me.begin_system("a patient gives a voucher back").await?;
        drop_voucher(&mut tx, me.actor(), id).await?;
        tx.commit().await?;
        return Ok(me.redirect(&here));
    }
    if form.step == "voucher" || !form.voucher.trim().is_empty() {
        return take_voucher(&me, id, form).await;
    }
    let to = HeaderValue::from_str(&format!("/appointments/{id}/payment")).map_err(|_| ChangeError::NotFound)?;
    Ok((StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response())
}

async fn take_voucher(me: &Patient, id: AppointmentId, form: PayForm) -> web::Result {
    let mut tx = me.begin_system("a patient pays with a voucher").await?;
    match use_voucher(&mut tx, me.actor(), id, &form.voucher).await {
        Ok(priced) => {
            tx.commit().await?;
            if priced.state.booking == Status::Confirmed {
                me.flash_ok("scheduling-voucher-paid-all");
                return Ok(me.redirect(&format!("/appointments/{id}")));
            }
            me.flash_ok("scheduling-voucher-taken");
            Ok(me.redirect(&format!("/appointments/{id}/checkout")))
        }
        Err(error) => {
            drop(tx);
            again(me, id, &error, form).await
        }
    }
}

/// The page once more with what is wrong, and all that was typed.
async fn again(me: &Patient, id: AppointmentId, error: &impl Fault, form: PayForm) -> web::Result {
    let errors = match error.kind() {
        FaultKind::Invalid(errors) => errors,
        other => return Err(web::Error::of(other)),
    };
    let mut tx = me.begin().await?;
    let (held, parties) = own(&mut tx, me, id).await?;
    let (now, lines) = (tx.now(), lines(&mut tx, &held).await?);
    tx.commit().await?;
    let page = me.page("scheduling-checkout-title").with_errors(errors);
    let typed = Typed { reason: form.reason, voucher: form.voucher };
    web::render_status(422, &checkout(page, &held, &parties, (now, &lines), typed))
}

async fn give_up(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    let (_, parties) = own(&mut tx, &me, id).await?;
    release(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    me.flash_ok("scheduling-released");
    Ok(me.redirect(&format!("/doctors/{}", parties.doctor_slug)))
}
