//! End a cover before its time: the doctor is back, or the other one cannot.

use access::Actor;
use db::Tx;
use kernel::ids::ThreadCoverId;

use super::store;
use crate::MessageError;

pub async fn end(tx: &mut Tx, actor: &Actor, id: ThreadCoverId) -> Result<(), MessageError> {
    let me = actor.practitioner.ok_or(MessageError::NotFound)?;
    let (ends_at, ended) = store::lock(tx, me, id).await?.ok_or(MessageError::NotFound)?;
    if ended || ends_at <= tx.now() {
        return Err(MessageError::Illegal);
    }
    store::set_ended(tx, id).await?;
    let entry = audit::Entry {
        action: "ended",
        object: "thread_cover",
        object_id: id.uuid(),
        patient: None,
        purpose: "operations",
    };
    audit::record(tx, entry).await?;
    Ok(())
}
