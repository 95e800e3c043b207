use db::{Error, Tx};
use kernel::{Timestamp, ids::AccountId};
use uuid::Uuid;

use super::Challenge;
use crate::{network::Origin, tokens::TokenHash};

pub(super) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    hash: &TokenHash,
    next: &str,
    origin: &Origin,
    expires_at: Timestamp,
) -> Result<(), Error> {
    let now = tx.now();
    let id = tx.random().uuid7(now);
    sqlx::query!(
        r#"insert into sign_in_challenges (id, account_id, token_hash, network, user_agent, next_path, expires_at, created_at,
                                           updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $8)"#,
        id,
        account as AccountId,
        hash.bytes(),
        origin.network.as_str(),
        origin.user_agent,
        next,
        expires_at as Timestamp,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The open challenge of a token, without counting a try.
pub(crate) async fn find(tx: &mut Tx, hash: &TokenHash) -> Result<Option<Challenge>, Error> {
    let now = tx.now();
    let row = sqlx::query!(
        r#"select c.id, c.account_id as "account: AccountId", c.next_path from sign_in_challenges c
           join accounts a on a.id = c.account_id
           where c.token_hash = $1 and c.used_at is null and c.expires_at > $2 and a.status = 'active'"#,
        hash.bytes(),
        now as Timestamp,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Challenge { id: row.id, account: row.account, next: row.next_path }))
}

/// Count one try; none when the challenge is used, too old or tried too often.
pub(super) async fn count_try(tx: &mut Tx, hash: &TokenHash, most: i16) -> Result<Option<(Challenge, i16)>, Error> {
    let now = tx.now();
    let row = sqlx::query!(
        r#"update sign_in_challenges c set tries = c.tries + 1, updated_at = $2 from accounts a
           where a.id = c.account_id and a.status = 'active' and c.token_hash = $1 and c.used_at is null
             and c.expires_at > $2 and c.tries < $3
           returning c.id, c.account_id as "account: AccountId", c.next_path, c.tries"#,
        hash.bytes(),
        now as Timestamp,
        most,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (Challenge { id: row.id, account: row.account, next: row.next_path }, row.tries)))
}

/// Spend the challenge; false when somebody was faster.
pub(crate) async fn set_used(tx: &mut Tx, id: Uuid) -> Result<bool, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "update sign_in_challenges set used_at = $2, updated_at = $2 where id = $1 and used_at is null",
        id,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn delete_old(tx: &mut Tx) -> Result<u64, Error> {
    let before = tx.now().plus_days(-1);
    let gone = sqlx::query!("delete from sign_in_challenges where expires_at < $1", before as Timestamp)
        .execute(tx.conn())
        .await?;
    Ok(gone.rows_affected())
}
