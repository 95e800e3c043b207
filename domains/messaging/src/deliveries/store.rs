//! Letters and left-alone addresses, as administrators may see them.

use db::{Error, Tx};
use kernel::{
    Cursor, Page, PageRequest, Timestamp,
    ids::{AccountId, DeliveryId},
};

/// What is looked for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Filter<'a> {
    pub(super) state: Option<&'a str>,
    pub(super) channel: Option<&'a str>,
    /// How the kind begins: a room.
    pub(super) room: &'a str,
}

pub(super) struct Line {
    pub(super) id: DeliveryId,
    pub(super) account: Option<AccountId>,
    /// Of the account; nobody's letter went to an address without one.
    pub(super) name: Option<String>,
    pub(super) channel: String,
    pub(super) kind: String,
    pub(super) state: String,
    pub(super) why: Option<String>,
    pub(super) created_at: Timestamp,
    pub(super) not_before: Option<Timestamp>,
    pub(super) settled_at: Option<Timestamp>,
}

pub(super) async fn list(tx: &mut Tx, wanted: Filter<'_>, page: &PageRequest) -> Result<Page<Line>, Error> {
    let before: Option<DeliveryId> = page.cursor.as_ref().and_then(|cursor| cursor.0.parse().ok());
    let rows = sqlx::query_as!(
        Line,
        r#"select d.id as "id: DeliveryId", d.account_id as "account: AccountId", a.name as "name?", d.channel, d.kind, d.state,
                  d.last_error as why, d.created_at as "created_at: Timestamp", d.not_before as "not_before: Timestamp",
                  d.settled_at as "settled_at: Timestamp"
           from deliveries d left join accounts a on a.id = d.account_id
           where ($1::text is null or d.state = $1) and ($2::text is null or d.channel = $2)
             and ($3 = '' or split_part(d.kind, '.', 1) = $3) and ($4::uuid is null or d.id < $4)
           order by d.id desc limit $5"#,
        wanted.state,
        wanted.channel,
        wanted.room,
        before as Option<DeliveryId>,
        page.limit() + 1
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Page::from_rows(rows, page, |line| line.id.to_string()))
}

/// So many are counted; beyond that it is "many".
pub(super) const MANY: i64 = 1000;

/// How many letters stand in each state where something is to be done, counted to `MANY`.
pub(super) async fn count(tx: &mut Tx, state: &str) -> Result<i64, Error> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from (select from deliveries where state = $1 limit $2) found"#,
        state,
        MANY
    );
    Ok(count.fetch_one(tx.conn()).await?)
}

/// An address that is left alone: its hash, and whose it is if an account has it.
pub(super) struct LeftAlone {
    pub(super) channel: String,
    pub(super) hash: String,
    pub(super) reason: String,
    pub(super) since: Timestamp,
    pub(super) account: Option<AccountId>,
    pub(super) name: Option<String>,
}

pub(super) async fn list_left_alone(tx: &mut Tx, page: &PageRequest) -> Result<Page<LeftAlone>, Error> {
    let before = page.cursor.as_ref().and_then(|cursor| {
        let (since, hash) = cursor.0.split_once('_')?;
        Some((Timestamp::from_micros(since.parse().ok()?), hash.to_owned()))
    });
    let (since, hash) = before.unzip();
    let rows = sqlx::query_as!(
        LeftAlone,
        r#"with found as (
               select channel, address_hash, reason, created_at from suppressed_addresses
               where $1::timestamptz is null or (created_at, encode(address_hash, 'hex')) < ($1, $2)
               order by created_at desc, encode(address_hash, 'hex') desc limit $3
           )
           select s.channel as "channel!", encode(s.address_hash, 'hex') as "hash!", s.reason as "reason!",
                  s.created_at as "since!: Timestamp", a.id as "account?: AccountId", a.name as "name?"
           from found s left join accounts a
             on (s.channel = 'email' and sha256(convert_to(lower(btrim(a.email::text)), 'UTF8')) = s.address_hash)
             or (s.channel = 'sms' and sha256(convert_to(a.phone, 'UTF8')) = s.address_hash)
           order by s.created_at desc, encode(s.address_hash, 'hex') desc"#,
        since as Option<Timestamp>,
        hash,
        page.limit() + 1
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Page::from_rows(rows, page, |row| format!("{}_{}", row.since.micros(), row.hash)))
}

/// Of the list, for a link to its next page.
pub(super) fn cursor(text: String) -> Option<Cursor> {
    Some(text).filter(|text| !text.is_empty()).map(Cursor)
}

/// A hash as the list shows it.
pub(super) fn unhex(text: &str) -> Option<Vec<u8>> {
    let pair = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    (text.len() == 64 && text.is_ascii()).then(|| (0..64).step_by(2).map(pair).collect())?
}
