//! Read a conversation.

use access::Actor;
use db::Tx;
use kernel::{Phi, ids::ThreadId};
use vault::Vault;

use super::{
    model::{Message, Reader, Side, Thread},
    purpose, store,
};
use crate::MessageError;

/// A conversation with all that was said.
#[derive(Debug, Clone)]
pub struct Opened {
    pub thread: Thread,
    pub reader: Reader,
    pub subject: Phi<String>,
    pub patient_name: String,
    pub messages: Vec<Message>,
    /// Up to which number somebody of the team has read; for the patient's side.
    pub team_has_read: i32,
}

/// A thread that this person may see now, or nothing that tells it from an absent one.
pub(crate) async fn find(tx: &mut Tx, actor: &Actor, id: ThreadId) -> Result<(Thread, Reader), MessageError> {
    store::find_for(tx, actor, id).await?.ok_or(MessageError::NotFound)
}

/// Everything in it, with the line of the access log. `action`: `read`, or `downloaded` for a file of it.
pub async fn open(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    (id, action): (ThreadId, &'static str),
) -> Result<Opened, MessageError> {
    let (thread, reader) = find(tx, actor, id).await?;
    let messages = store::list_messages(tx, vault, actor, (&thread, action, purpose(reader))).await?;
    let subject = store::find_subject(tx, vault, &thread).await?;
    let patient_name = store::find_patient_name(tx, id).await?;
    let team_has_read = match reader.side() {
        Side::Patient => store::team_has_read(tx, id).await?,
        Side::Team => 0,
    };
    Ok(Opened { thread, reader, subject, patient_name, messages, team_has_read })
}

/// How many messages of the other side this person has not read, counted now.
pub async fn count_unread(tx: &mut Tx, actor: &Actor, side: Side) -> Result<i64, db::Error> {
    store::count_unread(tx, actor, side).await
}
