use access::Actor;
use db::{ResultExt, Tx};
use kernel::{Fault, FaultKind, ids::PatientId};

use super::{
    model::{Sought, Suits, Waiting, WaitingStatus},
    offer::{look, look_everywhere},
    store,
};
use crate::slots::Mode;

/// One patient waits in at most so many places.
pub(super) const MOST_PLACES: i64 = 5;
/// A place may reach so many days ahead.
pub(super) const MOST_DAYS: i32 = 92;

#[derive(Clone, Debug)]
pub struct JoinWaitingList {
    pub patient: PatientId,
    pub sought: Sought,
    /// With a doctor's service, its mode is meant.
    pub mode: Mode,
    pub suits: Suits,
}

#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    #[error("this person does not speak for the patient")]
    NotTheirPatient,
    #[error("nobody can wait for that: it is not offered, or its doctor wants to be asked first")]
    NotOffered,
    #[error("the days are in the wrong order, past, or too far ahead")]
    Days,
    #[error("no day of the week suits")]
    Weekdays,
    #[error("the hours are in the wrong order")]
    Hours,
    #[error("the patient waits for this already")]
    Already,
    #[error("the patient waits in {MOST_PLACES} places")]
    TooMany,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for JoinError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotTheirPatient => FaultKind::NotFound,
            Self::NotOffered => FaultKind::invalid("service", "scheduling-error-not-waited-for"),
            Self::Days => FaultKind::invalid("until_day", "scheduling-error-waiting-days"),
            Self::Weekdays => FaultKind::invalid("weekdays", "scheduling-error-waiting-weekdays"),
            Self::Hours => FaultKind::invalid("ends", "scheduling-error-waiting-hours"),
            Self::Already => FaultKind::invalid("service", "scheduling-error-waiting-already"),
            Self::TooMany => FaultKind::invalid("service", "scheduling-error-waiting-places"),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Wait for a time to get free. What is free already and suits is offered at once.
pub async fn join(tx: &mut Tx, actor: &Actor, command: JoinWaitingList) -> Result<Waiting, JoinError> {
    let JoinWaitingList { patient, sought, mode, suits } = command;
    if !actor.patients.contains(&patient) {
        return Err(JoinError::NotTheirPatient);
    }
    refuse_wrong(tx, &suits)?;
    let mode = offered_mode(tx, &sought, mode).await?;
    store::set_over(tx, patient).await?;
    if store::count_waiting(tx, patient).await? >= MOST_PLACES {
        return Err(JoinError::TooMany);
    }
    let now = tx.now();
    let new = Waiting {
        id: tx.id(),
        patient,
        sought,
        mode,
        suits,
        acuity: 4,
        status: WaitingStatus::Waiting,
        joined_at: now,
    };
    store::insert(tx, &new, actor.account).await.on_constraint("waiting_list_once", || JoinError::Already)?;
    match new.sought {
        Sought::Doctor { practitioner, .. } => look(tx, practitioner).await?,
        Sought::Specialty(_) => look_everywhere(tx).await?,
    }
    Ok(new)
}

fn refuse_wrong(tx: &Tx, suits: &Suits) -> Result<(), JoinError> {
    let today = tx.now().date_in(&suits.zone);
    let in_order = suits.from_day <= suits.until_day && suits.until_day >= today;
    if !in_order || suits.until_day > today.plus_days(MOST_DAYS) || suits.from_day < today.plus_days(-1) {
        return Err(JoinError::Days);
    }
    let mut days = suits.weekdays.clone();
    days.sort_unstable();
    days.dedup();
    if days.is_empty() || days.len() != suits.weekdays.len() || days.iter().any(|day| !(1..=7).contains(day)) {
        return Err(JoinError::Weekdays);
    }
    if suits.has_hours() { Ok(()) } else { Err(JoinError::Hours) }
}

async fn offered_mode(tx: &mut Tx, sought: &Sought, mode: Mode) -> Result<Mode, JoinError> {
    match sought {
        Sought::Doctor { practitioner, service } => {
            let found = store::find_service(tx, *service).await?;
            found.filter(|(doctor, _)| doctor == practitioner).map(|(_, mode)| mode).ok_or(JoinError::NotOffered)
        }
        Sought::Specialty(code) if store::is_specialty(tx, code).await? => Ok(mode),
        Sought::Specialty(_) => Err(JoinError::NotOffered),
    }
}
