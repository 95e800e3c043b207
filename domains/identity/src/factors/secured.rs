use db::Tx;
use kernel::{
    Fault, FaultKind,
    ids::{AccountId, SessionId},
};

use crate::{
    accounts,
    letters::{self, Sender},
    network::Origin,
    sessions::{self, EndedWhy, Factor, Opened},
};

/// The factors of an account have changed: every other session ends, this one gets a new token, and the owner is told.
pub(crate) async fn secured(
    tx: &mut Tx,
    sender: &Sender<'_>,
    account: AccountId,
    session: SessionId,
    factor: Factor,
    origin: &Origin,
) -> Result<Opened, SecuredError> {
    sessions::end_others(tx, account, session, EndedWhy::FactorChanged).await?;
    let opened = sessions::rotate(tx, session, account, factor, origin).await?;
    if let Some(to) = accounts::recipient(tx, account).await? {
        letters::factors_changed(tx, sender, &to).await?;
    }
    Ok(opened)
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum SecuredError {
    #[error(transparent)]
    Notify(#[from] notify::TellError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for SecuredError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Notify(_) | Self::Db(_) => FaultKind::Internal,
        }
    }
}
