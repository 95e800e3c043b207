//! The JSON door.

use axum::extract::Path;
use billing::payments::PaymentStatus;
use db::Tx;
use kernel::{
    Money, Page, PageRequest, Timestamp,
    ids::{AppointmentId, FacilityId, PatientId, PractitionerId, ServiceId},
};
use serde::{Deserialize, Serialize};
use web::{Doctor, Json, Patient, Query, SignedIn};

use super::{
    absent::{Absentee, no_show},
    attend::{Queue, arrive, queue_for},
    book::{BookAppointment, BookError, Wish},
    cancel::{CancelReason, cancel},
    change::ChangeError,
    decide::{Decline, approve, reject},
    door,
    model::{Appointment, By, Status, Verb, VisitStatus},
    policy,
    store::{self, lists, people::find_doctor},
    voucher::{drop_voucher, use_voucher},
};
use crate::{cancellation::Settlement, slots::Mode};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_get::<SignedIn, (), Page<LineView>, _, _>(
            "/api/v1/appointments",
            "One's own appointments, latest first",
            list,
        )
        .api_post::<Patient, BookBody, AppointmentView, _, _>(
            "/api/v1/appointments",
            "Take a time: held until it is paid",
            create,
        )
        .api_get::<SignedIn, (), AppointmentView, _, _>("/api/v1/appointments/{appointment}", "One appointment", show)
        .api_get::<SignedIn, (), Settlement, _, _>(
            "/api/v1/appointments/{appointment}/cancellation",
            "What cancelling now would give back, and what would be kept",
            show_cancellation,
        )
        .api_post::<SignedIn, CancelBody, CancelledView, _, _>(
            "/api/v1/appointments/{appointment}/cancellation",
            "Call an appointment off, with the refund that follows",
            create_cancellation,
        )
        .api_post::<Patient, VoucherBody, AppointmentView, _, _>(
            "/api/v1/appointments/{appointment}/voucher",
            "Pay with a voucher as far as it goes; an empty code gives it back",
            create_voucher,
        )
        .api_post::<SignedIn, MoveBody, AppointmentView, _, _>(
            "/api/v1/appointments/{appointment}/rescheduling",
            "Move an appointment in place",
            create_rescheduling,
        )
        .api_post::<SignedIn, Empty, QueueView, _, _>(
            "/api/v1/appointments/{appointment}/arrival",
            "Enter the waiting room",
            create_arrival,
        )
        .api_post::<Doctor, Empty, AppointmentView, _, _>(
            "/api/v1/appointments/{appointment}/approval",
            "Say yes to a request",
            create_approval,
        )
        .api_post::<Doctor, RejectBody, AppointmentView, _, _>(
            "/api/v1/appointments/{appointment}/rejection",
            "Decline a request",
            create_rejection,
        )
        .api_post::<Doctor, Empty, AppointmentView, _, _>(
            "/api/v1/appointments/{appointment}/no-show",
            "The patient did not come",
            create_no_show,
        )
}

/// An appointment with all three of its states.
#[derive(Serialize, schemars::JsonSchema)]
pub(crate) struct AppointmentView {
    id: AppointmentId,
    doctor_id: PractitionerId,
    patient_id: PatientId,
    service_id: ServiceId,
    facility_id: Option<FacilityId>,
    mode: Mode,
    starts_at: Timestamp,
    ends_at: Timestamp,
    status: Status,
    visit_status: VisitStatus,
    /// None before a payment was started, and where nothing is owed.
    payment_status: Option<PaymentStatus>,
    hold_expires_at: Option<Timestamp>,
    price: Money,
    version: i32,
    created_at: Timestamp,
    server_time: Timestamp,
}

pub(crate) async fn view(tx: &mut Tx, appointment: &Appointment) -> Result<AppointmentView, db::Error> {
    let now = tx.now();
    let payment_status = match appointment.charge {
        Some(charge) => billing::payments::status_of(tx, charge).await?,
        None => None,
    };
    Ok(AppointmentView {
        id: appointment.id,
        doctor_id: appointment.practitioner,
        patient_id: appointment.patient,
        service_id: appointment.service,
        facility_id: appointment.facility,
        mode: appointment.mode,
        starts_at: appointment.starts_at,
        ends_at: appointment.ends_at,
        status: appointment.status_at(now),
        visit_status: appointment.state.visit,
        payment_status,
        hold_expires_at: appointment.hold_expires_at,
        price: appointment.price,
        version: appointment.version,
        created_at: appointment.created_at,
        server_time: now,
    })
}

#[derive(Serialize, schemars::JsonSchema)]
pub(crate) struct LineView {
    id: AppointmentId,
    doctor: String,
    doctor_slug: String,
    patient: Option<String>,
    mode: Mode,
    starts_at: Timestamp,
    ends_at: Timestamp,
    status: Status,
    visit_status: VisitStatus,
    price: Money,
    hold_expires_at: Option<Timestamp>,
    version: i32,
}

impl From<lists::Line> for LineView {
    fn from(line: lists::Line) -> Self {
        Self {
            id: line.id,
            doctor: line.doctor,
            doctor_slug: line.doctor_slug,
            patient: line.patient,
            mode: line.mode,
            starts_at: line.starts_at,
            ends_at: line.ends_at,
            status: line.status,
            visit_status: line.visit,
            price: line.price,
            hold_expires_at: line.hold_expires_at,
            version: line.version,
        }
    }
}

async fn list(me: SignedIn, Query(request): Query<PageRequest>) -> web::Result {
    let mut tx = me.begin().await?;
    let actor = me.actor();
    let page = lists::of_people(&mut tx, &actor.patients, actor.practitioner, &request).await?;
    tx.commit().await?;
    web::json(&page.map(LineView::from))
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BookBody {
    /// Id or slug.
    doctor_id: String,
    starts_at: Timestamp,
    #[serde(default)]
    mode: Option<Mode>,
    /// Instead of the mode, where a doctor offers a mode at several places.
    #[serde(default)]
    service_id: Option<ServiceId>,
    #[serde(default)]
    reason: Option<String>,
    /// One of the account's patients; its own when left out.
    #[serde(default)]
    patient_id: Option<PatientId>,
}

async fn create(me: Patient, Json(body): Json<BookBody>) -> web::Result {
    let doctor = if let Ok(id) = body.doctor_id.parse() {
        PractitionerId::from_uuid(id)
    } else {
        let mut tx = me.begin().await?;
        let doctor = find_doctor(&mut tx, &body.doctor_id).await?.ok_or(ChangeError::NotFound)?;
        tx.commit().await?;
        doctor.id
    };
    let wish = match (body.service_id, body.mode) {
        (Some(service), _) => Wish::Service(service),
        (None, Some(mode)) => Wish::Mode(mode),
        (None, None) => return Err(BookError::NoSuchService.into()),
    };
    let command = BookAppointment {
        doctor,
        wish,
        starts_at: body.starts_at,
        patient: body.patient_id.unwrap_or_else(|| me.patient_id()),
        reason: body.reason,
        zone: me.zone().clone(),
    };
    let view = door::book_with_retries(&me, &command, async |tx, taken| view(tx, &taken).await).await?;
    web::created(&view)
}

async fn show(me: SignedIn, Path(id): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    let found = store::find_for(&mut tx, me.actor(), id).await?.ok_or(ChangeError::NotFound)?;
    let view = view(&mut tx, &found).await?;
    tx.commit().await?;
    web::json(&view)
}

#[derive(Deserialize, Default, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct CancelBody {
    /// not_needed, no_time, unwell, emergency, mistake, other. Free text is not kept: it would be health data.
    reason: Option<String>,
}

#[derive(Serialize, schemars::JsonSchema)]
pub(crate) struct CancelledView {
    #[serde(flatten)]
    appointment: AppointmentView,
    /// What goes back, and in which part of the price.
    refund: Money,
}

async fn show_cancellation(me: SignedIn, Path(id): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    let found = store::find_for(&mut tx, me.actor(), id).await?.ok_or(ChangeError::NotFound)?;
    let by = By::of(me.actor(), &found).ok_or(ChangeError::NotFound)?;
    let now = tx.now();
    tx.commit().await?;
    found.state_at(now).after(Verb::CancelByPatient).map_err(ChangeError::from)?;
    web::json(&policy::settlement(&found, by, now))
}

async fn create_cancellation(me: SignedIn, Path(id): Path<AppointmentId>, Json(body): Json<CancelBody>) -> web::Result {
    let mut tx = me.begin().await?;
    let why = CancelReason::from_code(body.reason.as_deref().unwrap_or_default());
    let cancelled = cancel(&mut tx, me.actor(), id, why).await?;
    let appointment = view(&mut tx, &cancelled.appointment).await?;
    tx.commit().await?;
    web::json(&CancelledView { appointment, refund: cancelled.refund })
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VoucherBody {
    code: String,
}

async fn create_voucher(me: Patient, Path(id): Path<AppointmentId>, Json(body): Json<VoucherBody>) -> web::Result {
    let mut tx = me.begin_system("a patient pays with a voucher").await?;
    let priced = match body.code.trim() {
        "" => drop_voucher(&mut tx, me.actor(), id).await?,
        code => use_voucher(&mut tx, me.actor(), id, code).await?,
    };
    let view = view(&mut tx, &priced).await?;
    tx.commit().await?;
    web::json(&view)
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MoveBody {
    starts_at: Timestamp,
}

async fn create_rescheduling(me: SignedIn, Path(id): Path<AppointmentId>, Json(body): Json<MoveBody>) -> web::Result {
    let moved = door::reschedule_with_retries(&me, id, body.starts_at).await?;
    let mut tx = me.begin().await?;
    let view = view(&mut tx, &moved).await?;
    tx.commit().await?;
    web::json(&view)
}

#[derive(Deserialize, Default, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Empty {}

#[derive(Serialize, schemars::JsonSchema)]
pub(crate) struct QueueView {
    /// 1 is next.
    queue_position: i32,
    /// Minutes.
    wait_min: i64,
    wait_max: i64,
    #[serde(flatten)]
    appointment: AppointmentView,
}

async fn create_arrival(me: SignedIn, Path(id): Path<AppointmentId>, Json(_): Json<Empty>) -> web::Result {
    let mut tx = me.begin().await?;
    let arrived = arrive(&mut tx, me.actor(), id).await?;
    let Queue { position, wait_min, wait_max } =
        queue_for(&mut tx, me.actor(), id).await?.ok_or(ChangeError::NotFound)?;
    let appointment = view(&mut tx, &arrived).await?;
    tx.commit().await?;
    web::json(&QueueView { queue_position: position, wait_min, wait_max, appointment })
}

async fn create_approval(me: Doctor, Path(id): Path<AppointmentId>, Json(_): Json<Empty>) -> web::Result {
    let mut tx = me.begin().await?;
    let approved = approve(&mut tx, me.actor(), id).await?;
    let view = view(&mut tx, &approved).await?;
    tx.commit().await?;
    web::json(&view)
}

#[derive(Deserialize, Default, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RejectBody {
    /// fully_booked, not_my_field, needs_clinic or other.
    reason: Option<String>,
}

async fn create_rejection(me: Doctor, Path(id): Path<AppointmentId>, Json(body): Json<RejectBody>) -> web::Result {
    let why = body.reason.as_deref().and_then(Decline::from_code).unwrap_or(Decline::Other);
    let mut tx = me.begin().await?;
    let rejected = reject(&mut tx, me.actor(), id, why).await?;
    let view = view(&mut tx, &rejected).await?;
    tx.commit().await?;
    web::json(&view)
}

async fn create_no_show(me: Doctor, Path(id): Path<AppointmentId>, Json(_): Json<Empty>) -> web::Result {
    let mut tx = me.begin().await?;
    let missed = no_show(&mut tx, me.actor(), id, Absentee::Patient).await?;
    let view = view(&mut tx, &missed).await?;
    tx.commit().await?;
    web::json(&view)
}
