//! What a node is asked, and what it answers: one message each, as JSON.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Heard, Join, JoinError, Sfu};

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Ask {
    Load,
    Join(Join),
    Leave { room: Uuid, peer: Uuid },
    Kick { room: Uuid, peer: Uuid },
    CloseRoom { room: Uuid },
    Rooms,
    Lines { room: Uuid, peer: Uuid },
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Told {
    Load { peers: usize, rooms: usize },
    Answer(Result<String, JoinError>),
    Done,
    Rooms(Vec<(Uuid, Vec<Uuid>)>),
    Lines(Vec<Heard>),
}

pub(super) async fn obey(sfu: &Sfu, ask: Ask) -> Told {
    match ask {
        Ask::Load => {
            let stats = sfu.stats().await;
            Told::Load { peers: stats.peers, rooms: stats.rooms }
        }
        Ask::Join(join) => Told::Answer(sfu.join(join).await),
        Ask::Leave { room, peer } => {
            sfu.leave(room, peer).await;
            Told::Done
        }
        Ask::Kick { room, peer } => {
            sfu.kick(room, peer).await;
            Told::Done
        }
        Ask::CloseRoom { room } => {
            sfu.close_room(room).await;
            Told::Done
        }
        Ask::Rooms => Told::Rooms(sfu.rooms().await),
        Ask::Lines { room, peer } => Told::Lines(sfu.lines(room, peer).await),
    }
}
