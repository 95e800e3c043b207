use db::{Error, Tx};
use kernel::{Timestamp, ids::AccountId};

pub(super) async fn insert(tx: &mut Tx, account: AccountId, hash: &[u8; 32]) -> Result<(), Error> {
    let now = tx.now();
    let id = tx.random().uuid7(now);
    sqlx::query!(
        "insert into recovery_codes (id, account_id, code_hash, created_at, updated_at) values ($1, $2, $3, $4, $4)",
        id,
        account as AccountId,
        &hash[..],
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn delete_all(tx: &mut Tx, account: AccountId) -> Result<(), Error> {
    sqlx::query!("delete from recovery_codes where account_id = $1", account as AccountId).execute(tx.conn()).await?;
    Ok(())
}

pub(super) async fn spend(tx: &mut Tx, account: AccountId, hash: &[u8; 32]) -> Result<bool, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        r#"update recovery_codes set used_at = $3, updated_at = $3
           where account_id = $1 and code_hash = $2 and used_at is null"#,
        account as AccountId,
        &hash[..],
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn count_left(tx: &mut Tx, account: AccountId) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "left!" from recovery_codes where account_id = $1 and used_at is null"#,
        account as AccountId,
    )
    .fetch_one(tx.conn())
    .await?)
}
