use db::Tx;
use identity::letters::Sender;
use kernel::{Fault, FaultKind, Refusal};

use super::{Practitioner, letters, store};

#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// Fluent keys of what is missing.
    #[error("the doctor is not checked or the profile is not complete")]
    NotReady(Vec<&'static str>),
    #[error("the doctor is published or suspended already")]
    WrongState,
    #[error(transparent)]
    Notify(#[from] notify::TellError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for PublishError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotReady(missing) => FaultKind::Forbidden(Refusal {
                rule: "a doctor is published after licence and identity were checked and the profile is complete",
                facts: missing.iter().map(|key| ("missing", (*key).to_owned())).collect(),
                who_can_change: "an administrator, by recording the checks; the doctor, by completing the profile",
            }),
            Self::WrongState => FaultKind::conflict("illegal_transition"),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Notify(_) | Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// What stands between this doctor and the public page: Fluent keys.
pub(super) fn hindrances(doctor: &Practitioner) -> Vec<&'static str> {
    let mut missing = doctor.missing();
    if doctor.licence_checked_on.is_none() {
        missing.push("people-doctor-missing-licence-check");
    }
    if doctor.identity_checked_on.is_none() {
        missing.push("people-doctor-missing-identity-check");
    }
    missing
}

/// From now on patients find the doctor, who is told.
pub async fn publish(tx: &mut Tx, sender: &Sender<'_>, doctor: &Practitioner) -> Result<(), PublishError> {
    let next = doctor.status.publish().ok_or(PublishError::WrongState)?;
    let missing = hindrances(doctor);
    if !missing.is_empty() {
        return Err(PublishError::NotReady(missing));
    }
    if !store::set_status(tx, doctor.id, doctor.status, next, None).await? {
        return Err(PublishError::WrongState);
    }
    let entry = audit::Entry {
        action: "published",
        object: "practitioner",
        object_id: doctor.id.uuid(),
        patient: None,
        purpose: "operations",
    };
    letters::published(tx, sender, doctor).await?;
    audit::record(tx, entry).await?;
    Ok(())
}
