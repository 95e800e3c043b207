//! The doctor lets a third party share a screen, and takes that back.

use access::Actor;
use db::Tx;
use kernel::ids::{VisitGuestId, VisitId};
use vault::Vault;

use super::{EndReason, Sharer, SharingError, stop};
use crate::{
    guests::{self, GuestError, GuestStanding},
    visits::{self, Visit, VisitState},
};

/// From now on this third party, who is in the room, may share.
pub(crate) async fn let_share(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    (visit, guest): (VisitId, VisitGuestId),
) -> Result<(), SharingError> {
    let (visit, guest) = held(tx, vault, actor, visit, guest).await?;
    if visit.state != VisitState::Open {
        return Err(SharingError::Closed);
    }
    if guest.standing(tx.now()) != GuestStanding::Admitted {
        return Err(GuestError::NotThere.into());
    }
    guests::set_leave(tx, &visit, guest.id, true).await?;
    Ok(())
}

/// No longer; what they share ends.
pub(crate) async fn revoke_leave(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    (visit, guest): (VisitId, VisitGuestId),
) -> Result<(), SharingError> {
    let (visit, guest) = held(tx, vault, actor, visit, guest).await?;
    guests::set_leave(tx, &visit, guest.id, false).await?;
    stop(tx, &visit, Sharer::Guest(guest.id, guest.role), None, EndReason::Withdrawn).await
}

async fn held(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    visit: VisitId,
    guest: VisitGuestId,
) -> Result<(Visit, guests::Guest), SharingError> {
    let visit = visits::store::lock_as_doctor(tx, actor, visit).await?.ok_or(SharingError::NotFound)?;
    let guest = guests::lock(tx, vault, &visit, guest).await?.ok_or(SharingError::NotFound)?;
    Ok((visit, guest))
}
