//! All SQL of notices and deliveries; in `wishes` what people want to hear.

use db::{Error, Tx, Whose};
use kernel::{
    Timestamp,
    ids::{AccountId, DeliveryId, MessageId, NoticeId},
};

use crate::{inbox::Told, letter::Channel};

pub(crate) mod admin;
pub(crate) mod digest;
pub(crate) mod wishes;

pub(crate) struct NewNotice<'a> {
    pub(crate) id: NoticeId,
    pub(crate) account: AccountId,
    pub(crate) event_key: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) link: Option<&'a str>,
}

/// False when this was told before.
pub(crate) async fn insert_notice(tx: &mut Tx, new: &NewNotice<'_>) -> Result<bool, Error> {
    tx.changes_standing(Whose::Of(new.account));
    let now = tx.now();
    let done = sqlx::query!(
        "insert into notices (id, account_id, event_key, kind, subject, link, created_at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict do nothing",
        new.id as NoticeId,
        new.account as AccountId,
        new.event_key,
        new.kind,
        new.subject,
        new.link,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Wakes the reader's open pages when this transaction commits.
pub(crate) async fn publish_live(tx: &mut Tx, account: AccountId, notice: NoticeId) -> Result<(), Error> {
    sqlx::query!(
        "select pg_notify('bedside_live', json_build_object('topic', 'account:' || $1::uuid, 'kind', 'notice',
                'data', json_build_object('notice', $2::uuid))::text)",
        account as AccountId,
        notice as NoticeId
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) struct NewDelivery<'a> {
    pub(crate) id: DeliveryId,
    pub(crate) account: Option<AccountId>,
    pub(crate) event_key: &'a str,
    pub(crate) channel: Channel,
    pub(crate) kind: &'a str,
    pub(crate) thread: Option<&'a str>,
    pub(crate) not_before: Option<Timestamp>,
    pub(crate) void_after: Option<Timestamp>,
}

/// False when this is on its way already.
pub(crate) async fn insert_delivery(tx: &mut Tx, new: &NewDelivery<'_>, letter: &[u8]) -> Result<bool, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "insert into deliveries (id, account_id, event_key, channel, kind, letter_sealed, created_at, thread, not_before, void_after)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing",
        new.id as DeliveryId,
        new.account as Option<AccountId>,
        new.event_key,
        new.channel.word(),
        new.kind,
        letter,
        now as Timestamp,
        new.thread,
        new.not_before as Option<Timestamp>,
        new.void_after as Option<Timestamp>
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A letter on its way.
pub(crate) struct Waiting {
    pub(crate) account: Option<AccountId>,
    pub(crate) channel: String,
    pub(crate) kind: String,
    pub(crate) letter_sealed: Vec<u8>,
    /// Or when it was tried anew.
    pub(crate) created_at: Timestamp,
    pub(crate) not_before: Option<Timestamp>,
    pub(crate) void_after: Option<Timestamp>,
    pub(crate) handed_at: Option<Timestamp>,
}

/// Holds the row until the transaction ends, so that two workers never both find it free to be handed over.
pub(crate) async fn lock_waiting(tx: &mut Tx, id: DeliveryId) -> Result<Option<Waiting>, Error> {
    let row = sqlx::query_as!(
        Waiting,
        r#"select account_id as "account: AccountId", channel, kind, letter_sealed,
                  coalesce(retried_at, created_at) as "created_at!: Timestamp", not_before as "not_before: Timestamp",
                  void_after as "void_after: Timestamp", handed_at as "handed_at: Timestamp"
           from deliveries where id = $1 and state = 'waiting' for update"#,
        id as DeliveryId
    );
    Ok(row.fetch_optional(tx.conn()).await?)
}

/// It is with the provider from now on, or (`None`) is known not to be.
pub(crate) async fn set_handed(tx: &mut Tx, id: DeliveryId, at: Option<Timestamp>) -> Result<(), Error> {
    sqlx::query!(
        "update deliveries set handed_at = $2, updated_at = now() where id = $1 and state = 'waiting'",
        id as DeliveryId,
        at as Option<Timestamp>
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What waits of a thread, and is in nobody's hand, is not said any more.
pub(crate) async fn void_thread(tx: &mut Tx, thread: &str) -> Result<u64, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "update deliveries set state = 'void', settled_at = $2, updated_at = now()
         where thread = $1 and state = 'waiting' and handed_at is null",
        thread,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}

/// The end of a delivery; does nothing when it has ended already.
pub(crate) async fn set_settled(tx: &mut Tx, id: DeliveryId, state: &str, word: Option<&str>) -> Result<(), Error> {
    let now = tx.now();
    let (provider_ref, error) = if state == "sent" { (word, None) } else { (None, word) };
    sqlx::query!(
        "update deliveries set state = $2, provider_ref = $3, last_error = $4, settled_at = $5, updated_at = now()
         where id = $1 and state = 'waiting'",
        id as DeliveryId,
        state,
        provider_ref,
        error,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn list_notices(
    tx: &mut Tx,
    account: AccountId,
    before: Option<NoticeId>,
    limit: i64,
) -> Result<Vec<Told>, Error> {
    let rows = sqlx::query_as!(
        Told,
        r#"select id as "id: NoticeId", kind, subject, link, created_at as "told_at: Timestamp",
                  read_at as "read_at: Timestamp"
           from notices where account_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3"#,
        account as AccountId,
        before as Option<NoticeId>,
        limit
    );
    Ok(rows.fetch_all(tx.conn()).await?)
}

pub(crate) async fn count_unread(tx: &mut Tx, account: AccountId) -> Result<i64, Error> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from notices where account_id = $1 and read_at is null"#,
        account as AccountId
    );
    Ok(count.fetch_one(tx.conn()).await?)
}

pub(crate) async fn find_notice(tx: &mut Tx, account: AccountId, id: NoticeId) -> Result<Option<Told>, Error> {
    let row = sqlx::query_as!(
        Told,
        r#"select id as "id: NoticeId", kind, subject, link, created_at as "told_at: Timestamp",
                  read_at as "read_at: Timestamp"
           from notices where account_id = $1 and id = $2"#,
        account as AccountId,
        id as NoticeId
    );
    Ok(row.fetch_optional(tx.conn()).await?)
}

pub(crate) async fn set_read(tx: &mut Tx, account: AccountId, id: NoticeId) -> Result<(), Error> {
    tx.changes_standing(Whose::Of(account));
    let now = tx.now();
    sqlx::query!(
        "update notices set read_at = $3, updated_at = now() where account_id = $1 and id = $2 and read_at is null",
        account as AccountId,
        id as NoticeId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn set_all_read(tx: &mut Tx, account: AccountId) -> Result<u64, Error> {
    tx.changes_standing(Whose::Of(account));
    let now = tx.now();
    let done = sqlx::query!(
        "update notices set read_at = $2, updated_at = now() where account_id = $1 and read_at is null",
        account as AccountId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}

pub(crate) async fn insert_suppression(tx: &mut Tx, channel: Channel, hash: &[u8], reason: &str) -> Result<(), Error> {
    sqlx::query!(
        "insert into suppressed_addresses (channel, address_hash, reason) values ($1, $2, $3) on conflict do nothing",
        channel.word(),
        hash,
        reason
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn delete_suppression(tx: &mut Tx, channel: Channel, hash: &[u8]) -> Result<(), Error> {
    sqlx::query!("delete from suppressed_addresses where channel = $1 and address_hash = $2", channel.word(), hash)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn is_suppressed(tx: &mut Tx, channel: Channel, hash: &[u8]) -> Result<bool, Error> {
    let found = sqlx::query_scalar!(
        r#"select exists (select from suppressed_addresses where channel = $1 and address_hash = $2) as "found!""#,
        channel.word(),
        hash
    );
    Ok(found.fetch_one(tx.conn()).await?)
}

pub(crate) struct PostedRow {
    pub(crate) id: MessageId,
    pub(crate) channel: String,
    pub(crate) letter_sealed: Vec<u8>,
    pub(crate) sent_at: Timestamp,
}

pub(crate) async fn insert_posted(
    tx: &mut Tx,
    id: MessageId,
    channel: Channel,
    recipient: &str,
    letter: &[u8],
) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into dev_mailbox (id, channel, recipient, letter_sealed, sent_at) values ($1, $2, $3, $4, $5)
         on conflict (id) do nothing",
        id as MessageId,
        channel.word(),
        recipient,
        letter,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn list_posted(tx: &mut Tx, to: Option<&str>, limit: i64) -> Result<Vec<PostedRow>, Error> {
    let rows = sqlx::query_as!(
        PostedRow,
        r#"select id as "id: MessageId", channel, letter_sealed, sent_at as "sent_at: Timestamp"
           from dev_mailbox where $1::text is null or lower(recipient) = lower($1)
           order by sent_at desc, id desc limit $2"#,
        to,
        limit
    );
    Ok(rows.fetch_all(tx.conn()).await?)
}

pub(crate) async fn find_posted(tx: &mut Tx, id: MessageId) -> Result<Option<PostedRow>, Error> {
    let row = sqlx::query_as!(
        PostedRow,
        r#"select id as "id: MessageId", channel, letter_sealed, sent_at as "sent_at: Timestamp"
           from dev_mailbox where id = $1"#,
        id as MessageId
    );
    Ok(row.fetch_optional(tx.conn()).await?)
}
