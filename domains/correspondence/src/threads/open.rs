//! Read a conversation.

use access::Actor;
use db::Tx;
use kernel::{Cursor, PageRequest, Phi, ids::ThreadId};
use vault::Vault;

use super::{
    model::{Message, Reader, Side, Thread},
    purpose, store,
};
use crate::MessageError;

/// How much of a conversation is opened.
#[derive(Debug, Clone)]
pub enum Extent {
    /// All of it, to be taken away.
    Whole,
    /// The newest messages, or those before a place that the page after it told.
    Page(PageRequest),
}

impl Extent {
    /// So many messages are on a page.
    pub(super) const PAGE: i32 = 50;

    pub(super) fn page(before: Option<Cursor>) -> Self {
        Self::Page(PageRequest::of(i64::from(Self::PAGE), before))
    }
}

/// A conversation with what was said, as far as it was asked for.
#[derive(Debug, Clone)]
pub struct Opened {
    pub thread: Thread,
    pub reader: Reader,
    pub subject: Phi<String>,
    pub patient_name: String,
    /// The oldest first.
    pub messages: Vec<Message>,
    /// The number before which this page ends; none for the newest page.
    pub before: Option<i32>,
    /// Where the messages before these are.
    pub earlier: Option<Cursor>,
    /// Up to which number somebody of the team has read; for the patient's side.
    pub team_has_read: i32,
}

impl Opened {
    /// The first and the last number of this page.
    pub(super) fn span(&self) -> (i32, i32) {
        let last = self.before.map_or(self.thread.last_number, |before| before - 1);
        (self.messages.first().map_or(last, |first| first.number), last)
    }
}

/// A thread that this person may see now, or nothing that tells it from an absent one.
pub(crate) async fn find(tx: &mut Tx, actor: &Actor, id: ThreadId) -> Result<(Thread, Reader), MessageError> {
    store::find_for(tx, actor, id).await?.ok_or(MessageError::NotFound)
}

/// What is in it, with the line of the access log. `action`: `read`, or `downloaded` for a file of it.
pub async fn open(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    (id, action): (ThreadId, &'static str),
    extent: &Extent,
) -> Result<Opened, MessageError> {
    let (thread, reader) = find(tx, actor, id).await?;
    let (before, limit) = match extent {
        Extent::Whole => (None, None),
        Extent::Page(request) => (place(request, &thread), Some(request.limit())),
    };
    let read = (&thread, action, purpose(reader));
    let messages = store::list_messages(tx, vault, actor, read, (before, limit)).await?;
    // Numbers run from 1 on without a gap.
    let earlier = messages.first().filter(|first| first.number > 1).map(|first| Cursor(first.number.to_string()));
    let subject = store::find_subject(tx, vault, &thread).await?;
    let patient_name = store::find_patient_name(tx, id).await?;
    let team_has_read = match reader.side() {
        Side::Patient => store::team_has_read(tx, id).await?,
        Side::Team => 0,
    };
    Ok(Opened { thread, reader, subject, patient_name, messages, before, earlier, team_has_read })
}

/// The number before which the page ends. What is no place in this conversation leads to the newest page.
fn place(request: &PageRequest, thread: &Thread) -> Option<i32> {
    let number: i32 = request.cursor.as_ref()?.0.parse().ok()?;
    (2..=thread.last_number).contains(&number).then_some(number)
}

/// How many messages of the other side this person has not read, counted now.
pub async fn count_unread(tx: &mut Tx, actor: &Actor, side: Side) -> Result<i64, db::Error> {
    store::count_unread(tx, actor, side).await
}
