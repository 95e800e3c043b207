//! The rule of a service is replaced by its next version.

use access::Actor;
use db::{ResultExt, Tx};
use kernel::{
    Fault, FaultKind, FieldError,
    ids::{PolicyId, PractitionerId, ServiceId},
};

use super::{model::Terms, store};

#[derive(Debug, thiserror::Error)]
pub enum SetError {
    #[error("no such service of this doctor")]
    NotFound,
    #[error("something must be corrected")]
    Invalid(Vec<FieldError>),
    #[error("somebody else has just changed the rule")]
    Changed,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for SetError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::Changed => FaultKind::conflict("changed_in_between"),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Bookings from now on are under these terms; those already made keep theirs. Who may: the doctor and administrators, which the routes
/// prove and row-level security repeats. Terms that say nothing new write nothing.
pub async fn set(
    tx: &mut Tx,
    actor: &Actor,
    doctor: PractitionerId,
    service: ServiceId,
    terms: &Terms,
) -> Result<PolicyId, SetError> {
    let faults = terms.faults();
    if !faults.is_empty() {
        return Err(SetError::Invalid(faults));
    }
    let line = store::find_of_doctor(tx, doctor, service).await?.ok_or(SetError::NotFound)?;
    if line.policy.terms == *terms {
        return Ok(line.policy.id);
    }
    store::insert(tx, doctor, service, terms, actor.account)
        .await
        .on_constraint("cancellation_policies_one_version", || SetError::Changed)
}
