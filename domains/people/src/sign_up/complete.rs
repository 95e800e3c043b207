use db::Tx;
use identity::{
    Origin,
    registrations::{self, Verification, VerifyError},
    sessions::{self, Factor, Opened},
};
use kernel::{
    Fault, FaultKind,
    ids::{PatientId, RegistrationId},
};
use vault::Vault;

use crate::patients::{self, NewPatient};

/// What came of a code. The caller commits in every case: a wrong try must count.
#[derive(Clone, Debug)]
pub enum Completed {
    Done(SignedUp),
    Wrong { tries_left: i16 },
    Dead,
}

#[derive(Clone, Debug)]
pub struct SignedUp {
    pub session: Opened,
    pub patient: PatientId,
    pub next: String,
}

#[derive(Debug, thiserror::Error)]
pub enum CompleteError {
    #[error(transparent)]
    Verify(#[from] VerifyError),
    #[error(transparent)]
    Patient(#[from] patients::CreateError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for CompleteError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Verify(error) => error.kind(),
            Self::Patient(error) => error.kind(),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// With the right code: the account, the record and the session, all or none. System context.
pub async fn complete(
    tx: &mut Tx,
    vault: &Vault,
    registration: RegistrationId,
    code: &str,
    origin: &Origin,
) -> Result<Completed, CompleteError> {
    let registered = match registrations::verify(tx, vault, registration, code).await? {
        Verification::Done(registered) => registered,
        Verification::Wrong { tries_left } => return Ok(Completed::Wrong { tries_left }),
        Verification::Dead => return Ok(Completed::Dead),
    };
    let new = NewPatient {
        account: registered.account,
        full_name: &registered.name,
        birth_date: registered.birth_date,
        phone: registered.phone.as_deref(),
    };
    let patient = patients::create_own(tx, &new).await?;
    let session = sessions::open(tx, registered.account, Factor::Code, origin).await?;
    Ok(Completed::Done(SignedUp { session, patient, next: registered.next }))
}
