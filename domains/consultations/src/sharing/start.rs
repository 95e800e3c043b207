//! Start, go on, stop.

use db::Tx;
use kernel::ids::ScreenShareId;

use super::{EndReason, Sharer, SharingError, Start, store};
use crate::{
    news,
    visits::{Visit, VisitState},
};

/// Characters of a page's name.
const LONGEST_CLIENT: usize = 64;

/// Shares a screen, where nobody else does: of two who start at once, one is told that the other shares. Who may share at all, and that the
/// visit is theirs, is for the caller to know.
pub async fn start(tx: &mut Tx, visit: &Visit, who: Sharer, command: &Start) -> Result<ScreenShareId, SharingError> {
    check(visit)?;
    if command.client.is_empty() || command.client.len() > LONGEST_CLIENT {
        return Err(SharingError::BadClient);
    }
    if let Some(share) = store::lock_current(tx, visit.id).await? {
        let is_live = share.is_live(tx.now());
        let why = match (share.is_of(who), is_live) {
            (true, true) if share.client == command.client => {
                store::set_renewed(tx, share.id).await?;
                return Ok(share.id);
            }
            // Another page of the same person.
            (true, _) => EndReason::Left,
            (false, false) => EndReason::Lost,
            // A third party takes over from nobody.
            (false, true) if command.take_over && who.account().is_some() => EndReason::TakenOver,
            (false, true) => return Err(SharingError::Taken),
        };
        store::set_ended(tx, share.id, why).await?;
    }
    let id = store::insert(tx, visit, who, &command.client).await?;
    news::room_changed(tx, visit.id).await?;
    Ok(id)
}

fn check(visit: &Visit) -> Result<(), SharingError> {
    if visit.state != VisitState::Open || visit.booking != "confirmed" {
        return Err(SharingError::Closed);
    }
    if visit.mode != "video" {
        return Err(SharingError::NoPicture);
    }
    Ok(())
}

/// This page goes on sharing.
pub async fn renew(tx: &mut Tx, visit: &Visit, who: Sharer, client: &str) -> Result<(), SharingError> {
    check(visit)?;
    let share = store::lock_current(tx, visit.id).await?;
    let share = share.filter(|share| share.is_of(who) && share.client == client).ok_or(SharingError::NotSharing)?;
    store::set_renewed(tx, share.id).await?;
    Ok(())
}

/// Ends what this person shares, from `client` or, without one, from any page. Nothing to end is nothing wrong.
pub async fn stop(
    tx: &mut Tx,
    visit: &Visit,
    who: Sharer,
    client: Option<&str>,
    why: EndReason,
) -> Result<(), SharingError> {
    let Some(share) = store::lock_current(tx, visit.id).await? else { return Ok(()) };
    if share.is_of(who) && client.is_none_or(|client| client == share.client) {
        store::set_ended(tx, share.id, why).await?;
        news::room_changed(tx, visit.id).await?;
    }
    Ok(())
}
