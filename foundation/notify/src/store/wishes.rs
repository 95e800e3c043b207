//! What people want to hear, and when they sleep.

use db::{Error, Tx};
use kernel::ids::AccountId;

use crate::{
    daily::Daily,
    quiet::Quiet,
    topic::{Topic, Way},
};

pub(crate) struct WishRow {
    pub(crate) topic: String,
    pub(crate) way: String,
    pub(crate) wanted: bool,
}

pub(crate) async fn list(tx: &mut Tx, account: AccountId) -> Result<Vec<WishRow>, Error> {
    let rows = sqlx::query_as!(
        WishRow,
        r#"select topic as "topic!", way as "way!", is_wanted as "wanted!" from app.wishes_of($1)"#,
        account as AccountId
    );
    Ok(rows.fetch_all(tx.conn()).await?)
}

pub(crate) async fn find_quiet(tx: &mut Tx, account: AccountId) -> Result<Option<(i16, i16)>, Error> {
    let row = sqlx::query!(
        r#"select starts_min as "starts!", ends_min as "ends!" from app.quiet_of($1)"#,
        account as AccountId
    );
    Ok(row.fetch_optional(tx.conn()).await?.map(|row| (row.starts, row.ends)))
}

pub(crate) async fn delete(tx: &mut Tx, account: AccountId) -> Result<(), Error> {
    sqlx::query!("delete from notice_preferences where account_id = $1", account as AccountId)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    (topic, way): (Topic, Way),
    wanted: bool,
) -> Result<(), Error> {
    sqlx::query!(
        "insert into notice_preferences (account_id, topic, way, wanted) values ($1, $2, $3, $4)",
        account as AccountId,
        topic.word(),
        way.word(),
        wanted
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn delete_quiet(tx: &mut Tx, account: AccountId) -> Result<(), Error> {
    sqlx::query!("delete from quiet_hours where account_id = $1", account as AccountId).execute(tx.conn()).await?;
    Ok(())
}

pub(crate) async fn set_quiet(tx: &mut Tx, account: AccountId, quiet: Quiet) -> Result<(), Error> {
    sqlx::query!(
        "insert into quiet_hours (account_id, starts_min, ends_min) values ($1, $2, $3)
         on conflict (account_id) do update set starts_min = $2, ends_min = $3, updated_at = now()",
        account as AccountId,
        quiet.starts_min(),
        quiet.ends_min()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// When the daily letter comes, if one is wanted, and when the agenda.
pub(crate) async fn find_habits(tx: &mut Tx, account: AccountId) -> Result<Option<(Option<i16>, i16)>, Error> {
    let row = sqlx::query!(
        r#"select digest_min as "digest", agenda_min as "agenda!" from app.habits_of($1)"#,
        account as AccountId
    );
    Ok(row.fetch_optional(tx.conn()).await?.map(|row| (row.digest, row.agenda)))
}

pub(crate) async fn set_habits(
    tx: &mut Tx,
    account: AccountId,
    digest: Option<Daily>,
    agenda: Daily,
) -> Result<(), Error> {
    sqlx::query!(
        "insert into notice_habits (account_id, digest_min, agenda_min) values ($1, $2, $3)
         on conflict (account_id) do update set digest_min = $2, agenda_min = $3, updated_at = now()",
        account as AccountId,
        digest.map(Daily::minute),
        agenda.minute()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn delete_of(tx: &mut Tx, account: AccountId, topic: Topic) -> Result<(), Error> {
    sqlx::query!(
        "delete from notice_preferences where account_id = $1 and topic = $2",
        account as AccountId,
        topic.word()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn set_off_by_mail(tx: &mut Tx, account: AccountId, topic: Topic) -> Result<(), Error> {
    sqlx::query!(
        "insert into notice_preferences (account_id, topic, way, wanted) values ($1, $2, 'email', false)
         on conflict (account_id, topic, way) do update set wanted = false, updated_at = now()",
        account as AccountId,
        topic.word()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// With the minute of their day at which they want it.
pub(crate) async fn list_asking(tx: &mut Tx, topic: Topic) -> Result<Vec<(AccountId, Option<i16>)>, Error> {
    let rows = sqlx::query!(
        r#"select p.account_id as "account: AccountId", min(h.agenda_min) as minute
           from notice_preferences p left join notice_habits h on h.account_id = p.account_id
           where p.topic = $1 and p.wanted group by p.account_id order by p.account_id"#,
        topic.word()
    );
    Ok(rows.fetch_all(tx.conn()).await?.into_iter().map(|row| (row.account, row.minute)).collect())
}
