//! One-time passwords of an authenticator app (RFC 6238: SHA-1, 6 digits, 30 s). The secret is sealed; the last step that was
//! accepted is kept, so that a code read over a shoulder is worth nothing.

mod enrol;
mod secret;
mod store;

use db::Tx;
use kernel::{Timestamp, ids::AccountId};
use vault::Vault;

pub use enrol::{Enrolment, TotpError, confirm, remove, start};

/// Check a code and spend its time step: of two who send the same code, one is let in.
pub async fn accept(tx: &mut Tx, vault: &Vault, account: AccountId, code: &str) -> Result<bool, vault::Error> {
    let Some(sealed) = store::find_confirmed(tx, account).await? else { return Ok(false) };
    let key = vault.open_platform(tx, secret::at(account), &sealed).await?;
    let Some(step) = secret::matching_step(key.expose(), code, tx.now()) else { return Ok(false) };
    Ok(store::advance(tx, account, step).await?)
}

/// Since when the account has an authenticator app.
pub async fn since(tx: &mut Tx, account: AccountId) -> Result<Option<Timestamp>, db::Error> {
    store::confirmed_at(tx, account).await
}
