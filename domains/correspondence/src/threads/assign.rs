//! Take a conversation over within the team: the doctor from who covered, or who covers from the doctor.

use access::Actor;
use db::Tx;
use kernel::ids::ThreadId;

use super::{find, model::Side, store};
use crate::MessageError;

pub async fn assign(tx: &mut Tx, actor: &Actor, id: ThreadId) -> Result<(), MessageError> {
    let (_, reader) = find(tx, actor, id).await?;
    if reader.side() != Side::Team {
        return Err(MessageError::NotFound);
    }
    let mut thread = store::lock(tx, id).await?.ok_or(MessageError::ReadOnly)?;
    thread.assignee = actor.practitioner.ok_or(MessageError::NotFound)?;
    Ok(store::set(tx, &thread).await?)
}
