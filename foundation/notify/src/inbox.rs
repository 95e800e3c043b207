//! The reader's own notices. Row-level security shows each account its own.

use db::Tx;
use kernel::{Page, PageRequest, Timestamp, ids::NoticeId};

use crate::store;

/// A notice as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub id: NoticeId,
    pub kind: String,
    pub subject: String,
    pub link: Option<String>,
    pub told_at: Timestamp,
    pub read_at: Option<Timestamp>,
}

/// The account's notices, newest first; none without an account.
pub async fn list(tx: &mut Tx, page: &PageRequest) -> Result<Page<Told>, db::Error> {
    let before = page.cursor.as_ref().and_then(|cursor| cursor.0.parse().ok());
    let Some(account) = tx.context().account else { return Ok(Page { items: Vec::new(), next_cursor: None }) };
    let rows = store::list_notices(tx, account, before, page.limit() + 1).await?;
    Ok(Page::from_rows(rows, page, |told| told.id.to_string()))
}

/// How many wait to be read.
pub async fn unread(tx: &mut Tx) -> Result<i64, db::Error> {
    match tx.context().account {
        Some(account) => store::count_unread(tx, account).await,
        None => Ok(0),
    }
}

/// One of the account's own notices.
pub async fn find(tx: &mut Tx, id: NoticeId) -> Result<Option<Told>, db::Error> {
    match tx.context().account {
        Some(account) => store::find_notice(tx, account, id).await,
        None => Ok(None),
    }
}

/// Mark one as read; reading twice keeps the first time. `None` when the account has no such notice.
pub async fn read(tx: &mut Tx, id: NoticeId) -> Result<Option<Told>, db::Error> {
    match tx.context().account {
        Some(account) => {
            store::set_read(tx, account, id).await?;
            store::find_notice(tx, account, id).await
        }
        None => Ok(None),
    }
}

/// Mark all as read. How many were not.
pub async fn read_all(tx: &mut Tx) -> Result<u64, db::Error> {
    match tx.context().account {
        Some(account) => store::set_all_read(tx, account).await,
        None => Ok(0),
    }
}
