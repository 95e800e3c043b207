//! A conversation becomes the reason of a visit: what it is about is written beside the visit that its patient has booked with the same
//! doctor. Not by way of an address, where words about health would lie in logs and histories.

use access::Actor;
use db::Tx;
use kernel::{
    Timestamp,
    ids::{AppointmentId, ThreadId},
};
use scheduling::appointments;
use vault::Vault;

use super::{find, model::Side, store};
use crate::MessageError;

/// The visit that has the reason now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carried {
    pub appointment: AppointmentId,
    pub starts_at: Timestamp,
}

/// The next visit of the two, if one is booked.
pub async fn carry(tx: &mut Tx, vault: &Vault, actor: &Actor, id: ThreadId) -> Result<Carried, MessageError> {
    let (thread, reader) = find(tx, actor, id).await?;
    if reader.side() != Side::Patient {
        return Err(MessageError::NotFound);
    }
    let next = store::find_next_visit(tx, &thread).await?.ok_or(MessageError::Illegal)?;
    let appointment = appointments::find_for(tx, actor, next.appointment).await?.ok_or(MessageError::NotFound)?;
    let subject = store::find_subject(tx, vault, &thread).await?;
    appointments::write_reason(tx, vault, &appointment, subject.expose()).await?;
    Ok(next)
}
