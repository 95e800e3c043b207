//! The handle that the rest of the program holds.

use std::{io, net::SocketAddr, sync::Arc, thread};

use tokio::sync::{broadcast, mpsc, oneshot};
use uuid::Uuid;

use crate::{RoomStats, RtcConfig, RtcEvent, Stats, net};

/// A request to enter a room.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Join {
    pub room: Uuid,
    pub peer: Uuid,
    /// Whether media flows at once. A peer that is not admitted may connect, but sends to nobody and hears nobody.
    pub admitted: bool,
    /// The browser's SDP offer.
    pub offer: String,
}

/// Why nobody entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize)]
pub enum JoinError {
    #[error("the offer is not one this unit can answer")]
    BadOffer,
    #[error("the room is full")]
    RoomFull,
    #[error("the unit carries as many peers as it may")]
    Busy,
    #[error("the unit has stopped")]
    Stopped,
}

/// The unit could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("media cannot bind {transport} {address}")]
    Bind { transport: &'static str, address: SocketAddr, source: io::Error },
    #[error("the media thread cannot start")]
    Thread(#[source] io::Error),
}

/// What the handle asks of the media thread.
#[derive(Debug)]
pub(crate) enum Command {
    Join(Join, oneshot::Sender<Result<String, JoinError>>),
    Leave { room: Uuid, peer: Uuid },
    Kick { room: Uuid, peer: Uuid },
    Admit { room: Uuid, peer: Uuid },
    CloseRoom { room: Uuid },
    Stats(oneshot::Sender<Stats>),
    RoomStats(Uuid, oneshot::Sender<Option<RoomStats>>),
    Listen { room: Uuid, listener: Listener, ear: mpsc::Sender<Sound> },
    Rooms(oneshot::Sender<Vec<(Uuid, Vec<Uuid>)>>),
    Lines { room: Uuid, peer: Uuid, reply: oneshot::Sender<Vec<Heard>> },
    Stream(std::net::TcpStream, SocketAddr),
}

/// Whom a peer hears or sees on one of its lines.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Heard {
    /// The line's name in the peer's own description (SDP `mid`).
    pub line: String,
    pub peer: Uuid,
}

/// One packet of somebody's sound, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sound {
    pub peer: Uuid,
    /// A peer that comes back begins a new session, and a new stream.
    pub session: u64,
    /// Ticks of 1/48,000 s.
    pub rtp_time: u32,
    /// Opus.
    pub packet: Arc<[u8]>,
}

/// What somebody listens for. One of each listens to a room: the next takes its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listener {
    /// Writes down what is said.
    Scribe,
    /// Keeps the sound.
    Recorder,
}

/// Packets that may wait for a listener: five seconds of two people.
const SOUNDS: usize = 512;

/// The running unit. Cheap to clone; the media thread ends when the last handle is dropped.
#[derive(Debug, Clone)]
pub struct Sfu {
    commands: mpsc::Sender<Command>,
    events: broadcast::Sender<RtcEvent>,
    bound: Arc<(SocketAddr, SocketAddr)>,
    web: Arc<[SocketAddr]>,
}

impl Sfu {
    /// Binds both sockets and starts the media thread.
    pub fn start(config: RtcConfig) -> Result<Self, StartError> {
        let (commands, inbox) = mpsc::channel(256);
        let (events, _) = broadcast::channel(1024);
        let sockets = net::Sockets::bind(&config)?;
        let bound = Arc::new((sockets.udp_address, sockets.tcp_address));
        let web = config.announced_web.as_slice().into();
        let told = events.clone();
        thread::Builder::new()
            .name("media".to_owned())
            .spawn(move || net::run(config, sockets, inbox, told))
            .map_err(StartError::Thread)?;
        Ok(Self { commands, events, bound, web })
    }

    pub fn udp_address(&self) -> SocketAddr {
        self.bound.0
    }

    pub fn tcp_address(&self) -> SocketAddr {
        self.bound.1
    }

    /// Where browsers are told that the port of the pages is.
    pub fn web_addresses(&self) -> &[SocketAddr] {
        &self.web
    }

    /// Enters the room and answers the offer. The same peer joining again takes the place of its former self, which is
    /// told `Gone(Replaced)`: that is also how a browser reconnects.
    pub async fn join(&self, join: Join) -> Result<String, JoinError> {
        let (reply, answer) = oneshot::channel();
        self.commands.send(Command::Join(join, reply)).await.map_err(|_| JoinError::Stopped)?;
        answer.await.unwrap_or(Err(JoinError::Stopped))
    }

    /// The peer leaves by its own will.
    pub async fn leave(&self, room: Uuid, peer: Uuid) {
        self.tell(Command::Leave { room, peer }).await;
    }

    /// The peer is removed.
    pub async fn kick(&self, room: Uuid, peer: Uuid) {
        self.tell(Command::Kick { room, peer }).await;
    }

    /// From now on the peer's media is forwarded, and others' to it.
    pub async fn admit(&self, room: Uuid, peer: Uuid) {
        self.tell(Command::Admit { room, peer }).await;
    }

    /// Everyone in the room is removed.
    pub async fn close_room(&self, room: Uuid) {
        self.tell(Command::CloseRoom { room }).await;
    }

    /// Every admitted peer's sound, from now on, in the order of arrival. Ends when the room is empty or another listener of that kind takes
    /// over; one that falls behind loses packets. Whether the people in the room agreed is the caller's business.
    pub async fn listen(&self, room: Uuid, listener: Listener) -> mpsc::Receiver<Sound> {
        let (ear, sounds) = mpsc::channel(SOUNDS);
        self.tell(Command::Listen { room, listener, ear }).await;
        sounds
    }

    /// What happens from now on. A subscriber that falls 1,024 events behind loses the oldest.
    pub fn subscribe(&self) -> broadcast::Receiver<RtcEvent> {
        self.events.subscribe()
    }

    pub async fn stats(&self) -> Stats {
        let (reply, answer) = oneshot::channel();
        self.tell(Command::Stats(reply)).await;
        answer.await.unwrap_or_default()
    }

    /// `None` when nobody is in the room.
    pub async fn room_stats(&self, room: Uuid) -> Option<RoomStats> {
        let (reply, answer) = oneshot::channel();
        self.tell(Command::RoomStats(room, reply)).await;
        answer.await.ok().flatten()
    }

    /// Who is in which room.
    pub async fn rooms(&self) -> Vec<(Uuid, Vec<Uuid>)> {
        let (reply, answer) = oneshot::channel();
        self.tell(Command::Rooms(reply)).await;
        answer.await.unwrap_or_default()
    }

    /// Whom this peer hears and sees, and where.
    pub async fn lines(&self, room: Uuid, peer: Uuid) -> Vec<Heard> {
        let (reply, answer) = oneshot::channel();
        self.tell(Command::Lines { room, peer, reply }).await;
        answer.await.unwrap_or_default()
    }

    /// Takes over a connection on which somebody else saw RFC 4571 frames begin ([`is_media`]).
    pub async fn take_stream(&self, stream: std::net::TcpStream, source: SocketAddr) {
        self.tell(Command::Stream(stream, source)).await;
    }

    async fn tell(&self, command: Command) {
        if self.commands.send(command).await.is_err() {
            tracing::warn!("rtc.stopped");
        }
    }
}

/// Whether a connection that begins with this octet carries media. RFC 4571 begins with a length of two octets, and what browsers
/// say first, a STUN request, is shorter than 256; HTTP begins with a letter, TLS with 22.
pub const fn is_media(first: u8) -> bool {
    first == 0
}
