//! The JSON door.

use access::Role;
use axum::extract::Path;
use kernel::{
    LocalDate, Money, Timestamp,
    ids::{AppointmentId, CalledOffId, PractitionerId},
};
use serde::{Deserialize, Serialize};
use web::{Json, Staff};

use super::{
    call_off::{CallOff, CallOffError, CalledOff, call_off, day_of},
    store::{self, Hit},
};
use crate::{
    appointments::{CancelReason, Status},
    choices::ChoiceStatus,
    slots::Mode,
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_get::<Staff, (), DayView, _, _>(
            "/api/v1/doctors/{doctor}/called-off-days/{day}",
            "Whom it would hit to call off a day of a doctor, or whom it has hit",
            show,
        )
        .api_post::<Staff, CallOffBody, DayView, _, _>(
            "/api/v1/doctors/{doctor}/called-off-days",
            "Call off a day of a doctor: every patient chooses another time or the money",
            create,
        )
}

#[derive(Serialize, schemars::JsonSchema)]
struct HitView {
    appointment_id: AppointmentId,
    patient: Option<String>,
    mode: Mode,
    starts_at: Timestamp,
    status: Status,
    price: Money,
    /// It would be called off, or is about to be.
    stands: bool,
    choice: Option<ChoiceStatus>,
    choose_until: Option<Timestamp>,
}

impl From<Hit> for HitView {
    fn from(hit: Hit) -> Self {
        Self {
            appointment_id: hit.appointment,
            patient: hit.patient,
            mode: hit.mode,
            starts_at: hit.starts_at,
            status: hit.status,
            price: hit.price,
            stands: hit.stands,
            choice: hit.choice,
            choose_until: hit.choose_until,
        }
    }
}

#[derive(Serialize, schemars::JsonSchema)]
pub(crate) struct DayView {
    /// None for a day that was not called off.
    id: Option<CalledOffId>,
    doctor_id: PractitionerId,
    day: LocalDate,
    appointments: Vec<HitView>,
}

async fn view(
    tx: &mut db::Tx,
    doctor: PractitionerId,
    day: LocalDate,
    found: Option<CalledOff>,
) -> Result<DayView, CallOffError> {
    let (_, from, until) = day_of(tx, doctor, day).await?;
    let hits = store::list_hit(tx, doctor, from, until).await?;
    let id = found.map(|day| day.id);
    Ok(DayView { id, doctor_id: doctor, day, appointments: hits.into_iter().map(HitView::from).collect() })
}

async fn show(me: Staff, Path((doctor, day)): Path<(PractitionerId, LocalDate)>) -> web::Result {
    if me.actor().practitioner != Some(doctor) && !me.actor().is(Role::Administrator) {
        return Err(CallOffError::NotFound.into());
    }
    let mut tx = me.begin().await?;
    let found = store::find(&mut tx, doctor, day).await?;
    let view = view(&mut tx, doctor, day, found).await?;
    tx.commit().await?;
    web::json(&view)
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CallOffBody {
    /// On the calendar of the doctor's timetable: 2026-11-25.
    day: LocalDate,
    /// no_time, unwell, emergency or other.
    #[serde(default)]
    reason: Option<String>,
}

async fn create(me: Staff, Path(doctor): Path<PractitionerId>, Json(body): Json<CallOffBody>) -> web::Result {
    let reason = CancelReason::from_code(body.reason.as_deref().unwrap_or_default());
    let mut tx = me.begin().await?;
    let done = call_off(&mut tx, me.actor(), CallOff { doctor, day: body.day, reason }).await?;
    let view = view(&mut tx, doctor, body.day, Some(done)).await?;
    tx.commit().await?;
    web::created(&view)
}
