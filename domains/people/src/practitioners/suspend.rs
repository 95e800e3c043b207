use db::Tx;
use identity::{
    letters::Sender,
    sessions::{self, EndedWhy},
};
use kernel::{Fault, FaultKind};

use super::{Practitioner, PublishError, letters, publish::hindrances, store};

#[derive(Debug, thiserror::Error)]
pub enum SuspendError {
    #[error("the doctor is not in a state for this")]
    WrongState,
    #[error(transparent)]
    NotReady(PublishError),
    #[error(transparent)]
    Notify(#[from] notify::TellError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for SuspendError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::WrongState => FaultKind::conflict("illegal_transition"),
            Self::NotReady(error) => error.kind(),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Notify(_) | Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Take the doctor off the public pages and out of the house: every session ends. System context, on behalf of an
/// administrator.
pub async fn suspend(tx: &mut Tx, sender: &Sender<'_>, doctor: &Practitioner, why: &str) -> Result<(), SuspendError> {
    let next = doctor.status.suspend().ok_or(SuspendError::WrongState)?;
    if !store::set_status(tx, doctor.id, doctor.status, next, Some(why)).await? {
        return Err(SuspendError::WrongState);
    }
    sessions::end_all(tx, doctor.account, EndedWhy::Revoked).await?;
    letters::suspended(tx, sender, doctor).await?;
    record(tx, doctor, "suspended").await?;
    Ok(())
}

/// Back to the public pages; the checks must still stand.
pub async fn reinstate(tx: &mut Tx, sender: &Sender<'_>, doctor: &Practitioner) -> Result<(), SuspendError> {
    let next = doctor.status.reinstate().ok_or(SuspendError::WrongState)?;
    let missing = hindrances(doctor);
    if !missing.is_empty() {
        return Err(SuspendError::NotReady(PublishError::NotReady(missing)));
    }
    if !store::set_status(tx, doctor.id, doctor.status, next, None).await? {
        return Err(SuspendError::WrongState);
    }
    letters::published(tx, sender, doctor).await?;
    record(tx, doctor, "reinstated").await?;
    Ok(())
}

async fn record(tx: &mut Tx, doctor: &Practitioner, action: &'static str) -> Result<(), db::Error> {
    let entry = audit::Entry {
        action,
        object: "practitioner",
        object_id: doctor.id.uuid(),
        patient: None,
        purpose: "operations",
    };
    audit::record(tx, entry).await?;
    Ok(())
}
