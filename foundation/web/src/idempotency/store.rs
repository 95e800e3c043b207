use db::{Error, Tx};
use kernel::{Timestamp, ids::AccountId};

/// A claim without an answer is free again after this long: the process that made it has died.
const ABANDONED_SECONDS: i64 = 60;
const KEPT_HOURS: i64 = 24;

pub(super) struct Known {
    pub(super) account: AccountId,
    pub(super) request_hash: Vec<u8>,
    pub(super) status: Option<u16>,
    pub(super) answer: Option<Vec<u8>>,
}

pub(super) enum Claim {
    Ours,
    Known(Known),
}

/// Take the key, or find what it stands for. Of two that come at once, one takes it.
pub(super) async fn claim(tx: &mut Tx, account: AccountId, key: &str, hash: &[u8]) -> Result<Claim, Error> {
    let now = tx.now();
    let abandoned = now.plus_seconds(-ABANDONED_SECONDS);
    let old = now.plus_seconds(-KEPT_HOURS * 3600);
    let taken = sqlx::query!(
        r#"insert into idempotency_keys as k (account_id, key, request_hash, created_at, updated_at) values ($1, $2, $3, $4, $4)
           on conflict (account_id, key) do update
               set request_hash = $3, status = null, answer = null, created_at = $4, updated_at = $4
               where k.created_at < $6 or (k.status is null and k.request_hash = $3 and k.updated_at < $5)
           returning true as "taken!""#,
        account as AccountId,
        key,
        hash,
        now as Timestamp,
        abandoned as Timestamp,
        old as Timestamp,
    )
    .fetch_optional(tx.conn())
    .await?;
    if taken.is_some() {
        return Ok(Claim::Ours);
    }
    let row = sqlx::query!(
        r#"select account_id as "account: AccountId", request_hash, status, answer
           from idempotency_keys where account_id = $1 and key = $2"#,
        account as AccountId,
        key,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Claim::Known(Known {
        account: row.account,
        request_hash: row.request_hash,
        status: row.status.and_then(|status| u16::try_from(status).ok()),
        answer: row.answer,
    }))
}

pub(super) async fn set_answer(
    tx: &mut Tx,
    account: AccountId,
    key: &str,
    status: u16,
    answer: &[u8],
) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update idempotency_keys set status = $3, answer = $4, updated_at = $5 where account_id = $1 and key = $2",
        account as AccountId,
        key,
        i16::try_from(status).unwrap_or(500),
        answer,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn delete(tx: &mut Tx, account: AccountId, key: &str) -> Result<(), Error> {
    sqlx::query!("delete from idempotency_keys where account_id = $1 and key = $2", account as AccountId, key)
        .execute(tx.conn())
        .await?;
    Ok(())
}
