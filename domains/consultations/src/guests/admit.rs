//! The doctor lets a third party in.

use access::Actor;
use db::Tx;
use kernel::ids::{VisitGuestId, VisitId};
use vault::Vault;

use super::{GuestError, GuestStanding, store, trail};
use crate::visits::{self, Side, VisitState};

/// Lets in who waits, once both of the two have consented.
pub async fn admit(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    (visit, id): (VisitId, VisitGuestId),
) -> Result<(), GuestError> {
    let visit = visits::store::lock_as_doctor(tx, actor, visit).await?.ok_or(GuestError::NotFound)?;
    let guest = store::lock(tx, vault, &visit, id).await?.ok_or(GuestError::NotFound)?;
    if visit.state != VisitState::Open {
        return Err(GuestError::Closed);
    }
    match guest.standing(tx.now()) {
        GuestStanding::Admitted => return Ok(()),
        GuestStanding::Invited => return Err(GuestError::NotThere),
        GuestStanding::Expired | GuestStanding::Revoked => return Err(GuestError::Closed),
        GuestStanding::Waiting => {}
    }
    if !guest.has_consents() {
        return Err(GuestError::NoConsent);
    }
    store::set_admitted(tx, id).await?;
    trail::by_person(tx, &visit, (id, guest.role), (actor, Side::Doctor), "admitted").await?;
    Ok(())
}
