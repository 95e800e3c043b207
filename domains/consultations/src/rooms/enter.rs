//! Show the ticket, and take a seat.

use access::Actor;
use db::Tx;
use kernel::ids::{AccountId, VisitId};
use serde_json::json;

use super::{
    RoomError,
    issue::{hash, may_enter},
    store,
};
use crate::{
    news, sharing,
    visits::{Side, Visit, store as visits},
};

/// Where the forwarding unit seats somebody.
#[derive(Debug, Clone)]
pub struct Seat {
    pub visit: Visit,
    pub account: AccountId,
    pub side: Side,
}

/// Checks the ticket and everything it was minted on again, writes down who came, and tells the room: another device of
/// the same person (a `client` of another name) steps back.
pub async fn enter(tx: &mut Tx, actor: &Actor, id: VisitId, token: &str, client: &str) -> Result<Seat, RoomError> {
    let (visit, side) = visits::find_for(tx, actor, id).await?.ok_or(RoomError::NotFound)?;
    if !store::is_valid(tx, &hash(token), id, actor.account).await? {
        return Err(RoomError::BadToken);
    }
    let now = tx.now();
    may_enter(&visit, now)?;
    visits::insert_event(tx, &visit, Some((actor.account, side)), "joined").await?;
    news::in_room(tx, id, "joined", json!({ "by": side, "client": client, "account": actor.account })).await?;
    Ok(Seat { visit, account: actor.account, side })
}

/// Writes down that somebody left by their own will.
pub async fn leave(tx: &mut Tx, actor: &Actor, id: VisitId) -> Result<(), RoomError> {
    let (visit, side) = visits::find_for(tx, actor, id).await?.ok_or(RoomError::NotFound)?;
    visits::insert_event(tx, &visit, Some((actor.account, side)), "left").await?;
    sharing::store::end_of_person(tx, visit.id, actor.account).await?;
    news::room_changed(tx, visit.id).await?;
    Ok(())
}
