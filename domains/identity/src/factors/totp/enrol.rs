use db::Tx;
use kernel::{Fault, FaultKind, Secret, ids::AccountId};
use vault::Vault;

use super::{secret, store};

/// What the page shows once: scan or type it, then prove it with a code.
#[derive(Clone, Debug)]
pub struct Enrolment {
    pub otpauth_url: Secret<String>,
    pub readable: Secret<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum TotpError {
    #[error("there is an authenticator app already")]
    AlreadyThere,
    #[error("nothing was begun")]
    NotBegun,
    #[error("the code is wrong")]
    Wrong,
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for TotpError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::AlreadyThere => FaultKind::conflict("totp_enrolled"),
            Self::NotBegun => FaultKind::NotFound,
            Self::Wrong => FaultKind::invalid("code", "identity-code-wrong"),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Vault(_) | Self::Db(_) => FaultKind::Internal,
        }
    }
}

const SECRET_BYTES: usize = 20;

/// Begin, or show again what was begun: a reload must not change the secret that was just scanned.
pub async fn start(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    issuer: &str,
    account_name: &str,
) -> Result<Enrolment, TotpError> {
    if store::confirmed_at(tx, account).await?.is_some() {
        return Err(TotpError::AlreadyThere);
    }
    let key = match store::find_unconfirmed(tx, account).await? {
        Some(sealed) => vault.open_platform(tx, secret::at(account), &sealed).await?.into_inner(),
        None => begin(tx, vault, account).await?,
    };
    Ok(Enrolment {
        otpauth_url: Secret::new(secret::otpauth_url(&key, issuer, account_name)),
        readable: Secret::new(secret::readable(&key)),
    })
}

async fn begin(tx: &mut Tx, vault: &Vault, account: AccountId) -> Result<Vec<u8>, TotpError> {
    let mut key = vec![0; SECRET_BYTES];
    tx.random().fill(&mut key);
    let sealed = vault.seal_platform(tx, secret::at(account), &key).await?;
    store::insert(tx, account, &sealed).await?;
    Ok(key)
}

/// The app is proved by its first code, which is spent by it.
pub async fn confirm(tx: &mut Tx, vault: &Vault, account: AccountId, code: &str) -> Result<(), TotpError> {
    let sealed = store::find_unconfirmed(tx, account).await?.ok_or(TotpError::NotBegun)?;
    let key = vault.open_platform(tx, secret::at(account), &sealed).await?;
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let step = secret::matching_step(key.expose(), &digits, tx.now()).ok_or(TotpError::Wrong)?;
    if !store::confirm(tx, account, step).await? {
        return Err(TotpError::AlreadyThere);
    }
    Ok(())
}

pub async fn remove(tx: &mut Tx, account: AccountId) -> Result<(), TotpError> {
    Ok(store::delete(tx, account).await?)
}
