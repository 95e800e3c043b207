//! The development mailbox: where the letters of demonstration mode end up.

use db::Tx;
use kernel::{
    Timestamp,
    ids::{DeliveryId, MessageId},
};
use vault::{At, Vault};

use crate::{
    Attachment, SendError,
    letter::{Channel, Letter},
    store,
};

/// A letter that was not sent anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    pub id: MessageId,
    pub channel: Channel,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: Option<String>,
    pub attachments: Vec<Attachment>,
    pub sent_at: Timestamp,
}

/// The newest letters, to this address only if one is given. Needs a system context.
pub async fn list(tx: &mut Tx, vault: &Vault, to: Option<&str>, limit: i64) -> Result<Vec<Posted>, SendError> {
    let rows = store::list_posted(tx, to, limit).await?;
    let mut posted = Vec::with_capacity(rows.len());
    for row in rows {
        posted.push(open(tx, vault, row).await?);
    }
    Ok(posted)
}

/// One letter. Needs a system context.
pub async fn find(tx: &mut Tx, vault: &Vault, id: MessageId) -> Result<Option<Posted>, SendError> {
    match store::find_posted(tx, id).await? {
        Some(row) => Ok(Some(open(tx, vault, row).await?)),
        None => Ok(None),
    }
}

/// A delivery arrives once, however often it is handed over.
pub(crate) async fn post(
    tx: &mut Tx,
    vault: &Vault,
    delivery: DeliveryId,
    channel: Channel,
    letter: &Letter,
) -> Result<String, SendError> {
    let id = MessageId::from_uuid(delivery.uuid());
    let sealed = vault.seal_platform_json(tx, place_of(id), letter).await?;
    store::insert_posted(tx, id, channel, &letter.to, &sealed).await?;
    Ok(id.to_string())
}

async fn open(tx: &mut Tx, vault: &Vault, row: store::PostedRow) -> Result<Posted, SendError> {
    let letter: Letter = vault.open_platform_json(tx, place_of(row.id), &row.letter_sealed).await?.into_inner();
    Ok(Posted {
        id: row.id,
        channel: Channel::of(&row.channel),
        to: letter.to,
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        attachments: letter.attachments,
        sent_at: row.sent_at,
    })
}

const fn place_of(id: MessageId) -> At {
    At::new("dev_mailbox", "letter_sealed", id.uuid())
}
