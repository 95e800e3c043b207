use db::Tx;
use kernel::{Fault, FaultKind, Secret, ids::AccountId};

use super::{Purpose, letters, store};
use crate::{
    accounts,
    letters::Sender,
    sessions::{self, EndedWhy},
    tokens::TokenHash,
};

#[derive(Debug, thiserror::Error)]
pub enum RedeemError {
    /// Used, expired, or never made.
    #[error("the link is no longer good")]
    Dead,
    #[error(transparent)]
    Notify(#[from] notify::TellError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for RedeemError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Dead => FaultKind::NotFound,
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Notify(_) | Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Whose link this is, while it is good. Changes nothing.
pub async fn find(tx: &mut Tx, purpose: Purpose, token: &str) -> Result<Option<AccountId>, db::Error> {
    store::find(tx, purpose, &TokenHash::of(token)).await
}

/// Set the password and spend the link. Every session of the account ends and its owner is told; nobody is signed in.
pub async fn redeem(
    tx: &mut Tx,
    sender: &Sender<'_>,
    purpose: Purpose,
    token: &str,
    password_hash: &Secret<String>,
) -> Result<AccountId, RedeemError> {
    let account = store::spend(tx, purpose, &TokenHash::of(token)).await?.ok_or(RedeemError::Dead)?;
    accounts::store::set_password(tx, account, password_hash).await?;
    accounts::store::set_email_verified(tx, account).await?;
    sessions::end_all(tx, account, EndedWhy::Recovered).await?;
    if purpose == Purpose::Recovery
        && let Some(to) = accounts::recipient(tx, account).await?
    {
        letters::password_changed(tx, sender, &to).await?;
    }
    tracing::info!(account = %account, purpose = purpose.as_str(), "link.redeemed");
    Ok(account)
}
