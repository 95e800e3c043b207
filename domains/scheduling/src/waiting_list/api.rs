//! The JSON door.

use axum::extract::Path;
use kernel::{
    LocalDate, Page, PageRequest, Timestamp,
    ids::{AppointmentId, PatientId, PractitionerId, ServiceId, WaitingId},
};
use serde::{Deserialize, Serialize};
use web::{Json, Patient, Query, SignedIn};

use super::{
    answer::{decline, take},
    change::{leave, rank},
    join::{JoinError, JoinWaitingList, join},
    model::{OfferStatus, Sought, Suits, Waiting, WaitingStatus},
    store::{self, Line},
};
use crate::{
    appointments::{self, AppointmentView},
    slots::{Mode, WallTime},
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_get::<Patient, (), Page<WaitingView>, _, _>(
            "/api/v1/waiting-list",
            "Where one's patients wait for a time, the latest first",
            list,
        )
        .api_post::<Patient, JoinBody, WaitingView, _, _>(
            "/api/v1/waiting-list",
            "Be told when a time gets free that suits",
            create,
        )
        .api_post::<Patient, Empty, WaitingView, _, _>(
            "/api/v1/waiting-list/{waiting}/removal",
            "Wait no longer",
            create_removal,
        )
        .api_put::<SignedIn, RankBody, WaitingView, _, _>(
            "/api/v1/waiting-list/{waiting}/acuity",
            "The doctor, or the desk, says how soon a patient is to be seen",
            set_acuity,
        )
        .api_post::<Patient, Empty, AppointmentView, _, _>(
            "/api/v1/appointments/{appointment}/offer",
            "Take the time that was offered",
            create_taking,
        )
        .api_post::<Patient, Empty, OfferView, _, _>(
            "/api/v1/appointments/{appointment}/offer/refusal",
            "Decline the time that was offered, and go on waiting",
            create_refusal,
        )
}

#[derive(Serialize, schemars::JsonSchema)]
struct WaitingView {
    id: WaitingId,
    patient_id: PatientId,
    doctor_id: Option<PractitionerId>,
    service_id: Option<ServiceId>,
    specialty: Option<String>,
    mode: Mode,
    from_day: LocalDate,
    until_day: LocalDate,
    /// 1 Monday to 7 Sunday.
    weekdays: Vec<u8>,
    /// On the clock of `time_zone`; 00:00 as the end is the end of the day.
    starts: String,
    ends: String,
    time_zone: String,
    /// 1 is to be seen soonest.
    acuity: u8,
    status: WaitingStatus,
    joined_at: Timestamp,
    /// A held appointment that waits for an answer.
    offered_appointment_id: Option<AppointmentId>,
}

fn view(waiting: &Waiting, offered: Option<AppointmentId>, now: Timestamp) -> WaitingView {
    let (doctor_id, service_id, specialty) = match &waiting.sought {
        Sought::Doctor { practitioner, service } => (Some(*practitioner), Some(*service), None),
        Sought::Specialty(code) => (None, None, Some(code.clone())),
    };
    WaitingView {
        id: waiting.id,
        patient_id: waiting.patient,
        doctor_id,
        service_id,
        specialty,
        mode: waiting.mode,
        from_day: waiting.suits.from_day,
        until_day: waiting.suits.until_day,
        weekdays: waiting.suits.weekdays.clone(),
        starts: waiting.suits.starts.to_string(),
        ends: waiting.suits.ends.to_string(),
        time_zone: waiting.suits.zone.name().to_owned(),
        acuity: waiting.acuity,
        status: waiting.status_at(now),
        joined_at: waiting.joined_at,
        offered_appointment_id: offered,
    }
}

async fn list(me: Patient, Query(request): Query<PageRequest>) -> web::Result {
    let mut tx = me.begin().await?;
    let found = store::list_of_patients(&mut tx, &me.actor().patients, &request).await?;
    let now = tx.now();
    tx.commit().await?;
    web::json(&found.map(|line: Line| view(&line.waiting, line.open_offer, now)))
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct JoinBody {
    /// One service of a doctor, or else a specialty with a mode.
    #[serde(default)]
    doctor_id: Option<PractitionerId>,
    #[serde(default)]
    service_id: Option<ServiceId>,
    #[serde(default)]
    specialty: Option<String>,
    #[serde(default)]
    mode: Option<Mode>,
    from_day: LocalDate,
    until_day: LocalDate,
    /// Every day when left out.
    #[serde(default)]
    weekdays: Option<Vec<u8>>,
    /// Such as 09:00; any hour when left out.
    #[serde(default)]
    starts: Option<String>,
    #[serde(default)]
    ends: Option<String>,
    /// One of the account's patients; its own when left out.
    #[serde(default)]
    patient_id: Option<PatientId>,
}

async fn create(me: Patient, Json(body): Json<JoinBody>) -> web::Result {
    let sought = match (body.doctor_id, body.service_id, body.specialty) {
        (Some(practitioner), Some(service), None) => Sought::Doctor { practitioner, service },
        (None, None, Some(code)) => Sought::Specialty(code),
        _ => return Err(JoinError::NotOffered.into()),
    };
    let hour = |text: Option<String>| -> Result<WallTime, JoinError> {
        text.map_or(Ok(WallTime::midnight()), |text| text.parse().map_err(|_| JoinError::Hours))
    };
    let suits = Suits {
        from_day: body.from_day,
        until_day: body.until_day,
        weekdays: body.weekdays.unwrap_or_else(|| (1..=7).collect()),
        starts: hour(body.starts)?,
        ends: hour(body.ends)?,
        zone: me.zone().clone(),
    };
    let command = JoinWaitingList {
        patient: body.patient_id.unwrap_or_else(|| me.patient_id()),
        mode: body.mode.unwrap_or(Mode::Video),
        sought,
        suits,
    };
    let mut tx = me.begin().await?;
    let joined = join(&mut tx, me.actor(), command).await?;
    let now = tx.now();
    tx.commit().await?;
    web::created(&view(&joined, None, now))
}

#[derive(Deserialize, Default, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Empty {}

async fn create_removal(me: Patient, Path(id): Path<WaitingId>, Json(_): Json<Empty>) -> web::Result {
    let mut tx = me.begin().await?;
    let left = leave(&mut tx, me.actor(), id).await?;
    let now = tx.now();
    tx.commit().await?;
    web::json(&view(&left, None, now))
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct RankBody {
    /// 1 is to be seen soonest, 5 last.
    acuity: u8,
}

async fn set_acuity(me: SignedIn, Path(id): Path<WaitingId>, Json(body): Json<RankBody>) -> web::Result {
    let mut tx = me.begin().await?;
    let ranked = rank(&mut tx, me.actor(), id, body.acuity).await?;
    let now = tx.now();
    tx.commit().await?;
    web::json(&view(&ranked, None, now))
}

async fn create_taking(me: Patient, Path(id): Path<AppointmentId>, Json(_): Json<Empty>) -> web::Result {
    let mut tx = me.begin().await?;
    let taken = take(&mut tx, me.actor(), id).await?;
    let view = appointments::view(&mut tx, &taken).await?;
    tx.commit().await?;
    web::json(&view)
}

#[derive(Serialize, schemars::JsonSchema)]
struct OfferView {
    appointment_id: AppointmentId,
    status: OfferStatus,
}

async fn create_refusal(me: Patient, Path(id): Path<AppointmentId>, Json(_): Json<Empty>) -> web::Result {
    let mut tx = me.begin().await?;
    let declined = decline(&mut tx, me.actor(), id).await?;
    let status = declined.status_at(tx.now());
    tx.commit().await?;
    web::json(&OfferView { appointment_id: id, status })
}
