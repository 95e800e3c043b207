//! A guest who was let in enters the media room, and leaves it.

use db::Tx;
use kernel::ids::VisitGuestId;
use vault::Vault;

use super::{GuestError, GuestStanding, model::Guest, store, token::GuestToken, trail};
use crate::{
    news, rooms, sharing,
    visits::{Visit, store as visits},
};

/// The guest whose key this is, and the visit. In the system's context.
pub(super) async fn find(
    tx: &mut Tx,
    vault: &Vault,
    id: VisitGuestId,
    key: Option<GuestToken>,
) -> Result<(Guest, Visit), GuestError> {
    let key = key.ok_or(GuestError::NotFound)?;
    let guest = store::find_by_key(tx, id, &key.mac(vault)).await?.ok_or(GuestError::NotFound)?;
    let visit = visits::find(tx, guest.visit).await?.ok_or(GuestError::NotFound)?;
    Ok((guest, visit))
}

/// Checks everything again, and writes down who came.
pub(super) async fn enter(tx: &mut Tx, guest: &Guest, visit: &Visit) -> Result<(), GuestError> {
    let now = tx.now();
    rooms::may_enter(visit, now)?;
    match guest.standing(now) {
        GuestStanding::Admitted => {}
        GuestStanding::Waiting | GuestStanding::Invited | GuestStanding::Expired => return Err(GuestError::Waiting),
        GuestStanding::Revoked => return Err(GuestError::NotFound),
    }
    trail::by_guest(tx, visit, (guest.id, guest.role), "joined").await
}

pub(super) async fn leave(tx: &mut Tx, guest: &Guest, visit: &Visit) -> Result<(), GuestError> {
    sharing::store::end_of_guest(tx, guest.id, sharing::EndReason::Left).await?;
    news::room_changed(tx, visit.id).await?;
    trail::by_guest(tx, visit, (guest.id, guest.role), "left").await
}
