//! Done: nobody waits for anybody any more. An act of its own, by either side; a new message opens it again.

use access::Actor;
use db::Tx;
use kernel::ids::ThreadId;

use super::{find, model::Status, purpose, store};
use crate::MessageError;

pub async fn close(tx: &mut Tx, actor: &Actor, id: ThreadId) -> Result<(), MessageError> {
    let (_, reader) = find(tx, actor, id).await?;
    let mut thread = store::lock(tx, id).await?.ok_or(MessageError::ReadOnly)?;
    if thread.status == Status::Closed {
        return Err(MessageError::Illegal);
    }
    thread.status = Status::Closed;
    (thread.due_at, thread.urgent) = (None, false);
    store::set(tx, &thread).await?;
    let entry = audit::Entry {
        action: "closed",
        object: "messages",
        object_id: id.uuid(),
        patient: Some(thread.patient),
        purpose: purpose(reader),
    };
    audit::record(tx, entry).await?;
    Ok(())
}
