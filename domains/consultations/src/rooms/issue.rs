//! Mint a ticket to the room.

use access::Actor;
use aws_lc_rs::digest::{SHA256, digest};
use db::Tx;
use kernel::{Secret, Timestamp, ids::VisitId};

use super::{RoomError, store};
use crate::visits::{Visit, VisitState, store as visits};

/// How long a ticket may be shown.
pub(crate) const MINUTES: i64 = 5;
/// The room opens so long before the appointment, and lets people (back) in until so long after it.
pub(crate) const BEFORE_MINUTES: i64 = 15;
pub(crate) const AFTER_MINUTES: i64 = 30;

/// A ticket. Only its hash is kept.
#[derive(Debug, Clone)]
pub struct RoomToken {
    pub token: Secret<String>,
    pub expires_at: Timestamp,
}

/// A ticket for this person to this visit: only its patient or its doctor, only while it is open, only in its time.
pub async fn issue(tx: &mut Tx, actor: &Actor, id: VisitId) -> Result<RoomToken, RoomError> {
    let (visit, side) = visits::find_for(tx, actor, id).await?.ok_or(RoomError::NotFound)?;
    let now = tx.now();
    may_enter(&visit, now)?;
    if !visit.has_media() {
        return Err(RoomError::NoMedia);
    }
    let token = hex::encode(tx.random().token32());
    let expires_at = now.plus_minutes(MINUTES);
    store::insert(tx, &hash(&token), id, (actor.account, side), expires_at).await?;
    Ok(RoomToken { token: Secret::new(token), expires_at })
}

/// The room of this visit lets its two people in now.
pub(crate) fn may_enter(visit: &Visit, now: Timestamp) -> Result<(), RoomError> {
    if visit.state != VisitState::Open || visit.booking != "confirmed" {
        return Err(RoomError::Closed);
    }
    let (from, until) = (visit.starts_at.plus_minutes(-BEFORE_MINUTES), visit.ends_at.plus_minutes(AFTER_MINUTES));
    if now < from || now >= until {
        return Err(RoomError::NotOpen { from, until });
    }
    Ok(())
}

pub(super) fn hash(token: &str) -> Vec<u8> {
    digest(&SHA256, token.as_bytes()).as_ref().to_vec()
}
