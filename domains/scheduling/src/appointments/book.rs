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
    offered::{find_offered, offered_on},
    policy::{self, OPEN_HOLDS},
    reason::{self, ReasonError},
    store::{self, NewEvent},
    tidy,
};
use crate::cancellation;
use crate::follow_ups;
use crate::letters::{Letter, Occasion};
use crate::slots::{Mode, Notice, Service, Slot, SlotView};

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
    /// Lost to somebody who held the lock.
    fn lost() -> Self {
        Self::SlotTaken { alternatives: Vec::new() }
    }

    /// Run again, the same booking may well succeed, or be refused with more to say.
    pub(crate) fn is_retryable(&self) -> bool {
        match self {
            Self::SlotTaken { alternatives } => alternatives.is_empty(),
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
/// who come for one time only those who may win wait for each other. Who loses while waiting is told so without alternatives, for
/// others wait behind: asked again (`BookError::is_retryable`), the first check finds them without a lock.
pub async fn book(
    tx: &mut Tx,
    vault: &Vault,
    actor: &access::Actor,
    command: BookAppointment,
) -> Result<Appointment, BookError> {
    if !actor.patients.contains(&command.patient) {
        return Err(BookError::NotTheirPatient);
    }
    let busy = match offered_on(tx, &command, Notice::AsOffered).await {
        Ok((_, slot)) => slot.busy,
        // Perhaps by the same patient, a moment ago, in another tab.
        Err(refused) => {
            let open = store::list_open_holds(tx, command.patient).await?;
            return held_already(&open, &command).ok_or(refused);
        }
    };
    store::lock_people(tx, command.doctor, command.patient).await?;
    tidy::lapse(tx, command.doctor, command.patient, busy).await?;
    let open = store::list_open_holds(tx, command.patient).await?;
    if let Some(held) = held_already(&open, &command) {
        return Ok(held);
    }
    let Ok((service, slot)) = find_offered(tx, &command, Notice::AsOffered).await? else {
        return Err(BookError::lost());
    };
    refuse_overlap(tx, &command, &slot).await?;
    refuse_hoarding(&command, &open)?;
    let by = By::Patient(actor.account);
    if let Some(free) = follow_ups::claim(tx, command.patient, service.id, slot.starts_at).await? {
        let priced = Slot { price: Money::zero(slot.price.currency), ..slot };
        let planned = plan(tx, &command, &service, &priced).await?;
        let reason = sealed(tx, vault, &command, &planned).await?;
        take(tx, &planned, Entry::booked(by, reason.as_deref())).await?;
        follow_ups::spend(tx, planned.id, free).await?;
        return follow_up(tx, planned, by).await;
    }
    let planned = plan_priced(tx, &command, &service, &slot).await?;
    let reason = sealed(tx, vault, &command, &planned).await?;
    enter(tx, planned, reason.as_deref(), by).await
}

/// The appointment with what it costs, discounts and taxes in it, from here on whatever changes.
async fn plan_priced(
    tx: &mut Tx,
    command: &BookAppointment,
    service: &Service,
    slot: &Slot,
) -> Result<Appointment, BookError> {
    let quote = billing::prices::quote(tx, command.doctor, slot.price).await?;
    let priced = Slot { price: quote.total, ..slot.clone() };
    let planned = plan(tx, command, service, &priced).await?;
    let subject = billing::charges::Subject::Appointment(planned.id);
    billing::prices::keep(tx, subject, planned.patient, planned.practitioner, &quote).await?;
    Ok(planned)
}

/// Into the book, with what is owed at once.
async fn enter(tx: &mut Tx, mut planned: Appointment, reason: Option<&[u8]>, by: By) -> Result<Appointment, BookError> {
    if is_owed(&planned) {
        planned.charge = Some(raise_charge(tx, &planned).await?);
    }
    take(tx, &planned, Entry::booked(by, reason)).await?;
    follow_up(tx, planned, by).await
}

/// Take a time in place of one that was called off: a time is a time, but who lost one without a fault of theirs is not asked how many
/// they hold. A service whose doctor has to be asked first is refused. The caller speaks for the patient and holds the people's locks.
pub(crate) async fn book_instead(
    tx: &mut Tx,
    command: &BookAppointment,
    notice: Notice,
    by: By,
) -> Result<Appointment, BookError> {
    let around = TimeSlot::lasting(command.starts_at.plus_minutes(-300), 900).ok_or(BookError::NoSuchService)?;
    tidy::lapse(tx, command.doctor, command.patient, around).await?;
    let (service, slot) = offered_on(tx, command, notice).await?;
    if service.requires_approval {
        return Err(BookError::NoSuchService);
    }
    refuse_overlap(tx, command, &slot).await?;
    let planned = plan_priced(tx, command, &service, &slot).await?;
    enter(tx, planned, None, by).await
}

async fn sealed(
    tx: &mut Tx,
    vault: &Vault,
    command: &BookAppointment,
    planned: &Appointment,
) -> Result<Option<Vec<u8>>, ReasonError> {
    match &command.reason {
        Some(text) => reason::seal(tx, vault, planned, text).await,
        None => Ok(None),
    }
}

/// A hold that costs something is charged at once; what the doctor has to be asked about, when the doctor agrees.
fn is_owed(planned: &Appointment) -> bool {
    planned.state.booking == Status::Held && !planned.price.is_zero()
}

/// Keep an open time for one of the waiting list: held for so many minutes, and owed nothing for until it is taken (`accept`). The
/// caller is the system and holds the people's locks.
pub(crate) async fn keep_for(tx: &mut Tx, command: &BookAppointment, minutes: i64) -> Result<Appointment, BookError> {
    let around = TimeSlot::lasting(command.starts_at.plus_minutes(-300), 900).ok_or(BookError::NoSuchService)?;
    tidy::lapse(tx, command.doctor, command.patient, around).await?;
    let (service, slot) = offered_on(tx, command, Notice::AsOffered).await?;
    if service.requires_approval {
        return Err(BookError::NoSuchService);
    }
    refuse_overlap(tx, command, &slot).await?;
    let quote = billing::prices::quote(tx, command.doctor, slot.price).await?;
    let priced = Slot { price: quote.total, ..slot };
    let until = policy::kept_until(tx.now(), priced.starts_at, service.lead_min, minutes);
    let kept = plan_until(tx, command, (&service, &priced), (Status::Held, until)).await?;
    take(tx, &kept, Entry::offered()).await?;
    let subject = billing::charges::Subject::Appointment(kept.id);
    billing::prices::keep(tx, subject, kept.patient, kept.practitioner, &quote).await?;
    tidy::when_due(tx, &kept).await?;
    Ok(kept)
}

/// What the hold brings with it: a question to the doctor, or (for what is free) the confirmation.
async fn follow_up(tx: &mut Tx, taken: Appointment, by: By) -> Result<Appointment, BookError> {
    if taken.state.booking == Status::Requested {
        care::introduce(tx, &taken).await?;
        Letter::to_doctor(&taken, Occasion::Requested).enqueue(tx).await?;
    } else if taken.price.is_zero() {
        return Ok(confirm_free(tx, &taken, by).await?);
    }
    tidy::when_due(tx, &taken).await?;
    Ok(taken)
}

/// Record what is owed for a time. The caller writes the charge into the appointment.
pub(crate) async fn raise_charge(
    tx: &mut Tx,
    held: &Appointment,
) -> Result<kernel::ids::ChargeId, billing::charges::RaiseError> {
    billing::charges::raise(
        tx,
        billing::charges::NewCharge {
            patient: held.patient,
            practitioner: held.practitioner,
            subject: billing::charges::Subject::Appointment(held.id),
            service: Some(held.service),
            price: held.price,
            payable_until: held.hold_expires_at.unwrap_or(held.starts_at),
        },
    )
    .await
}

fn held_already(open: &[Appointment], command: &BookAppointment) -> Option<Appointment> {
    let same = open.iter().find(|held| {
        held.practitioner == command.doctor
            && held.starts_at == command.starts_at
            && match command.wish {
                Wish::Service(service) => held.service == service,
                Wish::Mode(mode) => held.mode == mode,
            }
    });
    same.cloned()
}

pub(super) async fn refuse_overlap(tx: &mut Tx, command: &BookAppointment, slot: &Slot) -> Result<(), BookError> {
    let time = TimeSlot::new(slot.starts_at, slot.ends_at).ok_or(BookError::NoSuchService)?;
    match store::find_overlap(tx, command.patient, time, None).await? {
        Some(other) => Err(BookError::OwnOverlap { other }),
        None => Ok(()),
    }
}

fn refuse_hoarding(command: &BookAppointment, open: &[Appointment]) -> Result<(), BookError> {
    if let Some(here) = open.iter().find(|held| held.practitioner == command.doctor) {
        return Err(BookError::HoldsAnotherHere { other: here.id });
    }
    if open.len() >= OPEN_HOLDS {
        return Err(BookError::TooManyHolds { open: open.iter().map(|held| held.id).collect() });
    }
    Ok(())
}

/// The appointment as it is going to be written.
async fn plan(
    tx: &mut Tx,
    command: &BookAppointment,
    service: &Service,
    slot: &Slot,
) -> Result<Appointment, BookError> {
    let now = tx.now();
    let state = if service.requires_approval {
        (Status::Requested, policy::decision_end(now, slot.starts_at, service.lead_min))
    } else {
        (Status::Held, policy::hold_end(now, slot.starts_at, service.lead_min))
    };
    plan_until(tx, command, (service, slot), state).await
}

pub(super) async fn plan_until(
    tx: &mut Tx,
    command: &BookAppointment,
    (service, slot): (&Service, &Slot),
    (booking, until): (Status, Timestamp),
) -> Result<Appointment, BookError> {
    let now = tx.now();
    let policy = cancellation::store::find_in_force(tx, service.id).await?;
    Ok(Appointment {
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
    })
}

/// How an appointment comes into the book.
pub(crate) struct Entry<'a> {
    pub(super) verb: &'static str,
    pub(super) by: By,
    /// Why the patient comes, sealed.
    pub(super) reason: Option<&'a [u8]>,
    /// Why it is written at all, as a code, where it is not the patient's own wish.
    pub(super) cause: Option<&'static str>,
    /// Stands beside others at the same time of the doctor.
    pub(super) overbooked: bool,
}

impl<'a> Entry<'a> {
    fn booked(by: By, reason: Option<&'a [u8]>) -> Self {
        Self { verb: "book", by, reason, cause: None, overbooked: false }
    }

    fn offered() -> Self {
        Self { verb: "offer", by: By::System, reason: None, cause: None, overbooked: false }
    }
}

pub(super) async fn take(tx: &mut Tx, planned: &Appointment, entry: Entry<'_>) -> Result<(), BookError> {
    // Under the locks neither constraint can refuse; they stand behind for what does not take the locks.
    store::insert(tx, planned, &entry).await.map_err(|error| match error.constraint() {
        Some("appointments_one_per_practitioner") => BookError::lost(),
        Some("appointments_one_per_patient") => BookError::OwnOverlap { other: planned.id },
        _ => BookError::Db(error),
    })?;
    let Entry { verb, by, cause, .. } = entry;
    store::insert_event(tx, NewEvent { verb, before: None, after: planned, by, reason: cause }).await?;
    Ok(show(tx, planned).await?)
}
