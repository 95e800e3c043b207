use access::Actor;
use db::Tx;
use jobs::Job;
use kernel::{
    Fault, FaultKind, TimeSlot, Timestamp,
    ids::{PatientId, PractitionerId, UrgentRequestId},
};
use scheduling::appointments::{Appointment, BookError, BookUrgent, By, Placement, book_urgent};
use serde::{Deserialize, Serialize};

use super::{
    ask::note_of,
    model::{Request, Status},
    store, tell,
};
use crate::pool;

#[derive(Debug, thiserror::Error)]
pub enum ClaimError {
    #[error("no such request of this guest")]
    NotFound,
    #[error("the doctor did not wait so long")]
    TooLate,
    #[error("this patient has an open request already")]
    AnotherOpen { other: UrgentRequestId },
    #[error("the doctor offers no visits from afar any more")]
    NoService,
    #[error(transparent)]
    Book(#[from] BookError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ClaimError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::TooLate => FaultKind::conflict("guest_too_late"),
            Self::AnotherOpen { other } => {
                FaultKind::Conflict { code: "urgent_open", detail: Some(serde_json::json!({ "request_id": other })) }
            }
            Self::NoService => FaultKind::conflict("no_service"),
            Self::Book(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// The guest has signed up or in: the request is this patient's. Where a doctor waits, the visit begins; else the ladder goes on, now
/// with all its rungs. In the system's context. Claiming twice is fine.
pub async fn claim(
    tx: &mut Tx,
    actor: &Actor,
    patient: PatientId,
    id: UrgentRequestId,
    guest_mac: &[u8],
) -> Result<Request, ClaimError> {
    if !actor.patients.contains(&patient) {
        return Err(ClaimError::NotFound);
    }
    store::find_for(tx, id, &actor.patients, Some(guest_mac)).await?.ok_or(ClaimError::NotFound)?;
    let mut held = store::lock(tx, id).await?.ok_or(ClaimError::NotFound)?;
    if let Some(known) = held.patient {
        return if known == patient { Ok(held) } else { Err(ClaimError::NotFound) };
    }
    if let Some(other) = store::find_open(tx, Some(patient), None).await? {
        return Err(ClaimError::AnotherOpen { other: other.id });
    }
    match held.status_at(tx.now()) {
        Status::Seeking => {
            held.patient = Some(patient);
            store::set(tx, &held).await?;
        }
        Status::Accepted => {
            held.patient = Some(patient);
            let doctor = held.practitioner.ok_or(ClaimError::NoService)?;
            held = book_with(tx, &held, doctor, By::Patient(actor.account)).await?.0;
        }
        Status::Booked | Status::Escalated | Status::Unmet | Status::Cancelled | Status::Lapsed => {
            return Err(ClaimError::TooLate);
        }
    }
    note_of(tx, &held, "claimed").await?;
    tell::show(tx, &held).await?;
    Ok(held)
}

/// A visit now with a doctor who said yes: in a time of its own where there is one, else beside what is booked.
pub(crate) async fn book_with(
    tx: &mut Tx,
    held: &Request,
    doctor: PractitionerId,
    by: By,
) -> Result<(Request, Appointment), ClaimError> {
    let patient = held.patient.ok_or(ClaimError::NotFound)?;
    let (service, minutes) = pool::store::find_service(tx, doctor).await?.ok_or(ClaimError::NoService)?;
    let starts_at = next_minute(tx.now());
    let time = TimeSlot::lasting(starts_at, minutes).ok_or(ClaimError::NoService)?;
    let placement = if pool::store::is_busy(tx, doctor, time).await? {
        Placement::Beside { ends_at: time.ends_at() }
    } else {
        Placement::Exactly { ends_at: time.ends_at(), busy: time }
    };
    let command = BookUrgent { doctor, service, starts_at, patient, zone: held.zone.clone(), placement };
    let booked = book_urgent(tx, &command, by).await?;
    let after = booked_as(held, &booked);
    store::set(tx, &after).await?;
    Ok((after, booked))
}

/// The request with its visit.
pub(crate) fn booked_as(held: &Request, booked: &Appointment) -> Request {
    Request {
        status: Status::Booked,
        practitioner: Some(booked.practitioner),
        appointment: Some(booked.id),
        held_until: None,
        is_override: held.acuity.overrides(),
        ..held.clone()
    }
}

fn next_minute(now: Timestamp) -> Timestamp {
    Timestamp::from_unix_seconds(now.unix_seconds().div_euclid(60) * 60 + 60)
}

/// A doctor has waited long enough for a guest.
#[derive(Serialize, Deserialize, Debug)]
pub struct Lapse {
    pub request: UrgentRequestId,
}

impl Job for Lapse {
    const NAME: &'static str = "emergency.lapse";
}

/// In the system's context. Returns when to look again, if it is too early. Running twice is fine.
pub async fn lapse(tx: &mut Tx, job: &Lapse) -> Result<Option<Timestamp>, db::Error> {
    let Some(mut held) = store::lock(tx, job.request).await? else { return Ok(None) };
    let Some(end) = held.held_until.filter(|_| held.status == Status::Accepted) else { return Ok(None) };
    if tx.now() < end {
        return Ok(Some(end.plus_seconds(1)));
    }
    held.status = Status::Lapsed;
    store::set(tx, &held).await?;
    tell::show(tx, &held).await?;
    Ok(None)
}
