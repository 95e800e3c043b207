use access::Role;
use db::Tx;
use kernel::ids::AccountId;

use super::store;
use crate::sessions::{self, EndedWhy};

/// Close an account to its owner at once: every session ends with it. System context.
pub async fn disable(tx: &mut Tx, account: AccountId) -> Result<(), db::Error> {
    store::set_status(tx, account, "disabled").await?;
    sessions::end_all(tx, account, EndedWhy::Disabled).await
}

pub async fn enable(tx: &mut Tx, account: AccountId) -> Result<(), db::Error> {
    store::set_status(tx, account, "active").await
}

/// Give a role. Running sessions end, because their idle time and their second factor follow from the roles.
pub async fn grant_role(tx: &mut Tx, account: AccountId, role: Role) -> Result<(), db::Error> {
    store::insert_role(tx, account, role).await?;
    sessions::end_all(tx, account, EndedWhy::RoleChanged).await
}
