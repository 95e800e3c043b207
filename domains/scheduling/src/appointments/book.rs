use db::Tx;
use kernel::{
    Fault, FaultKind, Money, TimeSlot, Timestamp, Zone,
    ids::{AppointmentId, PatientId, PractitionerId, ServiceId},
};
use vault::Vault;

use super::{
    care,
    change::show,
    confirm::{ConfirmError, confirm_free},
    model::{Appointment, By, State, Status, VisitStatus},
    policy::{self, OPEN_HOLDS},
    reason::{self, ReasonError},
    store::{self, NewEvent},
    tidy,
};
use crate::cancellation;
use crate::follow_ups;
use crate::letters::{Letter, Occasion};
use crate::slots::{Doctors, Mode, Notice, Rules, Service, Slot, SlotView, nearest, rules_for, slot_at};

/// Which of the doctor's services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    Service(ServiceId),
    /// The first service of this mode that offers the time.
    Mode(Mode),
}

/// One patient, one doctor, one time.
#[derive(Clone, Debug)]
pub struct BookAppointment {
    pub doctor: PractitionerId,
    pub wish: Wish,
    pub starts_at: Timestamp,
    pub patient: PatientId,
    /// Why the patient comes, at most `reason::LONGEST` characters; may be given later.
    pub reason: Option<String>,
    /// In which the patient reads times.
    pub zone: Zone,
}

#[derive(Debug, thiserror::Error)]
pub enum BookError {
    #[error("no such doctor, or not to be booked")]
    NoSuchDoctor,
    #[error("this person does not speak for the patient")]
    NotTheirPatient,
    #[error("the doctor does not offer this kind of visit")]
    NoSuchService,
    #[error("somebody else has taken the time")]
    SlotTaken { alternatives: Vec<Slot> },
    #[error("the doctor does not offer this time")]
    NotOffered { alternatives: Vec<Slot> },
    #[error("the patient has another appointment then")]
    OwnOverlap { other: AppointmentId },
    #[error("the patient already holds another time of this doctor")]
    HoldsAnotherHere { other: AppointmentId },
    #[error("the patient holds {OPEN_HOLDS} unpaid times")]
    TooManyHolds { open: Vec<AppointmentId> },
    #[error(transparent)]
    Reason(#[from] ReasonError),
    #[error(transparent)]
    Charge(#[from] billing::charges::RaiseError),
    #[error(transparent)]
    Confirm(#[from] ConfirmError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for BookError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NoSuchDoctor | Self::NotTheirPatient => FaultKind::NotFound,
            Self::NoSuchService => FaultKind::invalid("mode", "scheduling-error-no-such-service"),
            Self::SlotTaken { alternatives } => with_alternatives("slot_taken", alternatives),
            Self::NotOffered { alternatives } => with_alternatives("slot_not_offered", alternatives),
            Self::OwnOverlap { other } => conflict("own_overlap", serde_json::json!({ "appointment_id": other })),
            Self::HoldsAnotherHere { other } => conflict("hold_open", serde_json::json!({ "appointment_id": other })),
            Self::TooManyHolds { open } => conflict("too_many_holds", serde_json::json!({ "appointment_ids": open })),
            Self::Reason(error) => error.kind(),
            Self::Charge(error) => error.kind(),
            Self::Confirm(error) => error.kind(),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

impl BookError {
    /// Run again, the same booking may well succeed.
    pub(crate) fn is_retryable(&self) -> bool {
        match self {
            Self::Db(error) | Self::Charge(billing::charges::RaiseError::Db(error)) => error.is_retryable(),
            _ => false,
        }
    }
}

fn conflict(code: &'static str, detail: serde_json::Value) -> FaultKind {
    FaultKind::Conflict { code, detail: Some(detail) }
}

pub(crate) fn with_alternatives(code: &'static str, alternatives: &[Slot]) -> FaultKind {
    let alternatives: Vec<SlotView> = alternatives.iter().map(SlotView::from).collect();
    conflict(code, serde_json::json!({ "alternatives": alternatives }))
}

/// Take a time: held until it is paid, or asked for where the doctor decides, or confirmed at once where it costs nothing.
///
/// The same patient asking twice for the same time gets the same hold. The time is checked without a lock first, so that of many
/// who come for one time only those who may win wait for each other.
pub async fn book(
    tx: &mut Tx,
    vault: &Vault,
    actor: &access::Actor,
    command: BookAppointment,
) -> Result<Appointment, BookError> {
    if !actor.patients.contains(&command.patient) {
        return Err(BookError::NotTheirPatient);
    }
    if let Some(held) = held_already(tx, &command).await? {
        return Ok(held);
    }
    let busy = match offered(tx, &command).await {
        Ok((_, slot)) => slot.busy,
        // Perhaps by the same patient, a moment ago, in another tab.
        Err(refused) => return held_already(tx, &command).await?.ok_or(refused),
    };
    store::lock_people(tx, command.doctor, command.patient).await?;
    tidy::lapse(tx, command.doctor, command.patient, busy).await?;
    if let Some(held) = held_already(tx, &command).await? {
        return Ok(held);
    }
    let (service, slot) = offered(tx, &command).await?;
    refuse_hoarding(tx, &command, &slot).await?;
    let by = By::Patient(actor.account);
    if let Some(free) = follow_ups::claim(tx, command.patient, service.id, slot.starts_at).await? {
        let priced = Slot { price: Money::zero(slot.price.currency), ..slot };
        let taken = take(tx, &command, &service, &priced, by).await?;
        follow_ups::spend(tx, taken.id, free).await?;
        if let Some(text) = &command.reason {
            reason::write(tx, vault, &taken, text).await?;
        }
        return follow_up(tx, taken, by).await;
    }
    // What it costs with discounts and taxes, from here on whatever changes.
    let quote = billing::prices::quote(tx, command.doctor, slot.price).await?;
    let priced = Slot { price: quote.total, ..slot };
    let taken = take(tx, &command, &service, &priced, by).await?;
    let subject = billing::charges::Subject::Appointment(taken.id);
    billing::prices::keep(tx, subject, taken.patient, taken.practitioner, &quote).await?;
    if let Some(text) = &command.reason {
        reason::write(tx, vault, &taken, text).await?;
    }
    follow_up(tx, taken, by).await
}

/// Take a time in place of one that was called off: a time is a time, but who lost one without a fault of theirs is not asked how many
/// they hold. A service whose doctor has to be asked first is refused. The caller speaks for the patient and holds the people's locks.
pub(crate) async fn book_instead(tx: &mut Tx, command: &BookAppointment, by: By) -> Result<Appointment, BookError> {
    let around = TimeSlot::lasting(command.starts_at.plus_minutes(-300), 900).ok_or(BookError::NoSuchService)?;
    tidy::lapse(tx, command.doctor, command.patient, around).await?;
    let (service, slot) = offered(tx, command).await?;
    if service.requires_approval {
        return Err(BookError::NoSuchService);
    }
    refuse_overlap(tx, command, &slot).await?;
    let taken = take(tx, command, &service, &slot, by).await?;
    follow_up(tx, taken, by).await
}

/// Keep an open time for one of the waiting list: held for so many minutes, and owed nothing for until it is taken (`accept`). The
/// caller is the system and holds the people's locks.
pub(crate) async fn keep_for(tx: &mut Tx, command: &BookAppointment, minutes: i64) -> Result<Appointment, BookError> {
    let around = TimeSlot::lasting(command.starts_at.plus_minutes(-300), 900).ok_or(BookError::NoSuchService)?;
    tidy::lapse(tx, command.doctor, command.patient, around).await?;
    let (service, slot) = offered(tx, command).await?;
    if service.requires_approval {
        return Err(BookError::NoSuchService);
    }
    refuse_overlap(tx, command, &slot).await?;
    let quote = billing::prices::quote(tx, command.doctor, slot.price).await?;
    let priced = Slot { price: quote.total, ..slot };
    let until = policy::kept_until(tx.now(), priced.starts_at, service.lead_min, minutes);
    let kept = take_until(tx, command, (&service, &priced), (Status::Held, until), By::System).await?;
    let subject = billing::charges::Subject::Appointment(kept.id);
    billing::prices::keep(tx, subject, kept.patient, kept.practitioner, &quote).await?;
    tidy::when_due(tx, &kept).await?;
    Ok(kept)
}

/// What the hold brings with it: a charge, a question to the doctor, or (for what is free) the confirmation.
async fn follow_up(tx: &mut Tx, mut taken: Appointment, by: By) -> Result<Appointment, BookError> {
    if taken.state.booking == Status::Requested {
        care::introduce(tx, &taken).await?;
        Letter::to_doctor(&taken, Occasion::Requested).enqueue(tx).await?;
    } else if taken.price.is_zero() {
        return Ok(confirm_free(tx, &taken, by).await?);
    } else {
        taken.charge = Some(raise_charge(tx, &taken).await?);
    }
    tidy::when_due(tx, &taken).await?;
    Ok(taken)
}

pub(crate) async fn raise_charge(
    tx: &mut Tx,
    held: &Appointment,
) -> Result<kernel::ids::ChargeId, billing::charges::RaiseError> {
    let charge = billing::charges::raise(
        tx,
        billing::charges::NewCharge {
            patient: held.patient,
            practitioner: held.practitioner,
            subject: billing::charges::Subject::Appointment(held.id),
            price: held.price,
            payable_until: held.hold_expires_at.unwrap_or(held.starts_at),
        },
    )
    .await?;
    store::set_charge(tx, held.id, charge).await?;
    Ok(charge)
}

async fn held_already(tx: &mut Tx, command: &BookAppointment) -> Result<Option<Appointment>, db::Error> {
    let open = store::list_open_holds(tx, command.patient).await?;
    Ok(open.into_iter().find(|held| {
        held.practitioner == command.doctor
            && held.starts_at == command.starts_at
            && match command.wish {
                Wish::Service(service) => held.service == service,
                Wish::Mode(mode) => held.mode == mode,
            }
    }))
}

/// The service and its open time, by the same rules that the pages show.
async fn offered(tx: &mut Tx, command: &BookAppointment) -> Result<(Service, Slot), BookError> {
    let (now, starts) = (tx.now(), command.starts_at);
    let rules = rules_for(tx, &[command.doctor], Doctors::Published, starts, starts.plus_days(1)).await?;
    let rules = rules.into_iter().next().ok_or(BookError::NoSuchDoctor)?;
    let services = wished(&rules, command.wish);
    let first = *services.first().ok_or(BookError::NoSuchService)?;
    let found = services.iter().find_map(|service| {
        slot_at(&rules, service.id, starts, now, Notice::AsOffered).map(|slot| ((*service).clone(), slot))
    });
    match found {
        Some(found) => Ok(found),
        None => Err(refusal(tx, command, first.id, first.mode).await?),
    }
}

fn wished(rules: &Rules, wish: Wish) -> Vec<&Service> {
    let fits = |service: &&Service| match wish {
        Wish::Service(id) => service.id == id,
        Wish::Mode(mode) => service.mode == mode,
    };
    rules.services.iter().filter(fits).collect()
}

/// Taken, or never offered; in both cases what is open nearest to it.
async fn refusal(
    tx: &mut Tx,
    command: &BookAppointment,
    service: ServiceId,
    mode: Mode,
) -> Result<BookError, BookError> {
    let (now, starts) = (tx.now(), command.starts_at);
    let alternatives = alternatives(tx, command.doctor, starts, mode).await?;
    let mut empty = rules_for(tx, &[command.doctor], Doctors::Published, starts, starts.plus_days(1)).await?;
    for rules in &mut empty {
        rules.clear_taken();
    }
    let was_offered =
        empty.first().is_some_and(|rules| slot_at(rules, service, starts, now, Notice::AsOffered).is_some());
    Ok(if was_offered { BookError::SlotTaken { alternatives } } else { BookError::NotOffered { alternatives } })
}

/// The three open times of a mode nearest to a wished one.
pub(crate) async fn alternatives(
    tx: &mut Tx,
    doctor: PractitionerId,
    wished: Timestamp,
    mode: Mode,
) -> Result<Vec<Slot>, db::Error> {
    let now = tx.now();
    let rules =
        rules_for(tx, &[doctor], Doctors::Published, wished.plus_days(-30).max(now), wished.plus_days(30)).await?;
    Ok(rules.first().map(|rules| nearest(rules, wished, mode, now, 3)).unwrap_or_default())
}

async fn refuse_overlap(tx: &mut Tx, command: &BookAppointment, slot: &Slot) -> Result<(), BookError> {
    let time = TimeSlot::new(slot.starts_at, slot.ends_at).ok_or(BookError::NoSuchService)?;
    match store::find_overlap(tx, command.patient, time, None).await? {
        Some(other) => Err(BookError::OwnOverlap { other }),
        None => Ok(()),
    }
}

async fn refuse_hoarding(tx: &mut Tx, command: &BookAppointment, slot: &Slot) -> Result<(), BookError> {
    refuse_overlap(tx, command, slot).await?;
    let open = store::list_open_holds(tx, command.patient).await?;
    if let Some(here) = open.iter().find(|held| held.practitioner == command.doctor) {
        return Err(BookError::HoldsAnotherHere { other: here.id });
    }
    if open.len() >= OPEN_HOLDS {
        return Err(BookError::TooManyHolds { open: open.iter().map(|held| held.id).collect() });
    }
    Ok(())
}

async fn take(
    tx: &mut Tx,
    command: &BookAppointment,
    service: &Service,
    slot: &Slot,
    by: By,
) -> Result<Appointment, BookError> {
    let now = tx.now();
    let state = if service.requires_approval {
        (Status::Requested, policy::decision_end(now, slot.starts_at, service.lead_min))
    } else {
        (Status::Held, policy::hold_end(now, slot.starts_at, service.lead_min))
    };
    take_until(tx, command, (service, slot), state, by).await
}

async fn take_until(
    tx: &mut Tx,
    command: &BookAppointment,
    (service, slot): (&Service, &Slot),
    (booking, until): (Status, Timestamp),
    by: By,
) -> Result<Appointment, BookError> {
    let now = tx.now();
    let policy = cancellation::store::find_in_force(tx, service.id).await?;
    let taken = Appointment {
        id: tx.id(),
        patient: command.patient,
        practitioner: command.doctor,
        service: service.id,
        facility: slot.facility,
        mode: slot.mode,
        starts_at: slot.starts_at,
        ends_at: slot.ends_at,
        busy: slot.busy,
        state: State::new(booking, VisitStatus::NotOpen),
        hold_expires_at: Some(until),
        price: slot.price,
        charge: None,
        policy,
        patient_zone: command.zone.clone(),
        arrived_at: None,
        admitted_at: None,
        ended_at: None,
        closed_at: None,
        moves: 0,
        version: 1,
        created_at: now,
    };
    // Under the locks neither constraint can refuse; they stand behind for what does not take the locks.
    store::insert(tx, &taken, by).await.map_err(|error| match error.constraint() {
        Some("appointments_one_per_practitioner") => BookError::SlotTaken { alternatives: Vec::new() },
        Some("appointments_one_per_patient") => BookError::OwnOverlap { other: taken.id },
        _ => BookError::Db(error),
    })?;
    let verb = if by == By::System { "offer" } else { "book" };
    let event = NewEvent { verb, before: None, after: &taken, by, reason: None };
    store::insert_event(tx, event).await?;
    show(tx, &taken).await?;
    Ok(taken)
}
