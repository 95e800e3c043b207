use db::Tx;
use kernel::ids::AccountId;
use vault::Vault;

use super::{recovery_codes, totp};

/// What came of a second factor that was asked for again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    Right,
    Wrong,
    /// The account has neither an authenticator app nor a recovery code left.
    NoneThere,
}

/// Prove the second factor anew, for what a session alone must not do. A right code is spent; the caller commits in every case,
/// and counts the try before (`throttle::SECOND_FACTOR`).
pub async fn prove_anew(tx: &mut Tx, vault: &Vault, account: AccountId, typed: &str) -> Result<Proof, vault::Error> {
    if totp::since(tx, account).await?.is_none() && recovery_codes::left(tx, account).await? == 0 {
        return Ok(Proof::NoneThere);
    }
    Ok(if accept(tx, vault, account, typed).await? { Proof::Right } else { Proof::Wrong })
}

/// Six digits of the authenticator app, or a recovery code: right, and spent by it.
pub(crate) async fn accept(tx: &mut Tx, vault: &Vault, account: AccountId, typed: &str) -> Result<bool, vault::Error> {
    let code: String = typed.chars().filter(|c| c.is_alphanumeric()).collect();
    if code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()) {
        totp::accept(tx, vault, account, &code).await
    } else {
        Ok(recovery_codes::accept(tx, account, &code).await?)
    }
}
