use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::Timestamp;
use notify::{
    Attachment,
    mailbox::{self, Posted},
};
use serde::{Deserialize, Serialize};
use web::{Query, Visitor};

use super::{MailboxError, demonstration};

const AT_MOST: i64 = 100;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    to: Option<String>,
}

#[derive(Debug, Serialize)]
struct Letters {
    items: Vec<LetterView>,
}

#[derive(Debug, Serialize)]
struct LetterView {
    channel: &'static str,
    to: String,
    subject: String,
    text: String,
    html: Option<String>,
    attachments: Vec<AttachmentView>,
    sent_at: Timestamp,
}

#[derive(Debug, Serialize)]
struct AttachmentView {
    filename: String,
    content_type: String,
    size: usize,
    base64: String,
}

/// `GET /dev/mailbox.json?to=ADDRESS`, newest first.
pub(crate) async fn list(me: Visitor, Query(wanted): Query<Wanted>) -> web::Result {
    demonstration(&me)?;
    let mut tx = me.begin_system("messaging.mailbox").await?;
    let to = wanted.to.as_deref().filter(|to| !to.is_empty());
    let posted = mailbox::list(&mut tx, me.app().vault(), to, AT_MOST).await.map_err(MailboxError::from)?;
    tx.commit().await?;
    web::json(&Letters { items: posted.into_iter().map(LetterView::from).collect() })
}

impl From<Posted> for LetterView {
    fn from(posted: Posted) -> Self {
        let Posted { id: _, channel, to, subject, text, html, attachments, sent_at } = posted;
        let attachments = attachments.into_iter().map(AttachmentView::from).collect();
        Self { channel: channel.word(), to, subject, text, html, attachments, sent_at }
    }
}

impl From<Attachment> for AttachmentView {
    fn from(attachment: Attachment) -> Self {
        let Attachment { filename, content_type, bytes } = attachment;
        Self { filename, content_type, size: bytes.len(), base64: STANDARD.encode(bytes) }
    }
}
