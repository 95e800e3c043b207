use access::{Actor, Role};
use db::Tx;
use kernel::{Fault, FaultKind};

use super::store;

/// Longest that one may be on duty at a stretch.
const MOST_HOURS: i64 = 24;

#[derive(Debug, thiserror::Error)]
pub enum DutyError {
    #[error("not an administrator")]
    NotAnAdministrator,
    #[error("0 to {MOST_HOURS} hours")]
    Hours,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for DutyError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotAnAdministrator => FaultKind::NotFound,
            Self::Hours => FaultKind::invalid("hours", "emergency-error-duty"),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Be told of broken promises for so many hours; none ends it.
pub async fn be_on_duty(tx: &mut Tx, actor: &Actor, hours: i64) -> Result<(), DutyError> {
    if !actor.is(Role::Administrator) {
        return Err(DutyError::NotAnAdministrator);
    }
    if !(0..=MOST_HOURS).contains(&hours) {
        return Err(DutyError::Hours);
    }
    let until = tx.now().plus_minutes(hours * 60);
    Ok(store::set_duty(tx, actor.account, until).await?)
}
