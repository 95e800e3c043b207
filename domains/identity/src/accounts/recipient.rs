use db::Tx;
use kernel::ids::AccountId;

use super::store;

/// Where the person behind an account is reached, for `notify::tell`. `None` for a disabled or unknown account.
/// Works in every context: a patient's booking may have to tell the doctor.
pub async fn recipient(tx: &mut Tx, account: AccountId) -> Result<Option<notify::Recipient>, db::Error> {
    store::find_recipient(tx, account).await
}

/// Whether the account was ever opened with a password: an invitation may still be on its way.
pub async fn has_password(tx: &mut Tx, account: AccountId) -> Result<bool, db::Error> {
    Ok(store::find_own(tx, account).await?.is_some_and(|own| own.password_hash.is_some()))
}
