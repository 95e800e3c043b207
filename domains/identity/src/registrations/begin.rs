use db::Tx;
use kernel::{Fault, FaultKind, LocalDate, Locale, Secret, Zone};
use vault::Vault;

use super::{Channel, REGISTRATION_MINUTES, Registration, letters, store};
use crate::{
    accounts::{self, Address},
    network::Origin,
};

/// A checked sign-up form.
#[derive(Clone, Debug)]
pub struct BeginRegistration {
    pub address: Address,
    pub name: String,
    pub birth_date: Option<LocalDate>,
    /// Of `passwords::hash`; hashed before the transaction begins.
    pub password_hash: Secret<String>,
    pub locale: Locale,
    pub zone: Zone,
    /// Where to go afterwards; a path of ours, or empty.
    pub next: String,
    pub origin: Origin,
}

#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Notify(#[from] notify::TellError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for BeginError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Vault(_) | Self::Notify(_) | Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Take the registration down and send the code. A known address gets a letter instead of a code, and the same answer.
/// The caller has passed the limits (`throttle`); system context.
pub async fn begin(
    tx: &mut Tx,
    vault: &Vault,
    letters: &letters::Sender<'_>,
    new: BeginRegistration,
) -> Result<Registration, BeginError> {
    let known = accounts::store::is_known(tx, &new.address).await?;
    let registration = Registration {
        id: tx.id(),
        channel: Channel::of(&new.address),
        address: new.address,
        name: new.name,
        birth_date: new.birth_date,
        locale: new.locale,
        zone: new.zone,
        next: new.next,
        expires_at: tx.now().plus_minutes(REGISTRATION_MINUTES),
        known,
        password_hash: new.password_hash,
    };
    store::insert(tx, &registration, &new.origin).await?;
    super::resend::send_code(tx, vault, letters, &registration).await?;
    tracing::info!(registration = %registration.id, channel = registration.channel.as_str(), "registration.begun");
    Ok(registration)
}
