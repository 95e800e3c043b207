//! An address for a phone: made by the patient's side, taken back by either.

use access::Actor;
use audit::Entry;
use db::Tx;
use kernel::{
    Timestamp,
    ids::{PhotoLinkId, VisitId},
};
use vault::Vault;

use super::{
    PhotoError,
    model::{LINK_MINUTES, MOST_PHOTOS},
    store,
    token::PhotoToken,
};
use crate::visits::{self, Side, Visit, VisitState};

/// The address, known here alone, once.
#[derive(Debug, Clone)]
pub struct MadeLink {
    pub id: PhotoLinkId,
    pub expires_at: Timestamp,
    token: PhotoToken,
}

impl MadeLink {
    /// Where it leads: a path of ours.
    pub fn path(&self) -> String {
        format!("/photos/{}", self.token.expose())
    }
}

/// Makes an address; the one before is worth nothing.
pub async fn make(tx: &mut Tx, vault: &Vault, actor: &Actor, visit: VisitId) -> Result<MadeLink, PhotoError> {
    let (visit, side) = visits::find_for(tx, actor, visit).await?.ok_or(PhotoError::NotFound)?;
    if side != Side::Patient {
        return Err(PhotoError::NotYours);
    }
    takes_photos(&visit)?;
    store::lock_links(tx, visit.id).await?;
    store::set_revoked(tx, visit.id).await?;
    let (id, token) = (tx.id::<PhotoLinkId>(), PhotoToken::new(tx));
    let expires_at = tx.now().plus_minutes(LINK_MINUTES);
    store::insert_link(tx, id, &visit, actor.account, (&token.mac(vault), expires_at, MOST_PHOTOS)).await?;
    let entry = Entry {
        action: "photo_link",
        object: "visit",
        object_id: visit.id.uuid(),
        patient: Some(visit.patient),
        purpose: chart::purpose::OWN,
    };
    audit::record(tx, entry).await?;
    Ok(MadeLink { id, expires_at, token })
}

/// Takes the address back, by either of the two: what is on its way is refused, too.
pub async fn revoke(tx: &mut Tx, actor: &Actor, visit: VisitId) -> Result<(), PhotoError> {
    let (visit, _) = visits::find_for(tx, actor, visit).await?.ok_or(PhotoError::NotFound)?;
    store::set_revoked(tx, visit.id).await?;
    Ok(())
}

pub(super) fn takes_photos(visit: &Visit) -> Result<(), PhotoError> {
    if visit.state == VisitState::Open && visit.booking == "confirmed" { Ok(()) } else { Err(PhotoError::Closed) }
}
