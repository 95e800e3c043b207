//! Rooms, peers and the way of a packet between them.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap, HashSet, VecDeque, hash_map::Entry},
    net::SocketAddr,
    time::{Duration, Instant},
};

use str0m::{
    Input,
    ice::StunMessage,
    media::Mid,
    net::{Protocol, Receive, Transmit},
    rtp::RtpPacket,
};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::{
    peer::{Peer, PeerKey, Said},
    slot::Slot,
    wiring,
};
use crate::{Departure, Heard, Join, JoinError, Listener, MediaKind, RoomStats, RtcEvent, Sound, Stats, What};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Transport {
    Udp,
    Tcp,
}

/// Where a datagram came from.
pub(crate) type Origin = (Transport, SocketAddr);

/// A datagram that arrived.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arrival<'a> {
    pub(crate) origin: Origin,
    pub(crate) bytes: &'a [u8],
}

/// A browser that has not connected by then will not.
const PATIENCE: Duration = Duration::from_secs(30);
/// A session that wants to be woken at once is woken with the next burst.
const SHORTEST_SLEEP: Duration = Duration::from_millis(1);

#[derive(Default)]
struct Room {
    peers: Vec<PeerKey>,
    /// Who hears what is said here.
    ears: Vec<(Listener, mpsc::Sender<Sound>)>,
    stats: RoomStats,
}

/// Addresses announced to browsers, and limits.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) udp: Vec<SocketAddr>,
    pub(crate) tcp: Vec<SocketAddr>,
    pub(crate) max_peers: usize,
    pub(crate) max_peers_in_room: usize,
}

pub(crate) struct Switchboard {
    settings: Settings,
    peers: HashMap<PeerKey, Peer>,
    rooms: HashMap<Uuid, Room>,
    by_ufrag: HashMap<String, PeerKey>,
    by_origin: HashMap<Origin, PeerKey>,
    wakes: BinaryHeap<Reverse<(Instant, PeerKey)>>,
    /// Peers with something queued that was not polled yet.
    dirty: HashSet<PeerKey>,
    next_key: u64,
    pub(crate) stats: Stats,
    pub(crate) out: VecDeque<Transmit>,
    pub(crate) events: VecDeque<RtcEvent>,
    /// Addresses that belong to nobody any more.
    pub(crate) closed: Vec<Origin>,
}

impl Switchboard {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            settings,
            peers: HashMap::new(),
            rooms: HashMap::new(),
            by_ufrag: HashMap::new(),
            by_origin: HashMap::new(),
            wakes: BinaryHeap::new(),
            dirty: HashSet::new(),
            next_key: 0,
            stats: Stats::default(),
            out: VecDeque::new(),
            events: VecDeque::new(),
            closed: Vec::new(),
        }
    }

    /// Answers the offer and seats the peer, in place of its former self if there is one.
    pub(crate) fn join(&mut self, join: &Join, now: Instant) -> Result<String, JoinError> {
        let former = self.find(join.room, join.peer);
        let others = self.rooms.get(&join.room).map_or(0, |room| room.peers.len()) - usize::from(former.is_some());
        if others >= self.settings.max_peers_in_room {
            return Err(JoinError::RoomFull);
        }
        if former.is_none() && self.peers.len() >= self.settings.max_peers {
            return Err(JoinError::Busy);
        }
        let candidates = (&*self.settings.udp, &*self.settings.tcp);
        let seat = (join.room, join.peer, self.next_key, join.admitted);
        let (mut peer, answer) = Peer::answer(seat, &join.offer, candidates, now)?;
        if let Some(former) = former {
            self.remove(former, Departure::Replaced, now);
        }
        let key = PeerKey(self.next_key);
        self.next_key += 1;
        self.by_ufrag.insert(peer.ufrag(), key);
        self.peers.insert(key, peer);
        self.rooms.entry(join.room).or_default().peers.push(key);
        self.tell(key, What::Joined);
        self.dirty.insert(key);
        self.flush(now);
        Ok(answer)
    }

    pub(crate) fn depart(&mut self, room: Uuid, peer: Uuid, why: Departure, now: Instant) {
        if let Some(key) = self.find(room, peer) {
            self.remove(key, why, now);
        }
    }

    pub(crate) fn close_room(&mut self, room: Uuid, now: Instant) {
        let peers = self.rooms.get(&room).map(|room| room.peers.clone()).unwrap_or_default();
        for key in peers {
            self.remove(key, Departure::RoomClosed, now);
        }
    }

    pub(crate) fn admit(&mut self, room: Uuid, peer: Uuid, now: Instant) {
        if let Some(key) = self.find(room, peer)
            && let Some(peer) = self.peers.get_mut(&key)
        {
            peer.admitted = true;
            self.rewire(room, now);
            self.flush(now);
        }
    }

    /// From now on `ear` hears the room, if somebody is in it.
    pub(crate) fn listen(&mut self, room: Uuid, listener: Listener, ear: mpsc::Sender<Sound>) {
        if let Some(room) = self.rooms.get_mut(&room) {
            room.ears.retain(|(other, _)| *other != listener);
            room.ears.push((listener, ear));
        }
    }

    /// Takes one datagram in. What follows for others waits for `flush`.
    pub(crate) fn receive(&mut self, arrival: Arrival<'_>, now: Instant) {
        self.stats.datagrams_in += 1;
        self.stats.bytes_in += arrival.bytes.len() as u64;
        let Some(key) = self.addressee(&arrival) else {
            return;
        };
        let (proto, destination) = match arrival.origin.0 {
            Transport::Udp => (Protocol::Udp, self.settings.udp.first()),
            Transport::Tcp => (Protocol::Tcp, self.settings.tcp.first()),
        };
        let source = arrival.origin.1;
        let destination = destination.copied().unwrap_or(source);
        let Ok(receive) = Receive::new(proto, source, destination, arrival.bytes) else {
            return;
        };
        let input = Input::Receive(now, receive);
        let Some(peer) = self.peers.get_mut(&key) else {
            return;
        };
        if let Entry::Vacant(unknown) = self.by_origin.entry(arrival.origin) {
            // Only a message that proves to know the session's secret binds an address to a peer.
            if !peer.rtc.accepts(&input) {
                return;
            }
            unknown.insert(key);
            peer.addresses.push(arrival.origin);
        }
        self.feed(key, input, now);
    }

    /// Sends what was queued, and wakes sessions whose time has come.
    pub(crate) fn flush(&mut self, now: Instant) {
        while let Some(Reverse((at, key))) = self.wakes.peek().copied() {
            if at > now {
                break;
            }
            self.wakes.pop();
            if let Some(peer) = self.peers.get_mut(&key)
                && peer.planned == Some(at)
            {
                peer.planned = None;
                self.dirty.insert(key);
            }
        }
        while let Some(key) = self.dirty.iter().next().copied() {
            self.dirty.remove(&key);
            self.feed(key, Input::Timeout(now), now);
        }
    }

    /// When `flush` is due at the latest.
    pub(crate) fn next_wake(&mut self) -> Option<Instant> {
        while let Some(Reverse((at, key))) = self.wakes.peek().copied() {
            // A session that has since asked for another time left this entry behind.
            if self.peers.get(&key).is_some_and(|peer| peer.planned == Some(at)) {
                return Some(at);
            }
            self.wakes.pop();
        }
        None
    }

    pub(crate) fn totals(&self) -> Stats {
        Stats { rooms: self.rooms.len(), peers: self.peers.len(), ..self.stats }
    }

    pub(crate) fn room_stats(&self, room: Uuid) -> Option<RoomStats> {
        let room = self.rooms.get(&room)?;
        let admitted = room.peers.iter().filter(|key| self.peers.get(key).is_some_and(|peer| peer.admitted)).count();
        Some(RoomStats { peers: room.peers.len(), admitted, ..room.stats })
    }

    /// Who is in which room.
    pub(crate) fn seats(&self) -> Vec<(Uuid, Vec<Uuid>)> {
        let ids = |keys: &[PeerKey]| keys.iter().filter_map(|key| self.peers.get(key)).map(|peer| peer.id).collect();
        self.rooms.iter().map(|(id, room)| (*id, ids(&room.peers))).collect()
    }

    /// Whom a peer hears and sees, line by line.
    pub(crate) fn lines(&self, room: Uuid, peer: Uuid) -> Vec<Heard> {
        let slots = self.find(room, peer).and_then(|key| self.peers.get(&key)).map(|peer| peer.slots.as_slice());
        let heard = |slot: &Slot| {
            let (sender, _) = slot.source()?;
            Some(Heard { line: slot.mid.to_string(), peer: self.peers.get(&sender)?.id })
        };
        slots.unwrap_or_default().iter().filter_map(heard).collect()
    }

    fn addressee(&self, arrival: &Arrival<'_>) -> Option<PeerKey> {
        let first = *arrival.bytes.first()?;
        if first < 2
            && let Ok(message) = StunMessage::parse(arrival.bytes)
            && let Some((local, _)) = message.split_username()
        {
            return self.by_ufrag.get(local).copied();
        }
        self.by_origin.get(&arrival.origin).copied()
    }

    fn feed(&mut self, key: PeerKey, input: Input<'_>, now: Instant) {
        let Some(peer) = self.peers.get_mut(&key) else {
            return;
        };
        let mut said = Vec::new();
        peer.input(input, &mut self.out, &mut said);
        let gave_up = !peer.connected && now.saturating_duration_since(peer.joined_at) > PATIENCE;
        if !peer.is_alive() || gave_up {
            self.remove(key, Departure::Lost, now);
            return;
        }
        let patience = peer.joined_at + PATIENCE + Duration::from_millis(1);
        let wake = if peer.connected { peer.wake } else { peer.wake.min(patience) };
        peer.wake = wake.max(now + SHORTEST_SLEEP);
        if peer.planned != Some(peer.wake) {
            peer.planned = Some(peer.wake);
            self.wakes.push(Reverse((peer.wake, key)));
        }
        for word in said {
            self.act(key, word, now);
        }
    }

    fn act(&mut self, key: PeerKey, said: Said, now: Instant) {
        match said {
            Said::Packet(mid, packet) => self.forward(key, mid, &packet),
            Said::KeyframeWanted(mid) => {
                let source =
                    self.peers.get(&key).and_then(|peer| peer.slots.iter().find(|slot| slot.mid == mid)?.source());
                if let Some((sender, line)) = source {
                    self.ask_keyframe(sender, line, now);
                }
            }
            Said::Loss(mid, loss) => self.thin_out(key, mid, loss),
            Said::Lines | Said::Connected => {
                if matches!(said, Said::Connected) {
                    self.tell(key, What::Connected);
                    self.show_whole_picture(key, now);
                }
                if let Some(room) = self.peers.get(&key).map(|peer| peer.room) {
                    self.rewire(room, now);
                }
            }
        }
    }

    fn forward(&mut self, from: PeerKey, mid: Mid, packet: &RtpPacket) {
        self.stats.packets_in += 1;
        let Some(sender) = self.peers.get_mut(&from) else {
            return;
        };
        let room_id = sender.room;
        let kind = sender.lines.iter().find(|(line, _)| *line == mid).map(|(_, kind)| *kind);
        let first =
            kind.filter(|kind| !std::mem::replace(&mut sender.started[usize::from(*kind == MediaKind::Video)], true));
        let Some(room) = self.rooms.get_mut(&room_id) else {
            return;
        };
        room.stats.packets_in += 1;
        if kind == Some(MediaKind::Audio) && sender.admitted {
            overhear(room, sender, packet);
        }
        for key in room.peers.iter().filter(|key| **key != from) {
            let Some(receiver) = self.peers.get_mut(key).filter(|receiver| receiver.connected) else {
                continue;
            };
            let Some(slot) = receiver.slots.iter_mut().find(|slot| slot.source() == Some((from, mid))) else {
                continue;
            };
            if slot.forward(&mut receiver.rtc, packet) {
                self.stats.packets_forwarded += 1;
                room.stats.packets_forwarded += 1;
                room.stats.bytes_forwarded += packet.payload.len() as u64;
                self.dirty.insert(*key);
            }
        }
        if let Some(kind) = first {
            self.tell(from, What::MediaStarted(kind));
        }
    }

    /// A receiver has told what it lost: whoever it watches on this line sends what the worst of its watchers can take.
    fn thin_out(&mut self, viewer: PeerKey, mid: Mid, loss: f32) {
        let slots = self.peers.get_mut(&viewer).map(|peer| &mut peer.slots);
        let Some(slot) = slots.and_then(|slots| slots.iter_mut().find(|slot| slot.mid == mid)) else {
            return;
        };
        let moved = slot.kind == MediaKind::Video && slot.limit.follow(loss);
        let Some(source) = slot.source().filter(|_| moved) else {
            return;
        };
        let watching = self.peers.values().flat_map(|peer| &peer.slots).filter(|slot| slot.source() == Some(source));
        let Some(least) = watching.map(|slot| slot.limit.bits_per_second()).min() else {
            return;
        };
        if self.peers.get_mut(&source.0).is_some_and(|sender| sender.ask_less(source.1, least)) {
            self.dirty.insert(source.0);
        }
    }

    /// The peer has just come up: everything it watches begins anew.
    fn show_whole_picture(&mut self, viewer: PeerKey, now: Instant) {
        let sources: Vec<_> = self
            .peers
            .get(&viewer)
            .into_iter()
            .flat_map(|peer| peer.slots.iter().filter(|slot| slot.kind == MediaKind::Video).filter_map(Slot::source))
            .collect();
        for (sender, line) in sources {
            self.ask_keyframe(sender, line, now);
        }
    }

    fn ask_keyframe(&mut self, sender: PeerKey, line: Mid, now: Instant) {
        if self.peers.get_mut(&sender).is_some_and(|peer| peer.ask_keyframe(line, now)) {
            self.stats.keyframe_requests += 1;
            self.dirty.insert(sender);
        }
    }

    fn rewire(&mut self, room: Uuid, now: Instant) {
        let Some(seats) = self.rooms.get(&room) else {
            return;
        };
        for (sender, line) in wiring::rewire(&mut self.peers, &seats.peers) {
            self.ask_keyframe(sender, line, now);
        }
    }

    fn remove(&mut self, key: PeerKey, why: Departure, now: Instant) {
        self.tell(key, What::Gone(why));
        let Some(mut peer) = self.peers.remove(&key) else {
            return;
        };
        if peer.is_alive() {
            peer.close(&mut self.out);
        }
        self.by_ufrag.remove(&peer.ufrag());
        for origin in peer.addresses {
            self.by_origin.remove(&origin);
            self.closed.push(origin);
        }
        self.dirty.remove(&key);
        if let Some(room) = self.rooms.get_mut(&peer.room) {
            room.peers.retain(|other| *other != key);
            if room.peers.is_empty() {
                self.rooms.remove(&peer.room);
            }
        }
        self.rewire(peer.room, now);
    }

    fn find(&self, room: Uuid, peer: Uuid) -> Option<PeerKey> {
        let room = self.rooms.get(&room)?;
        room.peers.iter().copied().find(|key| self.peers.get(key).is_some_and(|seated| seated.id == peer))
    }

    fn tell(&mut self, key: PeerKey, what: What) {
        if let Some(peer) = self.peers.get(&key) {
            self.events.push_back(RtcEvent { room: peer.room, peer: peer.id, session: peer.session, what });
        }
    }
}

/// Gives a packet to the room's listeners. One that is gone, or too slow, misses it.
fn overhear(room: &mut Room, sender: &Peer, packet: &RtpPacket) {
    if room.ears.is_empty() {
        return;
    }
    let (peer, session) = (sender.id, sender.session);
    let sound = Sound { peer, session, rtp_time: packet.header.timestamp, packet: packet.payload.clone() };
    room.ears.retain(|(_, ear)| !matches!(ear.try_send(sound.clone()), Err(mpsc::error::TrySendError::Closed(_))));
}
