use access::Actor;
use db::Tx;
use kernel::{Fault, FaultKind, ids::PractitionerId};

use super::store;
use crate::queue::plan_wake;

/// Longest that one may be ready at a stretch.
const MOST_HOURS: i64 = 12;
/// What the database takes, too.
pub(super) const MOST_EXTRA: i16 = 6;

/// Whether a doctor may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ready {
    ForHours(i64),
    NotAnyMore,
}

#[derive(Debug, thiserror::Error)]
pub enum PresenceError {
    #[error("not a doctor")]
    NotADoctor,
    #[error("1 to {MOST_HOURS} hours")]
    Hours,
    #[error("0 to {MOST_EXTRA}")]
    Extra,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for PresenceError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotADoctor => FaultKind::NotFound,
            Self::Hours => FaultKind::invalid("hours", "emergency-error-hours"),
            Self::Extra => FaultKind::invalid("extra", "emergency-error-extra"),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Be asked from now on, by whoever waits first, or no longer. What was asked before stays to be answered.
pub async fn be_ready(tx: &mut Tx, actor: &Actor, ready: Ready) -> Result<(), PresenceError> {
    let doctor = own(actor)?;
    let until = match ready {
        Ready::ForHours(hours) if (1..=MOST_HOURS).contains(&hours) => Some(tx.now().plus_minutes(hours * 60)),
        Ready::ForHours(_) => return Err(PresenceError::Hours),
        Ready::NotAnyMore => None,
    };
    store::set_ready(tx, doctor, until).await?;
    if until.is_some() {
        plan_wake(tx, None).await?;
    }
    Ok(())
}

/// The page is open.
pub async fn heartbeat(tx: &mut Tx, actor: &Actor) -> Result<(), PresenceError> {
    let doctor = own(actor)?;
    Ok(store::set_seen(tx, doctor).await?)
}

/// How many visits a day may stand beside what is booked.
pub async fn set_extra(tx: &mut Tx, actor: &Actor, extra: i16) -> Result<(), PresenceError> {
    let doctor = own(actor)?;
    if !(0..=MOST_EXTRA).contains(&extra) {
        return Err(PresenceError::Extra);
    }
    Ok(store::set_extra(tx, doctor, extra).await?)
}

fn own(actor: &Actor) -> Result<PractitionerId, PresenceError> {
    actor.practitioner.ok_or(PresenceError::NotADoctor)
}
