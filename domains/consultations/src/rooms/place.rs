//! On which media node a room is.

use db::{Context, Tx};
use kernel::ids::VisitId;
use rtc::{Join, JoinError, Node, Nodes};
use web::App;

use super::{RoomError, store};
use crate::news;

/// Takes a seat on the node of this room. A room has none before its first guest, and keeps its node as long as that lives; a node that
/// cannot be reached is given up, and the room is placed once more.
pub(crate) async fn seat(app: &App, visit: VisitId, join: Join) -> Result<String, RoomError> {
    let nodes = app.try_part::<Nodes>().ok_or(RoomError::Away)?;
    for _ in 0..2 {
        let (name, node) = place(app, &nodes, visit).await?;
        match node.join(join.clone()).await {
            Err(JoinError::Stopped) => nodes.suspect(&name),
            answer => return Ok(answer?),
        }
    }
    Err(RoomError::Away)
}

async fn place(app: &App, nodes: &Nodes, visit: VisitId) -> Result<(String, Node), RoomError> {
    let alive = nodes.alive();
    if alive.is_empty() {
        return Err(RoomError::Away);
    }
    let mut tx = app.db().begin(&Context::system("place a room on a media node")).await?;
    let name = store::place(&mut tx, visit, &alive).await?;
    tx.commit().await?;
    let node = nodes.find(&name).ok_or(RoomError::Away)?;
    Ok((name, node))
}

/// The node that this room is on, if it is on one that this process knows.
pub(crate) async fn node_of(app: &App, visit: VisitId) -> Result<Option<Node>, db::Error> {
    let Some(nodes) = app.try_part::<Nodes>() else {
        return Ok(None);
    };
    let mut tx = app.db().begin(&Context::system("find the media node of a room")).await?;
    let name = store::node_of(&mut tx, visit).await?;
    tx.rollback().await?;
    Ok(name.and_then(|name| nodes.find(&name)))
}

/// A node is dead: its rooms go to the others, and those in them are told to come again.
pub(super) async fn replace(app: &App, nodes: &Nodes, dead: &str) -> Result<(), db::Error> {
    let alive = nodes.alive();
    if alive.is_empty() {
        return Ok(());
    }
    let mut tx = app.db().begin(&Context::system("place the rooms of a dead media node anew")).await?;
    let moved = store::move_rooms(&mut tx, dead, &alive).await?;
    tell_moved(&mut tx, &moved).await?;
    tx.commit().await?;
    if !moved.is_empty() {
        tracing::warn!(node = dead, rooms = moved.len(), "rooms.moved");
    }
    Ok(())
}

async fn tell_moved(tx: &mut Tx, visits: &[VisitId]) -> Result<(), db::Error> {
    for visit in visits {
        news::in_room(tx, *visit, "moved", serde_json::json!({})).await?;
    }
    Ok(())
}
