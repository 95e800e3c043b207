//! One line on which a receiver hears or sees one source.

use str0m::{
    Rtc,
    media::{Mid, Pt},
    rtp::{ExtensionValues, RtpPacket, RtpWrite},
};

use super::{limit::Limit, peer::PeerKey, rebase::Rebase};
use crate::MediaKind;

/// A line of a sending peer.
pub(crate) type Source = (PeerKey, Mid);

#[derive(Debug)]
pub(crate) struct Slot {
    pub(crate) mid: Mid,
    pub(crate) kind: MediaKind,
    /// The number of the codec in this receiver's session; senders may number it otherwise.
    pt: Pt,
    source: Option<Source>,
    rebase: Rebase,
    /// What this receiver can take on this line.
    pub(crate) limit: Limit,
}

impl Slot {
    pub(crate) fn new(mid: Mid, kind: MediaKind, pt: Pt) -> Self {
        let clock_rate = match kind {
            MediaKind::Audio => 48_000,
            MediaKind::Video => 90_000,
        };
        Self { mid, kind, pt, source: None, rebase: Rebase::new(clock_rate), limit: Limit::default() }
    }

    pub(crate) fn source(&self) -> Option<Source> {
        self.source
    }

    pub(crate) fn connect(&mut self, source: Option<Source>) {
        if self.source != source {
            self.source = source;
            self.rebase.source_changed();
        }
    }

    /// Queues the packet to the receiver. False when it could not be.
    pub(crate) fn forward(&mut self, rtc: &mut Rtc, packet: &RtpPacket) -> bool {
        let Some((seq, time)) = self.rebase.map(*packet.seq_no, packet.header.timestamp, packet.timestamp) else {
            return false;
        };
        let mut direct = rtc.direct_api();
        let Some(stream) = direct.stream_tx_by_mid(self.mid, None) else {
            return false;
        };
        let said = &packet.header.ext_vals;
        let write = RtpWrite::new(self.pt, seq.into(), time, packet.timestamp, packet.payload.clone())
            .marker(packet.header.marker)
            .nackable(self.kind == MediaKind::Video)
            .ext_vals(ExtensionValues {
                audio_level: said.audio_level,
                voice_activity: said.voice_activity,
                video_orientation: said.video_orientation,
                ..ExtensionValues::default()
            });
        stream.write_rtp(write);
        self.limit.sent(packet.payload.len());
        true
    }
}
