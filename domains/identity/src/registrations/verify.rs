use access::Role;
use db::Tx;
use kernel::{
    Fault, FaultKind, LocalDate,
    ids::{AccountId, RegistrationId},
};
use subtle::ConstantTimeEq;
use vault::Vault;

use super::{CODE_TRIES, Registration, code_mac, store};
use crate::accounts::{self, CreateError, NewAccount};

/// What came of a code. The caller commits in every case: a wrong try must count.
#[derive(Clone, Debug)]
pub enum Verification {
    Done(Registered),
    Wrong {
        tries_left: i16,
    },
    /// Used, replaced, too old, or tried too often: a new one must be sent.
    Dead,
}

/// A new account, and what its owner said at the door.
#[derive(Clone, Debug)]
pub struct Registered {
    pub account: AccountId,
    pub name: String,
    pub birth_date: Option<LocalDate>,
    pub phone: Option<String>,
    pub next: String,
}

#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    #[error("no such registration")]
    NotFound,
    /// Between the sending and the typing the same address got an account by another registration.
    #[error(transparent)]
    Account(#[from] CreateError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for VerifyError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Account(error) => error.kind(),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Try a code. Of two who try the right one at the same moment, one gets the account: the try is counted and the code
/// spent by guarded updates of one row.
pub async fn verify(tx: &mut Tx, vault: &Vault, id: RegistrationId, code: &str) -> Result<Verification, VerifyError> {
    let registration = store::find(tx, id).await?.ok_or(VerifyError::NotFound)?;
    let Some(tried) = store::count_try(tx, id, CODE_TRIES).await? else { return Ok(Verification::Dead) };
    let typed: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let right = bool::from(tried.mac[..].ct_eq(&code_mac(vault, id, &typed)[..]));
    if !right || registration.known {
        let tries_left = CODE_TRIES - tried.tries;
        return Ok(if tries_left > 0 { Verification::Wrong { tries_left } } else { Verification::Dead });
    }
    if !store::set_used(tx, tried.id).await? {
        return Ok(Verification::Dead);
    }
    let account = accounts::create(tx, new_account(&registration)).await?;
    store::set_verified(tx, id, account).await?;
    tracing::info!(registration = %id, account = %account, "registration.verified");
    Ok(Verification::Done(Registered {
        account,
        phone: registration.address.as_phone().map(str::to_owned),
        name: registration.name,
        birth_date: registration.birth_date,
        next: registration.next,
    }))
}

fn new_account(registration: &Registration) -> NewAccount<'_> {
    NewAccount {
        address: &registration.address,
        name: &registration.name,
        password_hash: Some(&registration.password_hash),
        locale: registration.locale,
        zone: &registration.zone,
        roles: &[Role::Patient],
        address_is_verified: true,
    }
}
