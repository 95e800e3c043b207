//! One browser's session: its transport, the lines it sends on, and the slots it receives on.

use std::{
    collections::{HashMap, VecDeque},
    net::SocketAddr,
    time::{Duration, Instant},
};

use str0m::{
    Candidate, Event, IceConnectionState, Input, Output, Rtc,
    change::SdpOffer,
    format::Codec,
    media::{KeyframeRequestKind, MediaAdded, Mid, Pt},
    net::{TcpType, Transmit},
    rtp::{RtpPacket, Ssrc},
};
use uuid::Uuid;

use super::slot::Slot;
use crate::{JoinError, MediaKind};

/// Never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct PeerKey(pub(crate) u64);

/// One answer in a keyframe storm is enough.
const KEYFRAME_PAUSE: Duration = Duration::from_millis(300);

/// How often a receiver's losses are looked at.
const LOOK: Duration = Duration::from_secs(1);

/// What a session has to say after input.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "packets are the rule, and are moved once")]
pub(crate) enum Said {
    Connected,
    /// Lines were added: who hears whom may change.
    Lines,
    Packet(Mid, RtpPacket),
    /// What part of a slot's packets the receiver lost in the last second.
    Loss(Mid, f32),
    /// The receiver cannot show its slot without a whole picture.
    KeyframeWanted(Mid),
}

pub(crate) struct Peer {
    pub(crate) room: Uuid,
    pub(crate) id: Uuid,
    pub(crate) session: u64,
    pub(crate) admitted: bool,
    pub(crate) connected: bool,
    pub(crate) joined_at: Instant,
    /// When the session wants to be woken.
    pub(crate) wake: Instant,
    /// For when the switchboard has planned it.
    pub(crate) planned: Option<Instant>,
    /// Lines on which this peer sends.
    pub(crate) lines: Vec<(Mid, MediaKind)>,
    pub(crate) slots: Vec<Slot>,
    pub(crate) started: [bool; 2],
    /// Transport addresses that proved to be this peer's.
    pub(crate) addresses: Vec<super::switchboard::Origin>,
    pub(crate) rtc: Rtc,
    mids: HashMap<Ssrc, Mid>,
    keyframe_asked: Option<Instant>,
    asked_rate: u64,
}

impl Peer {
    /// A session that answers `offer`, and the answer.
    pub(crate) fn answer(
        (room, id, session, admitted): (Uuid, Uuid, u64, bool),
        offer: &str,
        (udp, tcp): (&[SocketAddr], &[SocketAddr]),
        now: Instant,
    ) -> Result<(Self, String), JoinError> {
        let bad = |_| JoinError::BadOffer;
        let offer = SdpOffer::from_sdp_string(offer).map_err(|_| JoinError::BadOffer)?;
        let mut rtc = Rtc::builder()
            .set_ice_lite(true)
            .set_rtp_mode(true)
            .clear_codecs()
            .enable_opus(true, false)
            .enable_vp8(true)
            .set_stats_interval(Some(LOOK))
            .build(now);
        for address in udp {
            rtc.add_local_candidate(Candidate::host(*address, "udp").map_err(|_| JoinError::BadOffer)?);
        }
        for address in tcp {
            let candidate = Candidate::builder().tcp().host(*address).tcptype(TcpType::Passive).build();
            rtc.add_local_candidate(candidate.map_err(|_| JoinError::BadOffer)?);
        }
        let answer = rtc.sdp_api().accept_offer(offer).map_err(bad)?.to_sdp_string();
        let peer = Self {
            room,
            id,
            session,
            admitted,
            connected: false,
            joined_at: now,
            wake: now,
            planned: None,
            lines: Vec::new(),
            slots: Vec::new(),
            started: [false; 2],
            addresses: Vec::new(),
            rtc,
            mids: HashMap::new(),
            keyframe_asked: None,
            asked_rate: 0,
        };
        Ok((peer, answer))
    }

    pub(crate) fn ufrag(&mut self) -> String {
        self.rtc.direct_api().local_ice_credentials().ufrag
    }

    /// False when the session has ended.
    pub(crate) fn is_alive(&self) -> bool {
        self.rtc.is_alive()
    }

    /// Feeds the session and collects what follows from it.
    pub(crate) fn input(&mut self, input: Input, out: &mut VecDeque<Transmit>, said: &mut Vec<Said>) {
        if let Err(error) = self.rtc.handle_input(input) {
            tracing::debug!(peer = %self.id, %error, "rtc.input_refused");
            self.rtc.disconnect();
        }
        self.poll(out, said);
    }

    /// Says good-bye to the browser; the last datagrams go to `out`.
    pub(crate) fn close(&mut self, out: &mut VecDeque<Transmit>) {
        if self.rtc.close().is_ok() {
            self.poll(out, &mut Vec::new());
        }
    }

    /// Asks this peer for a whole picture on one of its lines.
    pub(crate) fn ask_keyframe(&mut self, mid: Mid, now: Instant) -> bool {
        if self.keyframe_asked.is_some_and(|at| now.saturating_duration_since(at) < KEYFRAME_PAUSE) {
            return false;
        }
        let mut direct = self.rtc.direct_api();
        let Some(stream) = direct.stream_rx_by_mid(mid, None) else {
            return false;
        };
        stream.request_keyframe(KeyframeRequestKind::Pli);
        self.keyframe_asked = Some(now);
        true
    }

    /// Asks this peer to send no more than this on one of its lines. False when it was asked the same before.
    pub(crate) fn ask_less(&mut self, mid: Mid, bits_per_second: u64) -> bool {
        if self.asked_rate == bits_per_second {
            return false;
        }
        let mut direct = self.rtc.direct_api();
        let Some(stream) = direct.stream_rx_by_mid(mid, None) else {
            return false;
        };
        stream.request_remb(str0m::bwe::Bitrate::bps(bits_per_second));
        self.asked_rate = bits_per_second;
        true
    }

    fn poll(&mut self, out: &mut VecDeque<Transmit>, said: &mut Vec<Said>) {
        loop {
            match self.rtc.poll_output() {
                Ok(Output::Timeout(at)) => {
                    self.wake = at;
                    return;
                }
                Ok(Output::Transmit(datagram)) => out.push_back(datagram),
                Ok(Output::Event(event)) => self.hear(event, said),
                Err(error) => {
                    tracing::debug!(peer = %self.id, %error, "rtc.session_failed");
                    self.rtc.disconnect();
                    return;
                }
            }
            if !self.rtc.is_alive() {
                return;
            }
        }
    }

    fn hear(&mut self, event: Event, said: &mut Vec<Said>) {
        match event {
            Event::Connected => {
                self.connected = true;
                said.push(Said::Connected);
            }
            // Before the first connection this only says that no candidate of the offer fits one of ours (a browser tells
            // of its UDP candidates where we listen on TCP alone); its probes will show a way that does.
            Event::IceConnectionStateChange(IceConnectionState::Disconnected) if self.connected => {
                self.rtc.disconnect();
            }
            Event::MediaAdded(line) => {
                self.add_line(&line);
                said.push(Said::Lines);
            }
            Event::RtpPacket(packet) => {
                if let Some(mid) = self.mid_of(packet.header.ssrc) {
                    said.push(Said::Packet(mid, packet));
                }
            }
            Event::MediaEgressStats(told) => {
                if let Some(loss) = told.loss {
                    said.push(Said::Loss(told.mid, loss));
                }
            }
            Event::KeyframeRequest(wanted) => said.push(Said::KeyframeWanted(wanted.mid)),
            _ => {}
        }
    }

    fn add_line(&mut self, line: &MediaAdded) {
        let kind = MediaKind::from(line.kind);
        if line.direction.is_receiving() {
            self.lines.push((line.mid, kind));
        }
        if line.direction.is_sending()
            && let Some(pt) = self.payload_type(kind)
        {
            self.slots.push(Slot::new(line.mid, kind, pt));
        }
    }

    fn payload_type(&self, kind: MediaKind) -> Option<Pt> {
        let codec = match kind {
            MediaKind::Audio => Codec::Opus,
            MediaKind::Video => Codec::Vp8,
        };
        self.rtc.codec_config().find(|params| params.spec().codec == codec).map(str0m::format::PayloadParams::pt)
    }

    fn mid_of(&mut self, ssrc: Ssrc) -> Option<Mid> {
        if let Some(mid) = self.mids.get(&ssrc) {
            return Some(*mid);
        }
        let mid = self.rtc.direct_api().stream_rx(&ssrc)?.mid();
        self.mids.insert(ssrc, mid);
        Some(mid)
    }
}
