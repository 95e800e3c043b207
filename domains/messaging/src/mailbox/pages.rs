use askama::Template;
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use kernel::{Timestamp, ids::MessageId};
use notify::{
    Channel,
    mailbox::{self, Posted},
};
use serde::Deserialize;
use web::{Ctx, PageFrame, Query, Visitor};

use super::{MailboxError, demonstration};

const AT_MOST: i64 = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    to: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    id: MessageId,
    #[serde(default)]
    number: usize,
}

#[derive(Template)]
#[template(path = "mailbox/pages/list.html")]
struct ListPage {
    page: PageFrame,
    to: String,
    lines: Vec<Line>,
}

struct Line {
    id: MessageId,
    icon: &'static str,
    to: String,
    subject: String,
    sent_at: Timestamp,
    attachments: usize,
}

#[derive(Template)]
#[template(path = "mailbox/pages/show.html")]
struct ShowPage {
    page: PageFrame,
    id: MessageId,
    to: String,
    subject: String,
    sent_at: Timestamp,
    paragraphs: Vec<Vec<Piece>>,
    attachments: Vec<String>,
}

/// A stretch of a letter's text: a link if it is one.
#[derive(Debug, PartialEq, Eq)]
struct Piece {
    text: String,
    link: bool,
}

/// `GET /dev/mailbox`
pub(crate) async fn list(me: Visitor, Query(wanted): Query<Wanted>) -> web::Result {
    demonstration(&me)?;
    let mut tx = me.begin_system("messaging.mailbox").await?;
    let to = Some(wanted.to.trim()).filter(|to| !to.is_empty());
    let posted = mailbox::list(&mut tx, me.app().vault(), to, AT_MOST).await.map_err(MailboxError::from)?;
    tx.commit().await?;
    let lines = posted.into_iter().map(line).collect();
    web::render(&ListPage { page: me.page("messaging-mailbox-title"), to: wanted.to, lines })
}

/// `GET /dev/mailbox/letter?id=`
pub(crate) async fn show(me: Visitor, Query(which): Query<Which>) -> web::Result {
    let posted = find(&me, which.id).await?;
    let base = me.app().base_url().to_string();
    web::render(&ShowPage {
        page: me.page("messaging-mailbox-title"),
        id: posted.id,
        to: posted.to,
        subject: posted.subject,
        sent_at: posted.sent_at,
        paragraphs: posted.text.lines().map(|line| pieces(line, base.trim_end_matches('/'))).collect(),
        attachments: posted.attachments.into_iter().map(|attachment| attachment.filename).collect(),
    })
}

/// `GET /dev/mailbox/attachment?id=&number=`: always as a download.
pub(crate) async fn attachment(me: Visitor, Query(which): Query<Which>) -> web::Result {
    let posted = find(&me, which.id).await?;
    let attachment = posted.attachments.into_iter().nth(which.number).ok_or(MailboxError::NotFound)?;
    let name: String =
        attachment.filename.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
    let kind = match attachment.content_type.split(';').next().unwrap_or_default().trim() {
        "application/pdf" => "application/pdf",
        "text/calendar" => "text/calendar; charset=utf-8",
        _ => "application/octet-stream",
    };
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    let answer: Response = (headers, attachment.bytes).into_response();
    Ok(answer)
}

async fn find(me: &Ctx, id: MessageId) -> Result<Posted, web::Error> {
    demonstration(me)?;
    let mut tx = me.begin_system("messaging.mailbox").await?;
    let posted = mailbox::find(&mut tx, me.app().vault(), id).await.map_err(MailboxError::from)?;
    tx.commit().await?;
    Ok(posted.ok_or(MailboxError::NotFound)?)
}

fn line(posted: Posted) -> Line {
    let (icon, subject) = match posted.channel {
        Channel::Email => ("mail", posted.subject),
        Channel::Sms => ("message-square", posted.text.chars().take(80).collect()),
    };
    Line { id: posted.id, icon, to: posted.to, subject, sent_at: posted.sent_at, attachments: posted.attachments.len() }
}

/// Links are made of our own addresses only.
fn pieces(line: &str, base: &str) -> Vec<Piece> {
    line.split_inclusive(' ')
        .map(|word| Piece { text: word.to_owned(), link: !base.is_empty() && word.trim_end().starts_with(base) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_addresses_become_links() {
        let pieces =
            pieces("Open https://bedside.example/x now, not https://evil.example/x", "https://bedside.example");
        let links: Vec<&str> = pieces.iter().filter(|piece| piece.link).map(|piece| piece.text.trim()).collect();
        assert_eq!(links, ["https://bedside.example/x"]);
    }
}
