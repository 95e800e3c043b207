use access::Role;
use db::Tx;
use kernel::{Fault, FaultKind, Locale, Secret, Zone, ids::AccountId};

use super::{Address, store};

/// What an account begins with. Without a password it is entered by an invitation first.
#[derive(Clone, Debug)]
pub struct NewAccount<'a> {
    pub address: &'a Address,
    pub name: &'a str,
    /// An Argon2id PHC string, of `passwords::hash`.
    pub password_hash: Option<&'a Secret<String>>,
    pub locale: Locale,
    pub zone: &'a Zone,
    pub roles: &'a [Role],
    /// Whether the person has shown that the address is theirs.
    pub address_is_verified: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    #[error("this address already has an account")]
    AddressTaken,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for CreateError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::AddressTaken => FaultKind::conflict("address_taken"),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Open an account with its roles. The caller's transaction must be in the system context: nobody creates accounts by
/// virtue of an account alone.
pub async fn create(tx: &mut Tx, new: NewAccount<'_>) -> Result<AccountId, CreateError> {
    let id = tx.id();
    store::insert(tx, id, &new).await.map_err(|error| match error.constraint() {
        Some("accounts_email_key" | "accounts_phone_key") => CreateError::AddressTaken,
        _ => CreateError::Db(error),
    })?;
    for role in new.roles {
        store::insert_role(tx, id, *role).await?;
    }
    Ok(id)
}
