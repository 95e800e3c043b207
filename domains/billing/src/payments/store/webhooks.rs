use db::{Error, Tx};
use kernel::Timestamp;

/// Seen and acted on before: a repeated event need not even be looked up at the gateway.
pub(crate) async fn is_known_event(tx: &mut Tx, gateway: &str, event: &str) -> Result<bool, Error> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from webhook_events where gateway = $1 and event_id = $2) as "known!""#,
        gateway,
        event
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Waits for another transaction that is storing the same event. False when it is stored already.
pub(crate) async fn insert_webhook_event(tx: &mut Tx, gateway: &str, event: &str, kind: &str) -> Result<bool, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "insert into webhook_events (gateway, event_id, kind, outcome, received_at)
         values ($1, $2, $3, 'ignored', $4) on conflict (gateway, event_id) do nothing",
        gateway,
        event,
        kind,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn set_webhook_outcome(tx: &mut Tx, gateway: &str, event: &str, outcome: &str) -> Result<(), Error> {
    sqlx::query!(
        "update webhook_events set outcome = $3, updated_at = clock_timestamp() where gateway = $1 and event_id = $2",
        gateway,
        event,
        outcome
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Events that did not fit the payment they named.
pub(crate) async fn count_mismatches(tx: &mut Tx) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(r#"select count(*) as "n!" from webhook_events where outcome = 'mismatch'"#)
        .fetch_one(tx.conn())
        .await?)
}
