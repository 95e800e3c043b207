use access::Actor;
use db::Tx;
use kernel::{Fault, FaultKind, TimeSlot, Timestamp, ids::AppointmentId};

use super::{
    book::with_alternatives,
    change::{Change, ChangeError, hold, step},
    model::{Appointment, By, Status, Verb},
    offered::{Near, alternatives},
    policy, store, tidy,
};
use crate::{
    events::AppointmentMoved,
    letters::{Letter, Occasion},
    slots::{Doctors, Notice, Slot, rules_for, slot_at},
    waiting_list,
};

#[derive(Debug, thiserror::Error)]
pub enum RescheduleError {
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// Moved too often already, or too near.
    #[error("the rule of this visit allows no further move")]
    NotAnyMore,
    #[error("the new time is not open")]
    SlotTaken { alternatives: Vec<Slot> },
    #[error("the patient has another appointment then")]
    OwnOverlap { other: AppointmentId },
    #[error("the doctor no longer offers this kind of visit")]
    NoSuchService,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for RescheduleError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Change(error) => error.kind(),
            Self::NotAnyMore => FaultKind::conflict("not_movable"),
            Self::SlotTaken { alternatives } => with_alternatives("slot_taken", alternatives),
            Self::OwnOverlap { other } => FaultKind::Conflict {
                code: "own_overlap",
                detail: Some(serde_json::json!({ "appointment_id": other })),
            },
            Self::NoSuchService => FaultKind::conflict("service_withdrawn"),
            Self::Db(error) => error.kind(),
        }
    }
}

impl RescheduleError {
    /// Run again, the same move may well succeed.
    pub(crate) fn is_retryable(&self) -> bool {
        match self {
            Self::Db(error) | Self::Change(ChangeError::Db(error)) => error.is_retryable(),
            _ => false,
        }
    }
}

/// Move a confirmed appointment to another open time of the same service, in place: the id and the price stay. Its own old time never
/// blocks the move. If the new time cannot be had, nothing changes.
pub async fn reschedule(
    tx: &mut Tx,
    actor: &Actor,
    id: AppointmentId,
    starts_at: Timestamp,
) -> Result<Appointment, RescheduleError> {
    let seen = store::find_for(tx, actor, id).await?.ok_or(ChangeError::NotFound)?;
    let by = By::of(actor, &seen).filter(|by| !matches!(by, By::Doctor(_))).ok_or(ChangeError::NotFound)?;
    let held = hold(tx, &seen).await?;
    let now = tx.now();
    held.state_at(now).after(Verb::Reschedule).map_err(ChangeError::from)?;
    if !policy::may_move(&held, by, now) {
        return Err(RescheduleError::NotAnyMore);
    }
    if held.starts_at == starts_at {
        return Ok(held);
    }
    let slot = open_then(tx, &held, starts_at).await?;
    let time = TimeSlot::new(slot.starts_at, slot.ends_at).ok_or(RescheduleError::NoSuchService)?;
    if let Some(other) = store::find_overlap(tx, held.patient, time, Some(held.id)).await? {
        return Err(RescheduleError::OwnOverlap { other });
    }
    let self_moves = held.moves + i32::from(matches!(by, By::Patient(_)));
    let stepped = step(tx, &held, Change::new(Verb::Reschedule, by), |a| {
        (a.starts_at, a.ends_at, a.busy, a.moves) = (slot.starts_at, slot.ends_at, slot.busy, self_moves);
    })
    .await;
    let moved = refused_by_constraint(stepped)?;
    debug_assert_eq!(moved.state.booking, Status::Confirmed);
    jobs::publish(tx, &AppointmentMoved { appointment: moved.id }).await?;
    waiting_list::look(tx, moved.practitioner).await?;
    Letter::to_patient(&moved, Occasion::Moved).enqueue(tx).await?;
    Letter::to_doctor(&moved, Occasion::Moved).enqueue(tx).await?;
    Ok(moved)
}

async fn open_then(tx: &mut Tx, held: &Appointment, starts_at: Timestamp) -> Result<Slot, RescheduleError> {
    let now = tx.now();
    let around = held.busy.widened(60, 60);
    tidy::lapse(
        tx,
        held.practitioner,
        held.patient,
        TimeSlot::lasting(starts_at.plus_minutes(-300), 900).unwrap_or(around),
    )
    .await?;
    let rules = rules_for(tx, &[held.practitioner], Doctors::Any, starts_at, starts_at.plus_days(1)).await?;
    let mut rules = rules.into_iter().next().ok_or(RescheduleError::NoSuchService)?;
    rules.without(held.busy, held.service, held.starts_at);
    if !rules.services.iter().any(|s| s.id == held.service) {
        return Err(RescheduleError::NoSuchService);
    }
    if let Some(slot) = slot_at(&rules, held.service, starts_at, now, Notice::AsOffered) {
        return Ok(slot);
    }
    let near = Near { doctor: held.practitioner, wished: starts_at, mode: held.mode };
    Err(RescheduleError::SlotTaken { alternatives: alternatives(tx, &near).await? })
}

/// Under the locks this cannot happen; should it, it is the same answer.
fn refused_by_constraint(stepped: Result<Appointment, ChangeError>) -> Result<Appointment, RescheduleError> {
    match stepped {
        Err(ChangeError::TimeTaken) => Err(RescheduleError::SlotTaken { alternatives: Vec::new() }),
        other => Ok(other?),
    }
}
