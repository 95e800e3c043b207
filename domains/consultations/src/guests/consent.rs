//! The other of the two consents to a third party.

use access::Actor;
use db::Tx;
use kernel::ids::{VisitGuestId, VisitId};
use vault::Vault;

use super::{GuestError, store, trail};
use crate::visits;

/// Consents on the side of whoever asks, once: consenting again changes nothing.
pub async fn consent(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    (visit, id): (VisitId, VisitGuestId),
) -> Result<(), GuestError> {
    let (visit, side) = visits::find_for(tx, actor, visit).await?.ok_or(GuestError::NotFound)?;
    let guest = store::lock(tx, vault, &visit, id).await?.ok_or(GuestError::NotFound)?;
    if !guest.standing(tx.now()).counts() {
        return Err(GuestError::Closed);
    }
    store::set_consent(tx, id, side).await?;
    trail::by_person(tx, &visit, (id, guest.role), (actor, side), "consented").await?;
    Ok(())
}
