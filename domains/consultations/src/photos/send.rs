//! A photo comes in.

use access::Actor;
use chart::documents::{self, Photo};
use db::Tx;
use kernel::ids::{AccountId, DocumentId, PhotoLinkId, VisitId, VisitPhotoId};
use vault::Vault;

use super::{PhotoError, link::takes_photos, model::PhotoLink, store, token::PhotoToken};
use crate::{
    news,
    visits::{self, Side, Visit, store as of_visits},
};

/// Whether this person may send a photo into this visit: asked before a file is read, and again when it is kept.
pub(super) async fn may_send(tx: &mut Tx, actor: &Actor, visit: VisitId) -> Result<Visit, PhotoError> {
    let (visit, side) = visits::find_for(tx, actor, visit).await?.ok_or(PhotoError::NotFound)?;
    if side != Side::Patient {
        return Err(PhotoError::NotYours);
    }
    takes_photos(&visit)?;
    Ok(visit)
}

/// Keeps a photo of the patient's side, as a document of the record and of this visit.
pub async fn send(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    visit: VisitId,
    photo: Photo,
) -> Result<DocumentId, PhotoError> {
    let visit = may_send(tx, actor, visit).await?;
    let document = documents::receive_photo(tx, vault, actor, (visit.patient, visit.appointment), photo).await?;
    keep(tx, &visit, document, (actor.account, None)).await?;
    Ok(document)
}

/// The address that is opened to a phone with this key, or without one, while who made it still acts for the patient. In the system's context; held until the transaction ends.
pub(super) async fn look(
    tx: &mut Tx,
    vault: &Vault,
    address: &PhotoToken,
    key: Option<&PhotoToken>,
) -> Result<(PhotoLink, Visit), PhotoError> {
    let link = store::lock_by_link(tx, &address.mac(vault)).await?.ok_or(PhotoError::NotFound)?;
    let key = key.map(|key| key.mac(vault));
    let visit = of_visits::find(tx, link.visit).await?.ok_or(PhotoError::NotFound)?;
    let is_open = link.opens(key.as_ref().map(<[u8; 32]>::as_slice), tx.now()) && takes_photos(&visit).is_ok();
    let is_open = is_open && store::speaks_for(tx, link.made_by, visit.patient).await?;
    if is_open { Ok((link, visit)) } else { Err(PhotoError::NotFound) }
}

/// Keeps a photo that a phone sends by an address: everything is looked at again, under the address's lock, and one less is taken. The key,
/// where the phone gets one.
pub(super) async fn send_by_link(
    tx: &mut Tx,
    vault: &Vault,
    (address, key): (&PhotoToken, Option<&PhotoToken>),
    photo: Photo,
) -> Result<Option<PhotoToken>, PhotoError> {
    let (link, visit) = look(tx, vault, address, key).await?;
    let mac = key.map(|key| key.mac(vault));
    if !link.takes(mac.as_ref().map(<[u8; 32]>::as_slice), tx.now()) {
        return Err(PhotoError::NotFound);
    }
    let fresh = link.key_mac.is_none().then(|| PhotoToken::new(tx));
    let fresh_mac = fresh.as_ref().map(|key| key.mac(vault));
    store::set_used(tx, link.id, fresh_mac.as_ref().map(<[u8; 32]>::as_slice)).await?;
    // The address speaks for who made it, for this one thing.
    let maker = Actor { account: link.made_by, ..Actor::nobody() };
    let document = documents::receive_photo(tx, vault, &maker, (visit.patient, visit.appointment), photo).await?;
    keep(tx, &visit, document, (link.made_by, Some(link.id))).await?;
    Ok(fresh)
}

async fn keep(
    tx: &mut Tx,
    visit: &Visit,
    document: DocumentId,
    (by, link): (AccountId, Option<PhotoLinkId>),
) -> Result<(), PhotoError> {
    let id = tx.id::<VisitPhotoId>();
    store::insert_photo(tx, id, visit, document, (by, link)).await?;
    news::room_changed(tx, visit.id).await?;
    Ok(())
}
