//! An invitation, or a consent, is taken back.

use access::Actor;
use db::Tx;
use kernel::ids::{VisitGuestId, VisitId};
use vault::Vault;

use super::{GuestError, GuestStanding, store, trail};
use crate::{news, sharing, visits};

/// Takes it back, by either of the two: the link does not open, the key lets nobody in, and who is in the room is put out by the caller
/// (and by `rooms::keep`, if the caller cannot).
pub async fn revoke(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    (visit, id): (VisitId, VisitGuestId),
) -> Result<(), GuestError> {
    let (visit, side) = visits::find_for(tx, actor, visit).await?.ok_or(GuestError::NotFound)?;
    let guest = store::lock(tx, vault, &visit, id).await?.ok_or(GuestError::NotFound)?;
    if guest.standing(tx.now()) == GuestStanding::Revoked {
        return Ok(());
    }
    store::set_revoked(tx, id).await?;
    sharing::store::end_of_guest(tx, id, sharing::EndReason::Withdrawn).await?;
    news::room_changed(tx, visit.id).await?;
    trail::by_person(tx, &visit, (id, guest.role), (actor, side), "revoked").await?;
    Ok(())
}
