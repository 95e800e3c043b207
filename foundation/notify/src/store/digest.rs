//! What waits to be gathered into one letter.

use db::{Error, Tx};
use kernel::{
    Timestamp,
    ids::{AccountId, DigestLineId},
};

use crate::digest::Line;

pub(crate) struct NewLine<'a> {
    pub(crate) id: DigestLineId,
    pub(crate) account: AccountId,
    pub(crate) event_key: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) link: Option<&'a str>,
    pub(crate) thread: Option<&'a str>,
    pub(crate) due_at: Timestamp,
}

/// Told twice, it stands there once.
pub(crate) async fn insert(tx: &mut Tx, new: &NewLine<'_>) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into digest_lines (id, account_id, event_key, kind, subject, link, thread, due_at, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing",
        new.id as DigestLineId,
        new.account as AccountId,
        new.event_key,
        new.kind,
        new.subject,
        new.link,
        new.thread,
        new.due_at as Timestamp,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn list_due(tx: &mut Tx, limit: i64) -> Result<Vec<AccountId>, Error> {
    let now = tx.now();
    let rows = sqlx::query_scalar!(
        r#"select account_id as "account: AccountId" from digest_lines where told_at is null and due_at <= $1
           group by account_id order by min(due_at) limit $2"#,
        now as Timestamp,
        limit
    );
    Ok(rows.fetch_all(tx.conn()).await?)
}

/// Holds the rows: of two workers one gets them, the other none.
pub(crate) async fn take_due(tx: &mut Tx, account: AccountId) -> Result<Vec<Line>, Error> {
    let now = tx.now();
    let rows = sqlx::query_as!(
        Line,
        r#"with taken as (
               update digest_lines set told_at = $2, updated_at = $2
               where account_id = $1 and told_at is null and due_at <= $2 returning id, kind, subject, link, created_at
           )
           select kind as "kind!", subject as "subject!", link, created_at as "told_at!: Timestamp" from taken order by id"#,
        account as AccountId,
        now as Timestamp
    );
    Ok(rows.fetch_all(tx.conn()).await?)
}

/// Called off before it was said.
pub(crate) async fn void_thread(tx: &mut Tx, thread: &str) -> Result<u64, Error> {
    let done = sqlx::query!("delete from digest_lines where thread = $1 and told_at is null", thread);
    Ok(done.execute(tx.conn()).await?.rows_affected())
}
