//! The JSON door: a change of hours is looked at, or made with what becomes of whom it strands.

use std::collections::HashMap;

use access::Role;
use axum::extract::Path;
use kernel::{
    FieldError, LocalDate, Timestamp, Zone,
    ids::{AppointmentId, ExceptionId, FacilityId, PractitionerId, ServiceId},
};
use serde::{Deserialize, Serialize};
use web::{Json, Staff};

use super::{
    change::{Change, Fate, Outlook, carry_out, foresee, zone_of},
    edit::EditError,
    model::{NewException, SetWeek, WindowLine},
};
use crate::slots::{ExceptionKind, Fields, Journey, Mode, SlotView, WallTime};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_put::<Staff, WeekBody, OutlookView, _, _>(
            "/api/v1/doctors/{doctor}/weekly-hours",
            "Set the weekly hours of a place, or of everything else; with `preview`, only look at what would follow",
            set_week,
        )
        .api_post::<Staff, ExceptionBody, OutlookView, _, _>(
            "/api/v1/doctors/{doctor}/schedule-exceptions",
            "Add days that differ from the week; with `preview`, only look at what would follow",
            add_exception,
        )
        .api_post::<Staff, RemovalBody, OutlookView, _, _>(
            "/api/v1/doctors/{doctor}/schedule-exceptions/{exception}/removal",
            "Take days that differ away again",
            remove_exception,
        )
}

/// What becomes of each appointment that a change strands, and whether the change is only looked at.
#[derive(Deserialize, Default, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct How {
    preview: bool,
    fates: HashMap<AppointmentId, Fate>,
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct WindowBody {
    /// 1 Monday to 7 Sunday.
    weekday: u8,
    /// Such as 09:00. An end that is not after the start lies on the next day.
    starts: String,
    ends: String,
    #[serde(default)]
    service_id: Option<ServiceId>,
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct WeekBody {
    #[serde(default)]
    facility_id: Option<FacilityId>,
    /// An IANA zone; the one in force when left out.
    #[serde(default)]
    time_zone: Option<String>,
    #[serde(default)]
    valid_from: Option<LocalDate>,
    #[serde(default)]
    valid_until: Option<LocalDate>,
    windows: Vec<WindowBody>,
    /// What these hours change of a service, field by field.
    #[serde(default)]
    fields: Vec<Fields>,
    #[serde(default)]
    how: How,
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct PartBody {
    starts: String,
    ends: String,
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct ExceptionBody {
    kind: ExceptionKind,
    #[serde(default)]
    service_id: Option<ServiceId>,
    starts_on: LocalDate,
    ends_on: LocalDate,
    /// The whole of each day when left out.
    #[serde(default)]
    parts: Vec<PartBody>,
    #[serde(default)]
    time_zone: Option<String>,
    /// Exactly for travel.
    #[serde(default)]
    journey: Option<Journey>,
    #[serde(default)]
    how: How,
}

#[derive(Deserialize, Default, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct RemovalBody {
    how: How,
}

#[derive(Serialize, schemars::JsonSchema)]
struct StrandedView {
    appointment_id: AppointmentId,
    patient: Option<String>,
    mode: Mode,
    starts_at: Timestamp,
    ends_at: Timestamp,
}

/// What follows from the change in the next two weeks, and whom it strands.
#[derive(Serialize, schemars::JsonSchema)]
struct OutlookView {
    /// It was only looked at.
    preview: bool,
    time_zone: String,
    opened: Vec<SlotView>,
    closed: Vec<SlotView>,
    stranded: Vec<StrandedView>,
}

fn view(outlook: &Outlook, preview: bool) -> OutlookView {
    let beyond = |these: &[crate::slots::Slot], those: &[crate::slots::Slot]| {
        let is_there = |slot: &crate::slots::Slot| {
            those.iter().any(|other| (other.service, other.starts_at) == (slot.service, slot.starts_at))
        };
        these.iter().filter(|slot| !is_there(slot)).map(SlotView::from).collect()
    };
    OutlookView {
        preview,
        time_zone: outlook.zone.name().to_owned(),
        opened: beyond(&outlook.after, &outlook.before),
        closed: beyond(&outlook.before, &outlook.after),
        stranded: outlook
            .stranded
            .iter()
            .map(|one| StrandedView {
                appointment_id: one.id,
                patient: one.name.clone(),
                mode: one.mode,
                starts_at: one.time.starts_at(),
                ends_at: one.time.ends_at(),
            })
            .collect(),
    }
}

/// The doctor's own hours, or any doctor's for an administrator.
fn refuse_foreign(me: &Staff, doctor: PractitionerId) -> Result<(), EditError> {
    let own = me.actor().practitioner == Some(doctor) || me.actor().is(Role::Administrator);
    if own { Ok(()) } else { Err(EditError::NotFound) }
}

fn wrong(field: &'static str, key: &'static str) -> EditError {
    EditError::Invalid(vec![FieldError::new(field, key)])
}

fn wall(field: &'static str, text: &str) -> Result<WallTime, EditError> {
    text.parse().map_err(|_| wrong(field, "scheduling-error-waiting-hour"))
}

async fn zone(tx: &mut db::Tx, doctor: PractitionerId, said: Option<String>) -> Result<Zone, EditError> {
    match said {
        Some(name) => name.parse().map_err(|_| wrong("time_zone", "scheduling-error-zone")),
        None => zone_of(tx, doctor).await?.ok_or(EditError::NotFound),
    }
}

/// Looked at and given up, or made and committed.
async fn answer(me: &Staff, mut tx: db::Tx, doctor: PractitionerId, change: Change, how: How) -> web::Result {
    if how.preview {
        let outlook = foresee(&mut tx, doctor, &change).await?;
        return web::json(&view(&outlook, true));
    }
    let outlook = carry_out(&mut tx, me.actor(), doctor, &change, &how.fates).await?;
    tx.commit().await?;
    web::json(&view(&outlook, false))
}

async fn set_week(me: Staff, Path(doctor): Path<PractitionerId>, Json(body): Json<WeekBody>) -> web::Result {
    refuse_foreign(&me, doctor)?;
    let mut tx = me.begin().await?;
    let mut windows = Vec::new();
    for window in &body.windows {
        if !(1..=7).contains(&window.weekday) {
            return Err(wrong("weekday", "scheduling-error-waiting-weekdays").into());
        }
        let (starts, ends) = (wall("starts", &window.starts)?, wall("ends", &window.ends)?);
        windows.push(WindowLine { weekday: window.weekday, starts, ends, service: window.service_id });
    }
    let week = SetWeek {
        place: body.facility_id,
        zone: zone(&mut tx, doctor, body.time_zone).await?,
        valid_from: body.valid_from,
        valid_until: body.valid_until,
        windows,
        fields: body.fields,
    };
    answer(&me, tx, doctor, Change::Week(week), body.how).await
}

async fn add_exception(me: Staff, Path(doctor): Path<PractitionerId>, Json(body): Json<ExceptionBody>) -> web::Result {
    refuse_foreign(&me, doctor)?;
    let mut tx = me.begin().await?;
    let part = |part: &PartBody| Ok((wall("starts", &part.starts)?, wall("ends", &part.ends)?));
    let new = NewException {
        kind: body.kind,
        service: body.service_id,
        starts_on: body.starts_on,
        ends_on: body.ends_on,
        parts: body.parts.iter().map(part).collect::<Result<_, EditError>>()?,
        zone: zone(&mut tx, doctor, body.time_zone).await?,
        journey: body.journey,
    };
    answer(&me, tx, doctor, Change::Except(new), body.how).await
}

async fn remove_exception(
    me: Staff,
    Path((doctor, exception)): Path<(PractitionerId, ExceptionId)>,
    Json(body): Json<RemovalBody>,
) -> web::Result {
    refuse_foreign(&me, doctor)?;
    let tx = me.begin().await?;
    answer(&me, tx, doctor, Change::RemoveException(exception), body.how).await
}
