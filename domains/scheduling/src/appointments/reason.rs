//! Why the patient comes. Sealed: only the patient and the doctor read it.

use db::Tx;
use kernel::{Fault, FaultKind, Phi};
use vault::{At, Vault};

use super::{model::Appointment, store};

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

/// Write the reason down; an empty one changes nothing.
pub async fn write(tx: &mut Tx, vault: &Vault, appointment: &Appointment, text: &str) -> Result<(), ReasonError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(());
    }
    if text.chars().count() > LONGEST {
        return Err(ReasonError::TooLong);
    }
    let sealed = vault.seal_text(tx, appointment.patient, at(appointment), text).await?;
    Ok(store::set_reason(tx, appointment.id, &sealed).await?)
}

/// What the patient wrote, for those who may see the appointment.
pub async fn read(tx: &mut Tx, vault: &Vault, appointment: &Appointment) -> Result<Option<Phi<String>>, ReasonError> {
    match store::find_reason(tx, appointment.id).await? {
        Some(sealed) => Ok(Some(vault.open_text(tx, appointment.patient, at(appointment), &sealed).await?)),
        None => Ok(None),
    }
}
