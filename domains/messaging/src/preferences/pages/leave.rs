//! The way out of a letter. Whoever holds the letter may end letters of its kind; nothing else is shown or changed.

use askama::Template;
use axum::extract::Path;
use kernel::{Fault, FaultKind};
use notify::leaving::{self, Leave};
use web::{PageFrame, Visitor};

#[derive(Debug, thiserror::Error)]
#[error("no letter of ours leads here")]
struct NoLetter;

impl Fault for NoLetter {
    fn kind(&self) -> FaultKind {
        FaultKind::NotFound
    }
}

#[derive(Template)]
#[template(path = "preferences/pages/leave.html")]
struct LeavePage {
    page: PageFrame,
    path: String,
    topic: String,
    is_done: bool,
}

/// Asks first: programs that look for malice open every link of a letter.
pub(in crate::preferences) async fn ask(me: Visitor, Path(token): Path<String>) -> web::Result {
    let (_, leave) = leaving::read(me.app().vault(), &token).ok_or(NoLetter)?;
    web::render(&page(&me, &token, leave, false))
}

/// From the page, or in one click from the reader's program (RFC 8058).
pub(in crate::preferences) async fn leave(me: Visitor, Path(token): Path<String>) -> web::Result {
    let (account, leave) = leaving::read(me.app().vault(), &token).ok_or(NoLetter)?;
    let mut tx = me.begin_system("messaging.unsubscribe").await?;
    leaving::leave(&mut tx, account, leave).await?;
    tx.commit().await?;
    tracing::info!(account = %account, topic = leave.word(), "messaging.unsubscribed");
    web::render(&page(&me, &token, leave, true))
}

fn page(me: &Visitor, token: &str, leave: Leave, is_done: bool) -> LeavePage {
    let topic = match leave {
        Leave::Topic(topic) => me.t(format!("messaging-topic-{}", topic.word())),
        Leave::Gathered => me.t("messaging-preferences-digest"),
    };
    LeavePage { page: me.page("messaging-leave-title"), path: format!("/unsubscribe/{token}"), topic, is_done }
}
