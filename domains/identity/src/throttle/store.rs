use db::{Error, Tx};
use kernel::Timestamp;

use super::Limit;

/// One attempt: true when it is within the limit. The guard is in the statement, so parallel attempts are counted one by one.
pub(super) async fn count(tx: &mut Tx, limit: &Limit, subject: &[u8; 32]) -> Result<bool, Error> {
    let now = tx.now();
    let counted = sqlx::query_scalar!(
        r#"insert into rate_counters as c (name, subject, arrives_at)
           values ($1, $2, $3::timestamptz + make_interval(secs => $4::float8))
           on conflict (name, subject) do update
               set arrives_at = greatest(c.arrives_at, $3::timestamptz) + make_interval(secs => $4::float8), updated_at = $3
               where greatest(c.arrives_at, $3::timestamptz) + make_interval(secs => $4::float8)
                     <= $3::timestamptz + make_interval(secs => $4::float8 * $5::float8)
           returning true as "counted!""#,
        limit.name,
        &subject[..],
        now as Timestamp,
        f64::from(limit.every_seconds),
        f64::from(limit.burst),
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(counted.is_some())
}

/// Seconds until one more attempt is within the limit; at least 1.
pub(super) async fn seconds_to_wait(tx: &mut Tx, limit: &Limit, subject: &[u8; 32]) -> Result<u32, Error> {
    let arrives_at = sqlx::query_scalar!(
        r#"select arrives_at as "arrives_at: Timestamp" from rate_counters where name = $1 and subject = $2"#,
        limit.name,
        &subject[..],
    )
    .fetch_optional(tx.conn())
    .await?;
    let full = i64::from(limit.every_seconds) * (i64::from(limit.burst) - 1);
    let wait = arrives_at.map_or(1, |at| at.seconds_since(tx.now()) - full + 1);
    Ok(u32::try_from(wait.max(1)).unwrap_or(1))
}

pub(super) async fn forget(tx: &mut Tx, name: &str, subject: &[u8; 32]) -> Result<(), Error> {
    sqlx::query!("delete from rate_counters where name = $1 and subject = $2", name, &subject[..])
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(super) async fn delete_passed(tx: &mut Tx) -> Result<u64, Error> {
    let now = tx.now();
    let gone =
        sqlx::query!("delete from rate_counters where arrives_at < $1", now as Timestamp).execute(tx.conn()).await?;
    Ok(gone.rows_affected())
}
