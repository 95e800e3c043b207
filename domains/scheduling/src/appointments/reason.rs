//! Why the patient comes. Sealed: only the patient and the doctor read it.

use db::Tx;
use kernel::{Fault, FaultKind, Phi};
use vault::{At, Vault};

use super::{
    model::{Appointment, By, Status},
    store,
};

/// Characters.
pub(super) const LONGEST: usize = 1000;

#[derive(Debug, thiserror::Error)]
pub enum ReasonError {
    #[error("longer than {LONGEST} characters")]
    TooLong,
    #[error("cannot be sealed")]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ReasonError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::TooLong => FaultKind::invalid("reason", "scheduling-error-reason-too-long"),
            Self::Vault(_) | Self::Db(_) => FaultKind::Internal,
        }
    }
}

fn at(appointment: &Appointment) -> At {
    At::new("appointments", "reason_sealed", appointment.id.uuid())
}

/// The reason as it is stored; `None` for an empty one.
pub(super) async fn seal(
    tx: &mut Tx,
    vault: &Vault,
    appointment: &Appointment,
    text: &str,
) -> Result<Option<Vec<u8>>, ReasonError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if text.chars().count() > LONGEST {
        return Err(ReasonError::TooLong);
    }
    Ok(Some(vault.seal_text(tx, appointment.patient, at(appointment), text).await?))
}

/// Write the reason down; an empty one changes nothing.
pub async fn write(tx: &mut Tx, vault: &Vault, appointment: &Appointment, text: &str) -> Result<(), ReasonError> {
    match seal(tx, vault, appointment, text).await? {
        Some(sealed) => Ok(store::set_reason(tx, appointment.id, &sealed).await?),
        None => Ok(()),
    }
}

/// What the patient wrote, for the two whom it concerns; `None` for everyone else. A doctor reads it of visits that are asked for,
/// agreed or held, and not of those that came to nothing. Written down in the trail: commit afterwards.
pub async fn read(
    tx: &mut Tx,
    vault: &Vault,
    by: By,
    appointment: &Appointment,
) -> Result<Option<Phi<String>>, ReasonError> {
    let concerns_doctor =
        matches!(appointment.status_at(tx.now()), Status::Requested | Status::Confirmed | Status::Fulfilled);
    let purpose = match by {
        By::Patient(_) => "own_record",
        By::Doctor(_) if concerns_doctor => "treatment",
        By::Doctor(_) | By::Administrator(_) | By::Reception(_) | By::System => return Ok(None),
    };
    match store::find_reason(tx, appointment.id, purpose).await? {
        Some(sealed) => Ok(Some(vault.open_text(tx, appointment.patient, at(appointment), &sealed).await?)),
        None => Ok(None),
    }
}
