use db::Tx;
use kernel::{
    Fault, FaultKind, FieldError,
    ids::{PractitionerId, ServiceId},
};

use super::store;

/// What a service gives after a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowUp {
    None,
    /// So many visits that start within so many days after it.
    Free {
        days: i32,
        visits: i32,
    },
}

#[derive(Debug, thiserror::Error)]
pub enum SetError {
    #[error("no such service of this doctor")]
    NotFound,
    #[error("from 1 to 365 days")]
    Days,
    #[error("from 1 to 10 visits")]
    Visits,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for SetError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Days => FaultKind::Invalid(vec![FieldError::new("days", "scheduling-error-follow-up-days")]),
            Self::Visits => FaultKind::Invalid(vec![FieldError::new("visits", "scheduling-error-follow-up-visits")]),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Visits that end from now on give this. Who may: the doctor and administrators, which the routes prove and row-level security repeats.
pub async fn set(tx: &mut Tx, doctor: PractitionerId, service: ServiceId, follow_up: FollowUp) -> Result<(), SetError> {
    if let FollowUp::Free { days, visits } = follow_up {
        if !(1..=365).contains(&days) {
            return Err(SetError::Days);
        }
        if !(1..=10).contains(&visits) {
            return Err(SetError::Visits);
        }
    }
    if store::set_terms(tx, doctor, service, follow_up).await? { Ok(()) } else { Err(SetError::NotFound) }
}
