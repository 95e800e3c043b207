//! Several media units, each in a process of its own, and the one of this process.
//!
//! A room is on one of them; which, is the caller's to remember. `watch` asks each other node twice a second how much it carries. A node
//! that has not answered for two seconds is dead until it answers again: its name is told to whoever subscribed, who places its rooms
//! anew.
//!
//! ```text
//!  Nodes ──▶ own Sfu
//!        └─▶ Remote ──POST /v1/ask, with the shared secret──▶ door ──▶ Sfu of `bedside media`
//! ```

mod config;
mod door;
mod remote;
mod wire;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::broadcast;
use uuid::Uuid;

pub use config::NodesConfig;
pub use door::serve;
pub use remote::Remote;
use wire::{Ask, Told};

use crate::{Heard, Join, JoinError, Sfu};

/// How often a node is asked, and when its silence means that it is gone.
const BEAT: Duration = Duration::from_millis(500);
const SILENCE: Duration = Duration::from_secs(2);

/// How a node stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub name: String,
    pub alive: bool,
    pub peers: usize,
    pub rooms: usize,
}

/// One unit, here or elsewhere.
#[derive(Debug, Clone)]
pub enum Node {
    Own(Sfu),
    Other(Remote),
}

/// All units that this process may place rooms on. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Nodes(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    seats: Vec<Seat>,
    deaths: broadcast::Sender<String>,
}

#[derive(Debug)]
struct Seat {
    name: String,
    node: Node,
    state: Mutex<State>,
}

#[derive(Debug, Clone, Copy, Default)]
struct State {
    peers: usize,
    rooms: usize,
    /// When it last answered.
    heard: Option<Instant>,
    alive: bool,
}

impl Nodes {
    /// The unit of this process, if it has one, under a name that no other process has; and those of the configuration.
    pub fn new(own: Option<(String, Sfu)>, config: &NodesConfig) -> Self {
        let own = own.map(|(name, sfu)| Seat::new(name, Node::Own(sfu), true));
        let remote = |url: &String| Seat::new(url.clone(), Node::Other(Remote::new(url, config)), false);
        let seats = own.into_iter().chain(config.urls.iter().map(remote)).collect();
        Self(Arc::new(Inner { seats, deaths: broadcast::channel(64).0 }))
    }

    /// The unit of this process: connections that came to the port of the pages go there.
    pub fn own(&self) -> Option<&Sfu> {
        self.0.seats.iter().find_map(|seat| match &seat.node {
            Node::Own(sfu) => Some(sfu),
            Node::Other(_) => None,
        })
    }

    /// Those that live, the least laden first.
    pub fn alive(&self) -> Vec<String> {
        let mut living: Vec<_> = self.standings().into_iter().filter(|standing| standing.alive).collect();
        living.sort_by_key(|standing| standing.peers);
        living.into_iter().map(|standing| standing.name).collect()
    }

    pub fn standings(&self) -> Vec<Standing> {
        let standing = |seat: &Seat| {
            let State { peers, rooms, alive, .. } = *seat.state();
            Standing { name: seat.name.clone(), alive, peers, rooms }
        };
        self.0.seats.iter().map(standing).collect()
    }

    /// The nodes that carry something.
    pub fn in_use(&self) -> Vec<Node> {
        let used = |seat: &&Seat| {
            let state = *seat.state();
            // Of the own one nothing is known but what was true half a second ago.
            state.alive && (state.rooms > 0 || matches!(seat.node, Node::Own(_)))
        };
        self.0.seats.iter().filter(used).map(|seat| seat.node.clone()).collect()
    }

    pub fn find(&self, name: &str) -> Option<Node> {
        self.0.seats.iter().find(|seat| seat.name == name).map(|seat| seat.node.clone())
    }

    /// It did not do what it was asked: it is dead until it answers again.
    pub fn suspect(&self, name: &str) {
        if let Some(seat) = self.0.seats.iter().find(|seat| seat.name == name) {
            self.bury(seat);
        }
    }

    /// Names of nodes that die from now on.
    pub fn deaths(&self) -> broadcast::Receiver<String> {
        self.0.deaths.subscribe()
    }

    /// Asks all nodes how they are, for ever.
    pub async fn watch(&self) {
        let mut beat = tokio::time::interval(BEAT);
        beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            beat.tick().await;
            self.look().await;
        }
    }

    /// Asks all nodes once.
    pub async fn look(&self) {
        let mut asked = tokio::task::JoinSet::new();
        for (at, seat) in self.0.seats.iter().enumerate() {
            let node = seat.node.clone();
            asked.spawn(async move { (at, node.load().await) });
        }
        while let Some(answered) = asked.join_next().await {
            let Ok((at, load)) = answered else { continue };
            let seat = &self.0.seats[at];
            match load {
                Some((peers, rooms)) => {
                    let before = seat.state().alive;
                    *seat.state() = State { peers, rooms, heard: Some(Instant::now()), alive: true };
                    if !before {
                        tracing::info!(node = seat.name, "rtc.node_up");
                    }
                }
                None if seat.state().heard.is_none_or(|at| at.elapsed() >= SILENCE) => self.bury(seat),
                None => {}
            }
        }
    }

    fn bury(&self, seat: &Seat) {
        let was_alive = std::mem::replace(&mut seat.state().alive, false);
        if was_alive {
            tracing::warn!(node = seat.name, "rtc.node_down");
            // Nobody may be listening.
            let _ = self.0.deaths.send(seat.name.clone());
        }
    }
}

impl Seat {
    fn new(name: String, node: Node, alive: bool) -> Self {
        Self { name, node, state: Mutex::new(State { alive, ..State::default() }) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Node {
    /// Enters the room and answers the offer. [`JoinError::Stopped`] when the node cannot be reached.
    pub async fn join(&self, join: Join) -> Result<String, JoinError> {
        match self.ask(Ask::Join(join)).await {
            Some(Told::Answer(answer)) => answer,
            _ => Err(JoinError::Stopped),
        }
    }

    pub async fn leave(&self, room: Uuid, peer: Uuid) {
        self.ask(Ask::Leave { room, peer }).await;
    }

    pub async fn kick(&self, room: Uuid, peer: Uuid) {
        self.ask(Ask::Kick { room, peer }).await;
    }

    pub async fn close_room(&self, room: Uuid) {
        self.ask(Ask::CloseRoom { room }).await;
    }

    /// Who is in which room.
    pub async fn rooms(&self) -> Vec<(Uuid, Vec<Uuid>)> {
        match self.ask(Ask::Rooms).await {
            Some(Told::Rooms(rooms)) => rooms,
            _ => Vec::new(),
        }
    }

    /// Whom this peer hears and sees, and where.
    pub async fn lines(&self, room: Uuid, peer: Uuid) -> Vec<Heard> {
        match self.ask(Ask::Lines { room, peer }).await {
            Some(Told::Lines(lines)) => lines,
            _ => Vec::new(),
        }
    }

    async fn load(&self) -> Option<(usize, usize)> {
        match self.ask(Ask::Load).await {
            Some(Told::Load { peers, rooms }) => Some((peers, rooms)),
            _ => None,
        }
    }

    async fn ask(&self, ask: Ask) -> Option<Told> {
        match self {
            Self::Own(sfu) => Some(wire::obey(sfu, ask).await),
            Self::Other(remote) => remote.ask(&ask).await,
        }
    }
}

#[cfg(test)]
mod tests;
