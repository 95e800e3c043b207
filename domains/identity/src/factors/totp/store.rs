use db::{Error, Tx};
use kernel::{Timestamp, ids::AccountId};

pub(super) async fn insert(tx: &mut Tx, account: AccountId, sealed: &[u8]) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into totp_secrets as t (account_id, secret_sealed, created_at, updated_at) values ($1, $2, $3, $3)
           on conflict (account_id) do update set secret_sealed = $2, created_at = $3, updated_at = $3
               where t.confirmed_at is null"#,
        account as AccountId,
        sealed,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn find_confirmed(tx: &mut Tx, account: AccountId) -> Result<Option<Vec<u8>>, Error> {
    Ok(sqlx::query_scalar!(
        "select secret_sealed from totp_secrets where account_id = $1 and confirmed_at is not null",
        account as AccountId,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Begun a quarter of an hour ago at most: an older secret may have been seen by somebody else.
pub(super) async fn find_unconfirmed(tx: &mut Tx, account: AccountId) -> Result<Option<Vec<u8>>, Error> {
    let oldest = tx.now().plus_minutes(-15);
    Ok(sqlx::query_scalar!(
        "select secret_sealed from totp_secrets where account_id = $1 and confirmed_at is null and created_at > $2",
        account as AccountId,
        oldest as Timestamp,
    )
    .fetch_optional(tx.conn())
    .await?)
}

pub(super) async fn confirmed_at(tx: &mut Tx, account: AccountId) -> Result<Option<Timestamp>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select confirmed_at as "at!: Timestamp" from totp_secrets where account_id = $1 and confirmed_at is not null"#,
        account as AccountId,
    )
    .fetch_optional(tx.conn())
    .await?)
}

pub(super) async fn confirm(tx: &mut Tx, account: AccountId, step: i64) -> Result<bool, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        r#"update totp_secrets set confirmed_at = $2, last_step = $3, updated_at = $2
           where account_id = $1 and confirmed_at is null"#,
        account as AccountId,
        now as Timestamp,
        step,
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Move the last accepted step forward; false when this step, or a later one, was accepted before.
pub(super) async fn advance(tx: &mut Tx, account: AccountId, step: i64) -> Result<bool, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "update totp_secrets set last_step = $2, updated_at = $3 where account_id = $1 and last_step < $2",
        account as AccountId,
        step,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn delete(tx: &mut Tx, account: AccountId) -> Result<(), Error> {
    sqlx::query!("delete from totp_secrets where account_id = $1", account as AccountId).execute(tx.conn()).await?;
    Ok(())
}
