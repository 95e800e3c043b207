//! The commands. Who may: the doctor and administrators, which the routes prove and row-level security repeats.

use db::{ResultExt, Tx};
use kernel::{
    Fault, FaultKind, FieldError, Zone,
    ids::{ExceptionId, PractitionerId, ScheduleId, ServiceId},
};

use super::{
    model::{NewException, Offer, WindowLine},
    store,
};

/// The whole week at once, in a zone.
#[derive(Clone, Debug)]
pub struct SetWeek {
    pub zone: Zone,
    pub windows: Vec<WindowLine>,
}

#[derive(Debug, thiserror::Error)]
pub enum EditError {
    #[error("no such service, exception or doctor")]
    NotFound,
    #[error("something must be corrected")]
    Invalid(Vec<FieldError>),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for EditError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Replace the weekly windows. The timetable is made when there is none.
pub async fn set_week(tx: &mut Tx, doctor: PractitionerId, week: &SetWeek) -> Result<ScheduleId, EditError> {
    for (place, window) in week.windows.iter().enumerate() {
        if week.windows[..place].iter().any(|earlier| earlier.collides(*window)) {
            let error = FieldError::new(format!("day-{}", window.weekday), "scheduling-error-windows-overlap");
            return Err(EditError::Invalid(vec![error]));
        }
    }
    let today = tx.now().date_in(&week.zone);
    let schedule = match store::find_schedule(tx, doctor, today).await? {
        Some((schedule, _)) => {
            store::set_zone(tx, schedule, &week.zone).await?;
            schedule
        }
        None => store::insert_schedule(tx, doctor, &week.zone, today).await?,
    };
    store::replace_windows(tx, doctor, schedule, &week.windows).await?;
    Ok(schedule)
}

/// Add days that differ from the week, on the wall clock of `zone`.
pub async fn add_exception(
    tx: &mut Tx,
    doctor: PractitionerId,
    zone: &Zone,
    new: &NewException,
) -> Result<ExceptionId, EditError> {
    let mut faults = Vec::new();
    if new.ends_on < new.starts_on || new.ends_on > new.starts_on.plus_days(366) {
        faults.push(FieldError::new("ends_on", "scheduling-error-ends-before"));
    }
    if new.ends_on < tx.now().date_in(zone) {
        faults.push(FieldError::new("starts_on", "scheduling-error-day-past"));
    }
    if new.kind == crate::slots::ExceptionKind::Open && new.part.is_none() {
        faults.push(FieldError::new("starts", "scheduling-error-extra-needs-times"));
    }
    if !faults.is_empty() {
        return Err(EditError::Invalid(faults));
    }
    Ok(store::insert_exception(tx, doctor, zone, new).await?)
}

pub async fn remove_exception(tx: &mut Tx, doctor: PractitionerId, id: ExceptionId) -> Result<(), EditError> {
    if store::remove_exception(tx, doctor, id).await? { Ok(()) } else { Err(EditError::NotFound) }
}

/// Offer a mode of visit (at a place), or change what is offered. Prices of appointments already made stay as they were.
pub async fn save_service(tx: &mut Tx, doctor: PractitionerId, offer: &Offer) -> Result<ServiceId, EditError> {
    let faults = offer.faults();
    if !faults.is_empty() {
        return Err(EditError::Invalid(faults));
    }
    if let Some(facility) = offer.facility
        && !store::list_places(tx, doctor).await?.iter().any(|(place, _)| *place == facility)
    {
        return Err(EditError::Invalid(vec![FieldError::new("facility", "scheduling-error-facility")]));
    }
    store::upsert_service(tx, doctor, offer)
        .await
        .on_constraint("services_practitioner_id_fkey", || EditError::NotFound)
}

/// No longer offer a service. Appointments already made stay.
pub async fn withdraw_service(tx: &mut Tx, doctor: PractitionerId, id: ServiceId) -> Result<(), EditError> {
    if store::withdraw_service(tx, doctor, id).await? { Ok(()) } else { Err(EditError::NotFound) }
}
