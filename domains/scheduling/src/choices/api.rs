//! The JSON door.

use axum::extract::Path;
use kernel::{
    Money, Timestamp,
    ids::{AppointmentId, PractitionerId, ServiceId},
};
use serde::{Deserialize, Serialize};
use web::{Json, Patient};

use super::{
    model::{Cause, Choice, ChoiceStatus},
    offers::{Offered, Offers, offers},
    refund::{RefundChoiceError, refund},
    store,
    take::{Take, TakeError, take},
};
use crate::{
    appointments::{self, AppointmentView},
    slots::SlotView,
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_get::<Patient, (), ChoiceView, _, _>(
            "/api/v1/appointments/{appointment}/choices",
            "What may be taken instead of an appointment that the other side called off",
            show,
        )
        .api_post::<Patient, TakeBody, AppointmentView, _, _>(
            "/api/v1/appointments/{appointment}/choices",
            "Take another time instead; at the same price nothing more is paid",
            create,
        )
        .api_post::<Patient, Empty, ChoiceView, _, _>(
            "/api/v1/appointments/{appointment}/choices/refund",
            "Take the money back instead",
            create_refund,
        )
}

#[derive(Serialize, schemars::JsonSchema)]
struct OfferedView {
    doctor_id: PractitionerId,
    doctor: String,
    #[serde(flatten)]
    slot: SlotView,
    /// Nothing more is to be paid for it.
    same_price: bool,
}

#[derive(Serialize, schemars::JsonSchema)]
pub(crate) struct ChoiceView {
    appointment_id: AppointmentId,
    cause: Cause,
    status: ChoiceStatus,
    /// Then everything that was paid goes back by itself.
    choose_until: Timestamp,
    price: Money,
    rebooked_as: Option<AppointmentId>,
    same_doctor: Vec<OfferedView>,
    other_doctors: Vec<OfferedView>,
}

fn view(choice: &Choice, price: Money, offers: Offers, now: Timestamp) -> ChoiceView {
    let shown = |offered: Offered| OfferedView {
        same_price: offered.slot.price == price,
        slot: SlotView::from(&offered.slot),
        doctor_id: offered.doctor,
        doctor: offered.doctor_name,
    };
    ChoiceView {
        appointment_id: choice.appointment,
        cause: choice.cause,
        status: choice.status_at(now),
        choose_until: choice.choose_until,
        price,
        rebooked_as: choice.rebooked_as,
        same_doctor: offers.same.into_iter().map(shown).collect(),
        other_doctors: offers.others.into_iter().map(shown).collect(),
    }
}

async fn show(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    let choice = store::find_for(&mut tx, me.actor(), id).await?.ok_or(TakeError::NotFound)?;
    let old = appointments::find_for(&mut tx, me.actor(), id).await?.ok_or(TakeError::NotFound)?;
    let now = tx.now();
    let open = if choice.is_open(now) { offers(&mut tx, &old).await? } else { Offers::default() };
    tx.commit().await?;
    web::json(&view(&choice, old.price, open, now))
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TakeBody {
    doctor_id: PractitionerId,
    service_id: ServiceId,
    starts_at: Timestamp,
}

async fn create(me: Patient, Path(id): Path<AppointmentId>, Json(body): Json<TakeBody>) -> web::Result {
    let mut tx = me.begin().await?;
    let wanted = Take { doctor: body.doctor_id, service: body.service_id, starts_at: body.starts_at };
    let taken = take(&mut tx, me.app().vault(), me.actor(), id, wanted).await?;
    let view = appointments::view(&mut tx, &taken).await?;
    tx.commit().await?;
    web::created(&view)
}

#[derive(Deserialize, Default, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Empty {}

async fn create_refund(me: Patient, Path(id): Path<AppointmentId>, Json(_): Json<Empty>) -> web::Result {
    let mut tx = me.begin().await?;
    let old = appointments::find_for(&mut tx, me.actor(), id).await?.ok_or(RefundChoiceError::NotFound)?;
    let settled = refund(&mut tx, me.actor(), id).await?;
    let now = tx.now();
    tx.commit().await?;
    web::json(&view(&settled, old.price, Offers::default(), now))
}
