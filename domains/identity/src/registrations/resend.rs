use db::Tx;
use kernel::{Fault, FaultKind, ids::RegistrationId};
use vault::Vault;

use super::{BeginError, CODE_MINUTES, Registration, code_mac, letters, store};

#[derive(Debug, thiserror::Error)]
pub enum ResendError {
    #[error("no such registration")]
    NotFound,
    #[error(transparent)]
    Send(#[from] BeginError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ResendError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Send(error) => error.kind(),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Send a new code; the old one is worth nothing from now on.
pub async fn resend(
    tx: &mut Tx,
    vault: &Vault,
    letters: &letters::Sender<'_>,
    id: RegistrationId,
) -> Result<Registration, ResendError> {
    let registration = store::find(tx, id).await?.ok_or(ResendError::NotFound)?;
    send_code(tx, vault, letters, &registration).await?;
    Ok(registration)
}

pub(super) async fn send_code(
    tx: &mut Tx,
    vault: &Vault,
    letters: &letters::Sender<'_>,
    registration: &Registration,
) -> Result<(), BeginError> {
    let code = tx.random().digits6();
    // A known address is sent no code, and none would fit: what is stored is the MAC of a random token.
    let mac = if registration.known { tx.random().token32() } else { code_mac(vault, registration.id, &code) };
    store::replace_codes(tx, registration.id).await?;
    let expires_at = tx.now().plus_minutes(CODE_MINUTES);
    let code_id = store::insert_code(tx, registration.id, &mac, expires_at).await?;
    if registration.known {
        letters.already_known(tx, registration, code_id).await?;
    } else {
        letters.code(tx, registration, code_id, &code).await?;
    }
    Ok(())
}
