//! An urgent visit: confirmed at once, paid after it. Whether it is urgent, and whose turn it is, is decided to the right of this room.

use billing::charges::{NewCharge, RaiseError, Subject};
use db::Tx;
use kernel::{
    Fault, FaultKind, TimeSlot, Timestamp, Zone,
    ids::{AppointmentId, ChargeId, PatientId, PractitionerId, ServiceId},
};

use super::{
    book::{BookAppointment, BookError, Entry, Wish, plan_until, refuse_overlap, take},
    confirm::confirm_free,
    model::{Appointment, By, Status},
    offered::offered_on,
    store, tidy,
};
use crate::slots::{Doctors, Notice, Service, Slot, rules_for};

/// Where an urgent visit goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// A time that is open, or kept back for what is urgent.
    Open,
    /// Exactly this time of the doctor, whatever the week says: they said yes to it, or somebody gave way.
    Exactly { ends_at: Timestamp, busy: TimeSlot },
    /// Until then, beside what is booked already: in a buffer, or over it.
    Beside { ends_at: Timestamp },
}

#[derive(Clone, Debug)]
pub struct BookUrgent {
    pub doctor: PractitionerId,
    pub service: ServiceId,
    pub starts_at: Timestamp,
    pub patient: PatientId,
    /// In which the patient reads times.
    pub zone: Zone,
    pub placement: Placement,
}

/// In the system's context: the time is the patient's at once, and nothing is paid yet. The price is that of today, with discounts and
/// taxes; `charge_after_visit` asks for it.
pub async fn book_urgent(tx: &mut Tx, command: &BookUrgent, by: By) -> Result<Appointment, BookError> {
    let wish = BookAppointment {
        doctor: command.doctor,
        wish: Wish::Service(command.service),
        starts_at: command.starts_at,
        patient: command.patient,
        reason: None,
        zone: command.zone.clone(),
    };
    let around = TimeSlot::lasting(command.starts_at.plus_minutes(-300), 900).ok_or(BookError::NoSuchService)?;
    if command.placement == Placement::Open {
        // Without a lock first: nobody waits for a time that is gone.
        offered_on(tx, &wish, Notice::Urgent).await?;
    }
    store::lock_people(tx, command.doctor, command.patient).await?;
    tidy::lapse(tx, command.doctor, command.patient, around).await?;
    let (service, slot) = match command.placement {
        Placement::Open => offered_on(tx, &wish, Notice::Urgent).await?,
        Placement::Exactly { ends_at, busy } => given(tx, command, ends_at, Some(busy)).await?,
        Placement::Beside { ends_at } => given(tx, command, ends_at, None).await?,
    };
    refuse_overlap(tx, &wish, &slot).await?;
    let quote = billing::prices::quote(tx, command.doctor, slot.price).await?;
    let priced = Slot { price: quote.total, ..slot };
    // It is confirmed before this transaction ends.
    let until = tx.now().plus_minutes(1);
    let held = plan_until(tx, &wish, (&service, &priced), (Status::Held, until)).await?;
    let overbooked = matches!(command.placement, Placement::Beside { .. });
    take(tx, &held, Entry { verb: "book", by, reason: None, cause: Some("urgent"), overbooked }).await?;
    if !held.price.is_zero() {
        let subject = Subject::Appointment(held.id);
        billing::prices::keep(tx, subject, held.patient, held.practitioner, &quote).await?;
    }
    Ok(confirm_free(tx, &held, by).await?)
}

/// The service as it is today, for a time that is given; without buffers where none are.
async fn given(
    tx: &mut Tx,
    command: &BookUrgent,
    ends_at: Timestamp,
    busy: Option<TimeSlot>,
) -> Result<(Service, Slot), BookError> {
    let (from, until) = (command.starts_at, command.starts_at.plus_days(1));
    let rules = rules_for(tx, &[command.doctor], Doctors::Published, from, until).await?;
    let rules = rules.into_iter().next().ok_or(BookError::NoSuchDoctor)?;
    let service = rules.services.into_iter().find(|s| s.id == command.service).ok_or(BookError::NoSuchService)?;
    let time = TimeSlot::new(from, ends_at).ok_or(BookError::NoSuchService)?;
    let slot = Slot {
        service: service.id,
        facility: service.facility,
        mode: service.mode,
        starts_at: time.starts_at(),
        ends_at: time.ends_at(),
        busy: busy.unwrap_or(time),
        price: service.price,
        requires_approval: false,
    };
    Ok((service, slot))
}

/// So long after an urgent visit it may be paid.
const DAYS_TO_PAY: i64 = 14;

#[derive(Debug, thiserror::Error)]
pub enum ChargeLaterError {
    #[error(transparent)]
    Raise(#[from] RaiseError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ChargeLaterError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Raise(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// In the system's context: the visit took place, and what was not paid before it is owed now. `None` where nothing is: it is free, it
/// was charged already, or it did not take place.
pub async fn charge_after_visit(tx: &mut Tx, id: AppointmentId) -> Result<Option<ChargeId>, ChargeLaterError> {
    let Some(seen) = store::lock(tx, id).await? else { return Ok(None) };
    if seen.state.booking != Status::Fulfilled || seen.charge.is_some() || seen.price.is_zero() {
        return Ok(None);
    }
    let new = NewCharge {
        patient: seen.patient,
        practitioner: seen.practitioner,
        subject: Subject::Appointment(id),
        service: Some(seen.service),
        price: seen.price,
        payable_until: tx.now().plus_days(DAYS_TO_PAY),
    };
    let charge = billing::charges::raise(tx, new).await?;
    store::set_charge(tx, id, charge).await?;
    Ok(Some(charge))
}
