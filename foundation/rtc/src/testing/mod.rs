//! A media client in Rust, for tests and benches: it offers, connects by UDP or TCP, sends and counts.

mod cost;

use std::{
    io::{self, ErrorKind, Read, Write},
    net::{SocketAddr, TcpStream, UdpSocket},
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use str0m::{
    Candidate, Event, Input, Output, Rtc,
    change::{SdpAnswer, SdpPendingOffer},
    media::{Direction, KeyframeRequestKind, Mid},
    net::{Protocol, Receive, TcpType},
    rtp::RtpWrite,
};

pub use cost::{Cost, Paced, forwarding_cost, paced};

use crate::MediaKind;

/// What a client has received.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub audio: u64,
    pub video: u64,
    /// Packets that came out of order or after a gap.
    pub gaps: u64,
    /// Times the other side asked for a whole picture.
    pub keyframes_wanted: u64,
}

enum Line {
    Udp(UdpSocket),
    Tcp { stream: Option<TcpStream>, inbox: Vec<u8> },
}

/// A browser's place, without a browser.
pub struct Client {
    rtc: Rtc,
    line: Line,
    local: SocketAddr,
    pending: Option<SdpPendingOffer>,
    mids: [Mid; 2],
    sent: [u64; 2],
    last_in: [Option<u64>; 2],
    last_payload: [Vec<u8>; 2],
    /// Every so many datagrams one is lost, each way.
    pub loses_every: Option<u64>,
    moved: u64,
    pub counts: Counts,
    pub connected: bool,
    pub closed: bool,
}

impl Client {
    /// A client that will use UDP, and its offer.
    pub fn udp() -> (Self, String) {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a free port");
        socket.set_nonblocking(true).expect("a socket");
        let local = socket.local_addr().expect("an address");
        let candidate = Candidate::host(local, "udp").expect("a candidate");
        Self::offer(Line::Udp(socket), local, candidate)
    }

    /// A client that will use TCP alone, and its offer.
    pub fn tcp() -> (Self, String) {
        let local = SocketAddr::from(([127, 0, 0, 1], 9));
        let candidate = Candidate::builder().tcp().host(local).tcptype(TcpType::Active).build().expect("a candidate");
        Self::offer(Line::Tcp { stream: None, inbox: Vec::new() }, local, candidate)
    }

    fn offer(line: Line, local: SocketAddr, candidate: Candidate) -> (Self, String) {
        let mut rtc = Rtc::builder()
            .set_rtp_mode(true)
            .clear_codecs()
            .enable_opus(true, false)
            .enable_vp8(true)
            .build(Instant::now());
        rtc.add_local_candidate(candidate);
        let mut change = rtc.sdp_api();
        let audio = change.add_media(str0m::media::MediaKind::Audio, Direction::SendRecv, None, None, None);
        let video = change.add_media(str0m::media::MediaKind::Video, Direction::SendRecv, None, None, None);
        let (offer, pending) = change.apply().expect("an offer");
        let client = Self {
            rtc,
            line,
            local,
            pending: Some(pending),
            mids: [audio, video],
            sent: [0; 2],
            last_in: [None; 2],
            last_payload: [Vec::new(), Vec::new()],
            loses_every: None,
            moved: 0,
            counts: Counts::default(),
            connected: false,
            closed: false,
        };
        (client, offer.to_sdp_string())
    }

    /// Takes the answer; a TCP client connects to the address it names.
    pub fn accept(&mut self, answer: &str) -> io::Result<()> {
        if let Line::Tcp { stream, .. } = &mut self.line {
            let connected = TcpStream::connect(tcp_candidate(answer).ok_or(ErrorKind::NotFound)?)?;
            connected.set_nodelay(true)?;
            connected.set_nonblocking(true)?;
            *stream = Some(connected);
        }
        let answer = SdpAnswer::from_sdp_string(answer).map_err(|_| ErrorKind::InvalidData)?;
        let pending = self.pending.take().ok_or(ErrorKind::InvalidInput)?;
        self.rtc.sdp_api().accept_answer(pending, answer).map_err(|_| ErrorKind::InvalidData)?;
        Ok(())
    }

    /// Sends one packet of this kind.
    pub fn send(&mut self, kind: MediaKind, payload: &[u8]) {
        let at = usize::from(kind == MediaKind::Video);
        let (mid, now) = (self.mids[at], Instant::now());
        let codec = if kind == MediaKind::Audio { str0m::format::Codec::Opus } else { str0m::format::Codec::Vp8 };
        let Some(pt) = self.rtc.codec_config().find(|p| p.spec().codec == codec).map(str0m::format::PayloadParams::pt)
        else {
            return;
        };
        let seq = 40_000 + self.sent[at];
        let time = u32::try_from(self.sent[at] * 960).unwrap_or(0);
        self.sent[at] += 1;
        if let Some(stream) = self.rtc.direct_api().stream_tx_by_mid(mid, None) {
            let write = RtpWrite::new(pt, seq.into(), time, now, payload.to_vec());
            stream.write_rtp(write.marker(true).nackable(kind == MediaKind::Video));
        }
    }

    /// Asks the sender of what this client watches for a whole picture.
    pub fn want_keyframe(&mut self) {
        if let Some(stream) = self.rtc.direct_api().stream_rx_by_mid(self.mids[1], None) {
            stream.request_keyframe(KeyframeRequestKind::Pli);
        }
    }

    /// The last payload received.
    pub fn last_payload(&self, kind: MediaKind) -> &[u8] {
        &self.last_payload[usize::from(kind == MediaKind::Video)]
    }

    /// Moves everything that can be moved now.
    pub fn turn(&mut self) {
        let mut buffer = [0; 2048];
        while let Some((source, length)) = self.take(&mut buffer) {
            let proto = if matches!(self.line, Line::Udp(_)) { Protocol::Udp } else { Protocol::Tcp };
            if self.is_lost() {
                continue;
            }
            if let Ok(receive) = Receive::new(proto, source, self.local, &buffer[..length]) {
                let _ = self.rtc.handle_input(Input::Receive(Instant::now(), receive));
            }
            self.poll();
        }
        let _ = self.rtc.handle_input(Input::Timeout(Instant::now()));
        self.poll();
    }

    fn poll(&mut self) {
        while self.rtc.is_alive() {
            match self.rtc.poll_output() {
                Ok(Output::Timeout(_)) | Err(_) => return,
                Ok(Output::Transmit(datagram)) => self.give(&datagram.contents, datagram.destination),
                Ok(Output::Event(event)) => self.hear(&event),
            }
        }
        self.closed = true;
    }

    fn hear(&mut self, event: &Event) {
        match event {
            Event::Connected => self.connected = true,
            Event::Closed => self.closed = true,
            Event::KeyframeRequest(_) => self.counts.keyframes_wanted += 1,
            Event::RtpPacket(packet) => {
                let mid = self.rtc.direct_api().stream_rx(&packet.header.ssrc).map(|stream| stream.mid());
                let at = usize::from(mid == Some(self.mids[1]));
                if at == 0 {
                    self.counts.audio += 1;
                } else {
                    self.counts.video += 1;
                }
                if self.last_in[at].is_some_and(|last| last + 1 != *packet.seq_no) {
                    self.counts.gaps += 1;
                }
                self.last_in[at] = Some(*packet.seq_no);
                self.last_payload[at] = packet.payload.to_vec();
            }
            _ => {}
        }
    }

    fn take(&mut self, buffer: &mut [u8]) -> Option<(SocketAddr, usize)> {
        match &mut self.line {
            Line::Udp(socket) => socket.recv_from(buffer).ok().map(|(length, source)| (source, length)),
            Line::Tcp { stream, inbox } => {
                let stream = stream.as_mut()?;
                let mut more = [0; 4096];
                while let Ok(length @ 1..) = stream.read(&mut more) {
                    inbox.extend_from_slice(&more[..length]);
                }
                let length = usize::from(u16::from_be_bytes([*inbox.first()?, *inbox.get(1)?]));
                let datagram = inbox.get(2..2 + length)?;
                buffer[..length].copy_from_slice(datagram);
                inbox.drain(..2 + length);
                Some((stream.peer_addr().ok()?, length))
            }
        }
    }

    fn is_lost(&mut self) -> bool {
        self.moved += 1;
        self.loses_every.is_some_and(|every| self.moved.is_multiple_of(every))
    }

    fn give(&mut self, bytes: &[u8], to: SocketAddr) {
        if self.is_lost() {
            return;
        }
        match &mut self.line {
            Line::Udp(socket) => {
                let _ = socket.send_to(bytes, to);
            }
            Line::Tcp { stream: Some(stream), .. } => {
                let mut frame = u16::try_from(bytes.len()).unwrap_or(0).to_be_bytes().to_vec();
                frame.extend_from_slice(bytes);
                let _ = stream.write_all(&frame);
            }
            Line::Tcp { .. } => {}
        }
    }
}

/// Turns all clients until `done`, at most `patience`. Whether it was done.
pub fn turn_until(
    clients: &mut [&mut Client],
    patience: Duration,
    mut done: impl FnMut(&mut [&mut Client]) -> bool,
) -> bool {
    let end = Instant::now() + patience;
    while Instant::now() < end {
        for client in clients.iter_mut() {
            client.turn();
        }
        if done(clients) {
            return true;
        }
        // A breath, not a wait: the condition above decides.
        std::thread::sleep(Duration::from_micros(200));
    }
    false
}

fn tcp_candidate(answer: &str) -> Option<SocketAddr> {
    let line = answer.lines().find(|line| line.starts_with("a=candidate:") && line.to_lowercase().contains(" tcp "))?;
    let words: Vec<_> = line.split_whitespace().collect();
    Some(SocketAddr::new(words.get(4)?.parse().ok()?, words.get(5)?.parse().ok()?))
}

/// An id that no other call of this process got.
pub fn new_id() -> uuid::Uuid {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    uuid::Uuid::from_u128(u128::from(NEXT.fetch_add(1, Ordering::Relaxed)))
}
