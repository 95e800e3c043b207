use db::Tx;
use jobs::When;
use kernel::{
    Fault, FaultKind,
    ids::{OutsideCalendarId, PractitionerId},
};

use super::{ask::AskCalendar, store};

#[derive(Debug, thiserror::Error)]
pub(crate) enum CalendarError {
    #[error("no such calendar of this doctor")]
    NotFound,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for CalendarError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Its busy times count no more, from this moment.
pub(super) async fn remove(tx: &mut Tx, doctor: PractitionerId, id: OutsideCalendarId) -> Result<(), CalendarError> {
    if store::delete(tx, doctor, id).await? { Ok(()) } else { Err(CalendarError::NotFound) }
}

/// Ask it now, whenever it would have been its turn.
pub(super) async fn fetch_now(tx: &mut Tx, doctor: PractitionerId, id: OutsideCalendarId) -> Result<(), CalendarError> {
    if !store::is_of(tx, doctor, id).await? {
        return Err(CalendarError::NotFound);
    }
    jobs::enqueue(tx, &AskCalendar { calendar: id }, When::Now).await?;
    Ok(())
}
