//! What the operator does at the terminal: a fresh installation has no account that anyone could use.

use db::{Context, Db};

use crate::{
    accounts::Address,
    links::{self, InviteError},
};

#[derive(Debug, thiserror::Error)]
pub enum CreateAdministratorError {
    #[error("not an e-mail address")]
    Address,
    #[error("this address already has an account")]
    Taken,
    #[error(transparent)]
    Invite(InviteError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<InviteError> for CreateAdministratorError {
    fn from(error: InviteError) -> Self {
        match error {
            InviteError::Account(crate::accounts::CreateError::AddressTaken) => Self::Taken,
            other => Self::Invite(other),
        }
    }
}

/// `bedside admin create EMAIL`: an administrator without a password, and the path of the link with which the account is
/// opened once, within three days. Put the address of the house before it.
pub async fn create_administrator(db: &Db, email: &str) -> Result<String, CreateAdministratorError> {
    let address = Address::email(email).map_err(|_| CreateAdministratorError::Address)?;
    let mut tx = db.begin(&Context::system("bedside admin create")).await?;
    let path = links::first_administrator(&mut tx, &address).await?;
    tx.commit().await?;
    Ok(path)
}
