//! Say something.

use access::Actor;
use db::Tx;
use kernel::{
    Phi, Timestamp,
    ids::{MessageId, VisitId},
};
use serde_json::json;
use uuid::Uuid;
use vault::Vault;

use super::{
    ChatError,
    store::{self, at},
};
use crate::{
    news,
    visits::{Side, VisitState, store as visits},
};

/// Characters of one message.
pub(crate) const LONGEST: usize = 4000;

/// Something to say.
#[derive(Debug, Clone)]
pub struct Say {
    pub visit: VisitId,
    /// The sender's own id of it.
    pub client_id: Uuid,
    pub text: String,
}

/// Something said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub id: MessageId,
    pub client_id: Uuid,
    pub from: Side,
    pub mine: bool,
    pub text: Phi<String>,
    pub sent_at: Timestamp,
}

/// Keeps the message and tells the room. Said again under the same id, it is the first one that stands.
pub async fn say(tx: &mut Tx, vault: &Vault, actor: &Actor, command: Say) -> Result<Message, ChatError> {
    let text = command.text.trim();
    if text.is_empty() {
        return Err(ChatError::Empty);
    }
    if text.chars().count() > LONGEST {
        return Err(ChatError::Long);
    }
    let (visit, side) = visits::find_for(tx, actor, command.visit).await?.ok_or(ChatError::NotFound)?;
    if visit.state != VisitState::Open {
        return Err(ChatError::Closed);
    }
    let id = tx.id::<MessageId>();
    let sealed = vault.seal_text(tx, visit.patient, at(id), text).await?;
    if store::insert(tx, id, &visit, (actor.account, side, command.client_id), &sealed).await? {
        news::in_room(tx, visit.id, "message", json!({ "id": id })).await?;
    }
    store::find_by_client_id(tx, vault, &visit, actor, command.client_id).await?.ok_or(ChatError::NotFound)
}
