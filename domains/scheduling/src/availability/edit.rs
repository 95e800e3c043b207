//! The commands that change hours. Who may: the doctor and administrators, which the routes prove and row-level security repeats.
//! `change` bundles them, looks ahead at what they would strand, and carries them out.

use db::{ResultExt, Tx};
use kernel::{
    Fault, FaultKind, FieldError, LocalDate, Zone,
    ids::{ExceptionId, PractitionerId, ScheduleId, ServiceId},
};

use super::{
    model::{NewException, Offer, SetHolidays, SetWeek},
    store,
};

#[derive(Debug, thiserror::Error)]
pub enum EditError {
    #[error("no such service, exception, timetable or doctor")]
    NotFound,
    #[error("something must be corrected")]
    Invalid(Vec<FieldError>),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl EditError {
    pub(super) fn at(field: &'static str, key: &'static str) -> Self {
        Self::Invalid(vec![FieldError::new(field, key)])
    }
}

impl Fault for EditError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Write the weekly windows of a place, or of everything else. From a day on that is said, the hours in force until then end; else the
/// hours in force are changed, or made when there are none.
pub async fn set_week(tx: &mut Tx, doctor: PractitionerId, week: &SetWeek) -> Result<ScheduleId, EditError> {
    let faults = week.faults();
    if !faults.is_empty() {
        return Err(EditError::Invalid(faults));
    }
    refuse_foreign(tx, doctor, week).await?;
    let today = tx.now().date_in(&week.zone);
    let from = week.valid_from.unwrap_or(today);
    let known = store::list_schedules(tx, doctor, today.min(from)).await?;
    let mut same = known.iter().filter(|one| one.facility == week.place);
    let current = match week.valid_from {
        Some(from) => same.find(|one| one.valid_from <= from && one.valid_until.is_none_or(|last| from <= last)),
        None => same.next(),
    };
    let schedule = match current {
        Some(current) if week.valid_from.is_none_or(|from| from == current.valid_from) => {
            if week.valid_until.is_some_and(|last| last < current.valid_from) {
                return Err(EditError::at("valid_until", "scheduling-error-valid-until"));
            }
            written(store::set_schedule(tx, current.id, week).await)?;
            current.id
        }
        Some(current) => {
            store::set_last_day(tx, current.id, from.plus_days(-1)).await?;
            written(store::insert_schedule(tx, doctor, week, from).await)?
        }
        None => written(store::insert_schedule(tx, doctor, week, from).await)?,
    };
    store::replace_windows(tx, doctor, schedule, &week.windows).await?;
    Ok(schedule)
}

fn written<T>(done: Result<T, db::Error>) -> Result<T, EditError> {
    done.on_constraint("schedules_one_at_a_time", || EditError::at("valid_until", "scheduling-error-hours-follow"))
}

/// Hours are for the doctor's own services and places.
async fn refuse_foreign(tx: &mut Tx, doctor: PractitionerId, week: &SetWeek) -> Result<(), EditError> {
    if let Some(place) = week.place
        && !store::list_places(tx, doctor).await?.iter().any(|(own, _)| *own == place)
    {
        return Err(EditError::at("place", "scheduling-error-facility"));
    }
    let mut named: Vec<ServiceId> = week.windows.iter().filter_map(|window| window.service).collect();
    named.extend(week.fields.iter().map(|fields| fields.service));
    if named.is_empty() {
        return Ok(());
    }
    let own = store::list_services(tx, doctor).await?;
    let fits =
        |id: &ServiceId| own.iter().any(|s| s.id == *id && week.place.is_none_or(|p| s.offer.facility == Some(p)));
    if named.iter().all(fits) { Ok(()) } else { Err(EditError::at("fields", "scheduling-error-no-such-service")) }
}

/// Take a timetable away altogether.
pub async fn remove_week(tx: &mut Tx, doctor: PractitionerId, id: ScheduleId) -> Result<(), EditError> {
    if store::remove_schedule(tx, doctor, id).await? { Ok(()) } else { Err(EditError::NotFound) }
}

/// Add days that differ from the week.
pub async fn add_exception(tx: &mut Tx, doctor: PractitionerId, new: &NewException) -> Result<(), EditError> {
    let faults = new.faults(tx.now().date_in(&new.zone));
    if !faults.is_empty() {
        return Err(EditError::Invalid(faults));
    }
    if let Some(service) = new.service
        && !store::list_services(tx, doctor).await?.iter().any(|own| own.id == service)
    {
        return Err(EditError::at("service", "scheduling-error-no-such-service"));
    }
    store::insert_exception(tx, doctor, new)
        .await
        .on_constraint("schedule_exceptions_one_journey", || EditError::at("starts_on", "scheduling-error-one-journey"))
}

pub async fn remove_exception(tx: &mut Tx, doctor: PractitionerId, id: ExceptionId) -> Result<(), EditError> {
    if store::remove_exception(tx, doctor, id).await? { Ok(()) } else { Err(EditError::NotFound) }
}

/// Keep the public holidays of a country, all, some or none of them. Days that have passed stay as they were.
pub async fn set_holidays(
    tx: &mut Tx,
    doctor: PractitionerId,
    zone: &Zone,
    set: &SetHolidays,
) -> Result<(), EditError> {
    let today = tx.now().date_in(zone);
    let known = store::holidays::list_holidays(tx, &set.country, today).await?;
    let closed_on: Vec<LocalDate> = known.iter().copied().filter(|day| set.closed_on.contains(day)).collect();
    if known.is_empty() || closed_on.len() != set.closed_on.len() {
        return Err(EditError::at("country", "scheduling-error-holidays"));
    }
    if closed_on.is_empty() {
        store::holidays::remove_calendar(tx, doctor, &set.country).await?;
    } else {
        store::holidays::insert_calendar(tx, doctor, &set.country).await?;
    }
    store::holidays::remove_days(tx, doctor, &set.country, &closed_on).await?;
    Ok(store::holidays::insert_days(tx, doctor, &set.country, &closed_on, zone).await?)
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
        return Err(EditError::at("facility", "scheduling-error-facility"));
    }
    store::upsert_service(tx, doctor, offer)
        .await
        .on_constraint("services_practitioner_id_fkey", || EditError::NotFound)
}

/// No longer offer a service. Appointments already made stay.
pub async fn withdraw_service(tx: &mut Tx, doctor: PractitionerId, id: ServiceId) -> Result<(), EditError> {
    if store::withdraw_service(tx, doctor, id).await? { Ok(()) } else { Err(EditError::NotFound) }
}
