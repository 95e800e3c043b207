use db::Tx;
use kernel::ids::{AccountId, SessionId};

use super::{EndedWhy, store};

/// End one session of an account; false when there is none such, or not this account's.
pub async fn end(tx: &mut Tx, account: AccountId, session: SessionId, why: EndedWhy) -> Result<bool, db::Error> {
    store::set_ended(tx, account, session, why).await
}

/// Sign out everywhere.
pub async fn end_all(tx: &mut Tx, account: AccountId, why: EndedWhy) -> Result<(), db::Error> {
    store::set_all_ended(tx, account, None, why).await
}

/// Sign out everywhere else.
pub async fn end_others(tx: &mut Tx, account: AccountId, keep: SessionId, why: EndedWhy) -> Result<(), db::Error> {
    store::set_all_ended(tx, account, Some(keep), why).await
}
