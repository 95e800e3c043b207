use db::Tx;
use kernel::{Fault, FaultKind};

use super::{Purpose, letters, store};
use crate::{
    accounts::{self, Address},
    letters::Sender,
    tokens,
};

#[derive(Debug, thiserror::Error)]
pub enum RecoverError {
    #[error(transparent)]
    Notify(#[from] notify::TellError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for RecoverError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Notify(_) | Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Send a link to set a new password, if the address has an account. The answer is the same if not. System context.
pub async fn recover(tx: &mut Tx, sender: &Sender<'_>, address: &Address) -> Result<(), RecoverError> {
    let Some(candidate) = accounts::store::find_candidate(tx, address).await? else { return Ok(()) };
    let Some(to) = accounts::recipient(tx, candidate.id).await? else { return Ok(()) };
    let (token, hash) = tokens::issue(tx.random());
    let id = store::insert(tx, candidate.id, Purpose::Recovery, &hash).await?;
    letters::recovery(tx, sender, &to, id, &Purpose::Recovery.path(token.expose())).await?;
    tracing::info!(account = %candidate.id, "recovery.sent");
    Ok(())
}
