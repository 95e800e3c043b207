use access::Role;
use db::Tx;
use kernel::{Fault, FaultKind, Locale, Zone, ids::AccountId};

use super::{Purpose, letters, store};
use crate::{
    accounts::{self, Address, CreateError, NewAccount},
    letters::Sender,
    tokens,
};

/// A member of staff to be invited.
#[derive(Clone, Debug)]
pub struct Invitation<'a> {
    pub email: &'a Address,
    pub name: &'a str,
    pub role: Role,
    pub locale: Locale,
    pub zone: &'a Zone,
}

#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    #[error(transparent)]
    Account(#[from] CreateError),
    #[error(transparent)]
    Notify(#[from] notify::TellError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for InviteError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Account(error) => error.kind(),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Notify(_) | Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Open an account without a password and send its owner the link to set one. System context; the caller has checked who asks.
pub async fn invite(tx: &mut Tx, sender: &Sender<'_>, new: Invitation<'_>) -> Result<AccountId, InviteError> {
    let account = open_account(tx, &new).await?;
    send(tx, sender, account).await?;
    Ok(account)
}

/// Send a fresh link to someone invited before; the older link is dead.
pub async fn send(tx: &mut Tx, sender: &Sender<'_>, account: AccountId) -> Result<(), InviteError> {
    let Some(to) = accounts::recipient(tx, account).await? else { return Ok(()) };
    store::set_all_used(tx, account).await?;
    let (token, hash) = tokens::issue(tx.random());
    let id = store::insert(tx, account, Purpose::Invitation, &hash).await?;
    letters::invitation(tx, sender, &to, id, &Purpose::Invitation.path(token.expose())).await?;
    Ok(())
}

/// The path of the link itself, for the operator's terminal: the first administrator has nobody to write to.
pub async fn first_administrator(tx: &mut Tx, email: &Address) -> Result<String, InviteError> {
    let new =
        Invitation { email, name: email.text(), role: Role::Administrator, locale: Locale::En, zone: &Zone::utc() };
    let account = open_account(tx, &new).await?;
    let (token, hash) = tokens::issue(tx.random());
    store::insert(tx, account, Purpose::Invitation, &hash).await?;
    Ok(Purpose::Invitation.path(token.expose()))
}

async fn open_account(tx: &mut Tx, new: &Invitation<'_>) -> Result<AccountId, CreateError> {
    let account = NewAccount {
        address: new.email,
        name: new.name,
        password_hash: None,
        locale: new.locale,
        zone: new.zone,
        roles: &[new.role],
        address_is_verified: false,
    };
    accounts::create(tx, account).await
}
