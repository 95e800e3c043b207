//! From Opus packets to sound.

use opus::{Channels, Decoder};

use crate::SAMPLE_RATE;

/// The RTP clock of Opus (RFC 7587 §4.1), whatever the sound's own rate.
const RTP_RATE: u32 = 48_000;
/// The longest packet: 120 ms.
const LONGEST: usize = SAMPLE_RATE as usize / 1000 * 120;
/// A longer hole is silence: what was said in it is not made up.
const LONGEST_MENDED_MS: i64 = 120;
/// A longer hole is a new beginning of the stream: the sender reconnected, or was muted.
const LONGEST_HOLE_MS: i64 = 10_000;
/// What stands for a longer silence: enough to end an utterance.
const LONGEST_SILENCE: usize = SAMPLE_RATE as usize;
/// So many late packets in a row are not late: the sender's clock was set back.
const LATE: u32 = 10;

/// Hears one person. Packets come in order, with holes; sound goes out in order, without.
pub struct Ear {
    decoder: Decoder,
    /// RTP time of the next packet, if none is lost.
    due: Option<u32>,
    late_in_row: u32,
    sound: Vec<f32>,
}

impl std::fmt::Debug for Ear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ear").field("due", &self.due).finish_non_exhaustive()
    }
}

impl Ear {
    /// # Errors
    /// When libopus cannot allocate a decoder.
    pub fn new() -> Result<Self, opus::Error> {
        Ok(Self {
            decoder: Decoder::new(SAMPLE_RATE, Channels::Mono)?,
            due: None,
            late_in_row: 0,
            sound: vec![0.0; LONGEST],
        })
    }

    /// Decodes one packet that was stamped `rtp_time`; `out` gets the sound since the packet before it. Late and doubled packets
    /// and such that are no Opus are left out.
    pub fn hear(&mut self, rtp_time: u32, packet: &[u8], out: &mut Vec<f32>) {
        let missing = self.due.map_or(0, |due| i64::from(rtp_time.wrapping_sub(due).cast_signed()));
        let missing_ms = missing * 1000 / i64::from(RTP_RATE);
        if missing < 0 && missing_ms > -LONGEST_HOLE_MS && self.late_in_row < LATE {
            self.late_in_row += 1;
            return;
        }
        self.late_in_row = 0;
        if missing_ms > 0 && missing_ms <= LONGEST_HOLE_MS {
            self.mend(missing_ms, packet, out);
        }
        let Ok(samples) = self.decoder.decode_float(packet, &mut self.sound, false) else {
            self.due = None;
            return;
        };
        out.extend_from_slice(&self.sound[..samples]);
        let ticks = u32::try_from(samples).unwrap_or(0) * (RTP_RATE / SAMPLE_RATE);
        self.due = Some(rtp_time.wrapping_add(ticks));
    }

    /// RTP time up to which it has heard; `None` before anything was, and after what was no Opus.
    pub(crate) fn due(&self) -> Option<u32> {
        self.due
    }

    /// Fills a hole: a short one from what the decoder knows, the last packet of it from the copy that the next one carries (FEC).
    fn mend(&mut self, missing_ms: i64, next: &[u8], out: &mut Vec<f32>) {
        let samples = usize::try_from(missing_ms).unwrap_or(0) * SAMPLE_RATE as usize / 1000;
        if missing_ms <= LONGEST_MENDED_MS
            && let Ok(mended) = self.decoder.decode_float(next, &mut self.sound[..samples], true)
        {
            out.extend_from_slice(&self.sound[..mended]);
            return;
        }
        out.resize(out.len() + samples.min(LONGEST_SILENCE), 0.0);
    }
}
