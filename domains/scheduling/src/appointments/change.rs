//! What every command does: take the locks in one order, step the state machine, write the row and its event, tell the open pages.

use db::Tx;
use kernel::{Fault, FaultKind};

use super::{
    model::{Appointment, By, IllegalTransition, Verb},
    policy,
    store::{self, NewEvent},
};
use web::live::{LiveEvent, Topic, publish};

/// A command that cannot be carried out, whatever the command.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    #[error("no such appointment")]
    NotFound,
    #[error(transparent)]
    Illegal(#[from] IllegalTransition),
    /// Somebody else changed it in between.
    #[error("the appointment was changed in between")]
    Changed,
    /// The time it should have again belongs to somebody else by now.
    #[error("the time is taken")]
    TimeTaken,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ChangeError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Illegal(illegal) => illegal.kind(),
            Self::Changed => FaultKind::conflict("changed_in_between"),
            Self::TimeTaken => FaultKind::conflict("slot_taken"),
            Self::Db(error) => error.kind(),
        }
    }
}

/// A command with who gives it and why.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change {
    pub(crate) verb: Verb,
    pub(crate) by: By,
    pub(crate) reason: Option<&'static str>,
}

impl Change {
    pub(crate) const fn new(verb: Verb, by: By) -> Self {
        Self { verb, by, reason: None }
    }

    pub(crate) const fn because(self, reason: &'static str) -> Self {
        Self { reason: Some(reason), ..self }
    }
}

/// The appointment as it now is, held until the transaction ends, with both people's times.
pub(crate) async fn hold(tx: &mut Tx, seen: &Appointment) -> Result<Appointment, ChangeError> {
    store::lock_people(tx, seen.practitioner, seen.patient).await?;
    store::lock(tx, seen.id).await?.ok_or(ChangeError::NotFound)
}

/// Step a held appointment. `facts` writes what goes with the new state.
pub(crate) async fn step(
    tx: &mut Tx,
    held: &Appointment,
    change: Change,
    facts: impl FnOnce(&mut Appointment),
) -> Result<Appointment, ChangeError> {
    let now = tx.now();
    let state = match change.verb {
        // These two are about lapsed holds, so they look at what is written; all others at what holds now.
        Verb::Expire | Verb::Confirm => held.state,
        _ => held.state_at(now),
    };
    let mut after = held.clone();
    after.state = state.after(change.verb)?;
    after.version += 1;
    after.closed_at = (!after.state.booking.is_active()).then_some(held.closed_at.unwrap_or(now));
    if !after.state.booking.lapses() {
        after.hold_expires_at = None;
    }
    facts(&mut after);
    let written = store::set(tx, &after, held.version).await.map_err(|error| match error.constraint() {
        Some("appointments_one_per_practitioner" | "appointments_one_per_patient") => ChangeError::TimeTaken,
        _ => ChangeError::Db(error),
    })?;
    if !written {
        return Err(ChangeError::Changed);
    }
    let event =
        NewEvent { verb: change.verb.code(), before: Some(held), after: &after, by: change.by, reason: change.reason };
    store::insert_event(tx, event).await?;
    if let Some(charge) = after.charge
        && policy::is_earned(after.state.booking)
        && !policy::is_earned(held.state.booking)
    {
        billing::shares::when_done(tx, charge, now).await?;
    }
    show(tx, &after).await?;
    Ok(after)
}

/// Tell the pages that are open: the appointment's own, the doctor's day, the patient's.
pub(crate) async fn show(tx: &mut Tx, appointment: &Appointment) -> Result<(), db::Error> {
    let data = serde_json::json!({
        "appointment": appointment.id,
        "status": appointment.state.booking.code(),
        "visit_status": appointment.state.visit.code(),
        "version": appointment.version,
    });
    let account = store::people::find_patient_account(tx, appointment.patient).await?;
    let topics = [Topic::Appointment(appointment.id), Topic::Practitioner(appointment.practitioner)];
    for topic in topics.into_iter().chain(account.map(Topic::Account)) {
        publish(tx, topic, LiveEvent { kind: "appointment", data: data.clone() }).await?;
    }
    Ok(())
}
