use axum::extract::Path;
use kernel::{Cursor, Fault, FaultKind, PageRequest, Timestamp, ids::NoticeId};
use notify::inbox::{self, Told};
use schemars::JsonSchema;
use serde::Serialize;
use web::{Query, SignedIn};

/// A thing the reader was told.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct NoticeView {
    id: NoticeId,
    /// `domain.what`, for clients that show an icon.
    kind: String,
    subject: String,
    /// Where it leads: a path of ours.
    link: Option<String>,
    told_at: Timestamp,
    read_at: Option<Timestamp>,
}

/// A page of notices, and how many wait to be read in all.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct NoticePage {
    items: Vec<NoticeView>,
    next_cursor: Option<Cursor>,
    unread: i64,
}

/// The reader has no such notice.
#[derive(Debug, thiserror::Error)]
#[error("no such notice")]
pub(crate) struct NoNotice;

impl Fault for NoNotice {
    fn kind(&self) -> FaultKind {
        FaultKind::NotFound
    }
}

impl From<Told> for NoticeView {
    fn from(told: Told) -> Self {
        let Told { id, kind, subject, link, told_at, read_at } = told;
        Self { id, kind, subject, link, told_at, read_at }
    }
}

/// `GET /api/v1/notices`
pub(crate) async fn list(me: SignedIn, Query(wanted): Query<PageRequest>) -> web::Result {
    let mut tx = me.begin().await?;
    let unread = inbox::unread(&mut tx).await?;
    let told = inbox::list(&mut tx, &wanted).await?.map(NoticeView::from);
    tx.commit().await?;
    web::json(&NoticePage { items: told.items, next_cursor: told.next_cursor, unread })
}

/// `POST /api/v1/notices/{notice}/reading`
pub(crate) async fn read(me: SignedIn, Path(id): Path<NoticeId>) -> web::Result {
    let mut tx = me.begin().await?;
    let told = inbox::read(&mut tx, id).await?.ok_or(NoNotice)?;
    tx.commit().await?;
    web::json(&NoticeView::from(told))
}
