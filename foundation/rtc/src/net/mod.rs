//! The media thread: one UDP socket, one TCP listener, one switchboard.

mod frame;
mod pace;
mod tcp;
mod udp;

use std::{
    net::{SocketAddr, TcpListener, UdpSocket},
    time::{Duration, Instant},
};

use tokio::{
    sync::{broadcast, mpsc},
    time::{Instant as TokioInstant, interval, sleep_until},
};

use crate::{
    Departure, RtcConfig, RtcEvent, StartError, Stats,
    core::{Arrival, Settings, Switchboard, Transport},
    sfu::Command,
    stats::thread_cpu_nanos,
};

/// Datagrams taken in before anything is sent: a burst shares the cost of waking and flushing.
const BURST: usize = 64;

/// Bound, but not yet attached to a runtime.
#[derive(Debug)]
pub(crate) struct Sockets {
    udp: UdpSocket,
    tcp: TcpListener,
    pub(crate) udp_address: SocketAddr,
    pub(crate) tcp_address: SocketAddr,
}

impl Sockets {
    pub(crate) fn bind(config: &RtcConfig) -> Result<Self, StartError> {
        let bind = |transport, address| move |source| StartError::Bind { transport, address, source };
        let udp = UdpSocket::bind(config.udp).map_err(bind("UDP", config.udp))?;
        let tcp = TcpListener::bind(config.tcp).map_err(bind("TCP", config.tcp))?;
        udp.set_nonblocking(true).map_err(bind("UDP", config.udp))?;
        tcp.set_nonblocking(true).map_err(bind("TCP", config.tcp))?;
        let udp_address = udp.local_addr().map_err(bind("UDP", config.udp))?;
        let tcp_address = tcp.local_addr().map_err(bind("TCP", config.tcp))?;
        Ok(Self { udp, tcp, udp_address, tcp_address })
    }
}

/// Runs until the last handle is dropped.
pub(crate) fn run(
    config: RtcConfig,
    sockets: Sockets,
    inbox: mpsc::Receiver<Command>,
    events: broadcast::Sender<RtcEvent>,
) {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!(%error, "rtc.runtime_failed");
            return;
        }
    };
    if let Err(error) = runtime.block_on(Unit::serve(config, sockets, inbox, events)) {
        tracing::error!(%error, "rtc.stopped");
    }
}

struct Unit {
    board: Switchboard,
    udp: udp::Udp,
    tcp: tcp::Tcp,
    events: broadcast::Sender<RtcEvent>,
    published: Stats,
    pace: pace::Pace,
    /// Datagrams of one run, end to end.
    run: Vec<u8>,
}

impl Unit {
    async fn serve(
        config: RtcConfig,
        sockets: Sockets,
        mut inbox: mpsc::Receiver<Command>,
        events: broadcast::Sender<RtcEvent>,
    ) -> std::io::Result<()> {
        let settings = Settings {
            udp: config.udp_candidates(sockets.udp_address),
            tcp: config.tcp_candidates(sockets.tcp_address),
            max_peers: config.max_peers,
            max_peers_in_room: config.max_peers_in_room,
        };
        let mut unit = Self {
            board: Switchboard::new(settings),
            udp: udp::Udp::new(sockets.udp)?,
            tcp: tcp::Tcp::new(sockets.tcp, config.max_peers)?,
            events,
            published: Stats::default(),
            pace: pace::Pace::new(Instant::now()),
            run: Vec::with_capacity(udp::LONGEST_RUN),
        };
        let mut second = interval(Duration::from_secs(1));
        loop {
            let wake = unit.board.next_wake().unwrap_or_else(|| Instant::now() + Duration::from_hours(1));
            tokio::select! {
                command = inbox.recv() => match command {
                    Some(command) => unit.obey(command),
                    None => return Ok(()),
                },
                ready = unit.udp.readable() => {
                    ready?;
                    unit.take_udp();
                }
                frame = unit.tcp.next() => {
                    if let Some((source, bytes)) = frame {
                        unit.take_tcp(source, &bytes);
                    }
                }
                _ = second.tick() => unit.publish(),
                () = sleep_until(TokioInstant::from_std(wake)) => {}
            }
            unit.board.flush(Instant::now());
            unit.send();
            if unit.pace.rests(unit.board.stats.packets_in, Instant::now()) {
                // The thread is this unit's alone, and everything on it can wait so long.
                std::thread::sleep(pace::BREATH);
            }
        }
    }

    fn obey(&mut self, command: Command) {
        let now = Instant::now();
        match command {
            Command::Join(join, reply) => {
                let answer = self.board.join(&join, now);
                // The caller may have gone away: then the seat stays empty and is cleared by patience.
                let _ = reply.send(answer);
            }
            Command::Leave { room, peer } => self.board.depart(room, peer, Departure::Left, now),
            Command::Kick { room, peer } => self.board.depart(room, peer, Departure::Kicked, now),
            Command::Admit { room, peer } => self.board.admit(room, peer, now),
            Command::CloseRoom { room } => self.board.close_room(room, now),
            Command::Listen { room, listener, ear } => self.board.listen(room, listener, ear),
            Command::Stats(reply) => {
                let _ = reply.send(Stats { cpu_nanos: thread_cpu_nanos(), ..self.board.totals() });
            }
            Command::RoomStats(room, reply) => {
                let _ = reply.send(self.board.room_stats(room));
            }
            Command::Rooms(reply) => {
                let _ = reply.send(self.board.seats());
            }
            Command::Lines { room, peer, reply } => {
                let _ = reply.send(self.board.lines(room, peer));
            }
            Command::Stream(stream, source) => self.tcp.take_over(stream, source),
        }
    }

    fn take_udp(&mut self) {
        let mut left = BURST;
        while left > 0 {
            let now = Instant::now();
            let board = &mut self.board;
            let taken = self.udp.take(|source, bytes| {
                board.receive(Arrival { origin: (Transport::Udp, source), bytes }, now);
            });
            if taken == 0 {
                return;
            }
            left = left.saturating_sub(taken);
        }
    }

    fn take_tcp(&mut self, source: SocketAddr, bytes: &[u8]) {
        self.board.receive(Arrival { origin: (Transport::Tcp, source), bytes }, Instant::now());
        for _ in 1..BURST {
            let Some((source, bytes)) = self.tcp.take() else {
                return;
            };
            self.board.receive(Arrival { origin: (Transport::Tcp, source), bytes: &bytes }, Instant::now());
        }
    }

    fn send(&mut self) {
        while let Some(datagram) = self.board.out.pop_front() {
            let (length, many, sent) = if datagram.proto == str0m::net::Protocol::Udp {
                self.send_run(&datagram)
            } else {
                (datagram.contents.len(), 1, self.tcp.send(&datagram.contents, datagram.destination))
            };
            if sent {
                self.board.stats.datagrams_out += many;
                self.board.stats.bytes_out += length as u64;
            } else {
                self.board.stats.dropped += many;
            }
        }
        for (transport, address) in self.board.closed.drain(..) {
            if transport == Transport::Tcp {
                self.tcp.close(address);
            }
        }
        while let Some(event) = self.board.events.pop_front() {
            // Nobody may be listening.
            let _ = self.events.send(event);
        }
    }

    /// Sends a datagram and those behind it that go the same way and are as long (the last may be shorter) in one call.
    fn send_run(&mut self, first: &str0m::net::Transmit) -> (usize, u64, bool) {
        let size = first.contents.len();
        let fits = |next: &str0m::net::Transmit, run: usize, many: usize| {
            next.proto == first.proto
                && next.destination == first.destination
                && next.contents.len() <= size
                && many < self.udp.most_at_once()
                && run + next.contents.len() <= udp::LONGEST_RUN
        };
        if !self.board.out.front().is_some_and(|next| fits(next, size, 1)) {
            return (size, 1, self.udp.send(&first.contents, size, first.destination));
        }
        self.run.clear();
        self.run.extend_from_slice(&first.contents);
        let mut many = 1;
        while let Some(next) = self.board.out.front().filter(|next| fits(next, self.run.len(), many)) {
            let last = next.contents.len() < size;
            self.run.extend_from_slice(&next.contents);
            self.board.out.pop_front();
            many += 1;
            if last {
                break;
            }
        }
        (self.run.len(), many as u64, self.udp.send(&self.run, size, first.destination))
    }

    fn publish(&mut self) {
        let totals = self.board.totals();
        totals.publish(&self.published);
        self.published = totals;
    }
}
