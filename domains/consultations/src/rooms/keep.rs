//! Who must not be in a media room is put out: twice a second all rooms are compared with the database, whatever process closed the visit,
//! called off the appointment or took an invitation back.

use std::time::Duration;

use db::Context;
use rtc::{Node, Nodes};
use uuid::Uuid;
use web::App;

use super::{place, store};

const BEAT: Duration = Duration::from_millis(500);

/// Keeps the rooms of the nodes that this process knows, for ever.
pub async fn keep_rooms(app: App) {
    let Some(nodes) = app.try_part::<Nodes>() else {
        return;
    };
    let mut deaths = nodes.deaths();
    let mut beat = tokio::time::interval(BEAT);
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        let done = tokio::select! {
            death = deaths.recv() => match death {
                Ok(name) => place::replace(&app, &nodes, &name).await,
                // So many died at once that news were lost: their rooms move when somebody comes again.
                Err(_) => Ok(()),
            },
            _ = beat.tick() => put_out(&app, &nodes).await,
        };
        if let Err(error) = done {
            tracing::warn!(%error, "rooms.not_kept");
        }
    }
}

/// Looks once.
pub async fn put_out(app: &App, nodes: &Nodes) -> Result<(), db::Error> {
    for node in nodes.in_use() {
        let seats: Vec<_> = node.rooms().await.into_iter().flat_map(|(room, peers)| pairs(room, peers)).collect();
        if !seats.is_empty() {
            clear(app, &node, &seats).await?;
        }
    }
    Ok(())
}

fn pairs(room: Uuid, peers: Vec<Uuid>) -> impl Iterator<Item = (Uuid, Uuid)> {
    peers.into_iter().map(move |peer| (room, peer))
}

async fn clear(app: &App, node: &Node, seats: &[(Uuid, Uuid)]) -> Result<(), db::Error> {
    let mut tx = app.db().begin(&Context::system("who may no longer be in a media room")).await?;
    let unwanted = store::list_unwanted(&mut tx, seats).await?;
    tx.rollback().await?;
    for (room, peer) in unwanted {
        tracing::info!(%room, %peer, "rooms.put_out");
        node.kick(room, peer).await;
    }
    Ok(())
}
