use db::{Error, Tx};
use kernel::{Timestamp, ids::AccountId};
use uuid::Uuid;

use super::Purpose;
use crate::tokens::TokenHash;

pub(super) async fn insert(tx: &mut Tx, account: AccountId, purpose: Purpose, hash: &TokenHash) -> Result<Uuid, Error> {
    let now = tx.now();
    let id = tx.random().uuid7(now);
    sqlx::query!(
        r#"insert into link_tokens (id, account_id, purpose, token_hash, expires_at, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $6)"#,
        id,
        account as AccountId,
        purpose.as_str(),
        hash.bytes(),
        now.plus_minutes(purpose.minutes()) as Timestamp,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// Whose link this is, while it is good.
pub(super) async fn find(tx: &mut Tx, purpose: Purpose, hash: &TokenHash) -> Result<Option<AccountId>, Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"select l.account_id as "account_id: AccountId" from link_tokens l join accounts a on a.id = l.account_id
           where l.purpose = $1 and l.token_hash = $2 and l.used_at is null and l.expires_at > $3 and a.status = 'active'"#,
        purpose.as_str(),
        hash.bytes(),
        now as Timestamp,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Spend the link, and with it every other open link of the account. `None` when somebody was faster.
pub(super) async fn spend(tx: &mut Tx, purpose: Purpose, hash: &TokenHash) -> Result<Option<AccountId>, Error> {
    let now = tx.now();
    let account = sqlx::query_scalar!(
        r#"update link_tokens l set used_at = $3, updated_at = $3 from accounts a
           where a.id = l.account_id and a.status = 'active' and l.purpose = $1 and l.token_hash = $2 and l.used_at is null
             and l.expires_at > $3
           returning l.account_id as "account_id: AccountId""#,
        purpose.as_str(),
        hash.bytes(),
        now as Timestamp,
    )
    .fetch_optional(tx.conn())
    .await?;
    if let Some(account) = account {
        set_all_used(tx, account).await?;
    }
    Ok(account)
}

pub(super) async fn set_all_used(tx: &mut Tx, account: AccountId) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update link_tokens set used_at = $2, updated_at = $2 where account_id = $1 and used_at is null",
        account as AccountId,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn delete_old(tx: &mut Tx) -> Result<u64, Error> {
    let before = tx.now().plus_days(-7);
    let gone =
        sqlx::query!("delete from link_tokens where expires_at < $1", before as Timestamp).execute(tx.conn()).await?;
    Ok(gone.rows_affected())
}
