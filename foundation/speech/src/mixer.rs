//! Several people's sound, laid over one another on one clock.

use std::{collections::HashMap, time::Duration};

use crate::{Ear, SAMPLE_RATE};

const SAMPLES_MS: i64 = SAMPLE_RATE as i64 / 1000;
/// Ticks of the RTP clock of Opus per sample (RFC 7587 §4.1).
const TICKS: i64 = 48_000 / SAMPLE_RATE as i64;
/// So long is waited for sound that is late.
const DELAY_MS: i64 = 600;
/// A voice that is so far ahead of the clock, after a burst, comes back to it in its pauses.
const EARLY_MS: i64 = 150;
/// Sound that claims to be further ahead is laid at the clock: nobody speaks faster than time passes.
const AHEAD_MS: i64 = 2000;
/// Nothing in a packet is louder: a pause.
const QUIET: f32 = 0.01;
/// 120 ms, the longest Opus packet.
const LONGEST_PACKET: usize = SAMPLE_RATE as usize / 1000 * 120;

struct Voice {
    ear: Ear,
    /// Of the session that sends: a new one is a new stream.
    session: u64,
    /// Up to where it is laid, and the sender's clock there.
    end: i64,
    due: u32,
}

/// Mixes by a clock that the caller keeps: milliseconds since the mixer began.
#[derive(Default)]
pub struct Mixer {
    voices: HashMap<u128, Voice>,
    /// Position of the first sample in `sum`.
    base: i64,
    sum: Vec<f32>,
    heard: Vec<f32>,
}

impl std::fmt::Debug for Mixer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mixer").field("voices", &self.voices.len()).field("base", &self.base).finish_non_exhaustive()
    }
}

impl Mixer {
    /// One Opus packet of `who`, stamped `rtp_time`, that came at `now`.
    ///
    /// # Errors
    /// When libopus cannot allocate a decoder.
    pub fn hear(
        &mut self,
        (who, session): (u128, u64),
        rtp_time: u32,
        packet: &[u8],
        now: Duration,
    ) -> Result<(), opus::Error> {
        let clock = samples(now);
        let is_new = self.voices.get(&who).is_none_or(|voice| voice.session != session);
        if is_new {
            self.voices.insert(who, Voice { ear: Ear::new()?, session, end: clock, due: rtp_time });
        }
        let Some(voice) = self.voices.get_mut(&who) else {
            return Ok(());
        };
        self.heard.clear();
        voice.ear.hear(rtp_time, packet, &mut self.heard);
        let Some(due) = voice.ear.due().filter(|_| !self.heard.is_empty()) else {
            return Ok(());
        };
        let end = voice.end + i64::from(due.wrapping_sub(voice.due).cast_signed()) / TICKS;
        voice.due = due;
        if end > clock + EARLY_MS * SAMPLES_MS && self.heard.iter().all(|sample| sample.abs() < QUIET) {
            return Ok(());
        }
        if (clock - DELAY_MS * SAMPLES_MS..clock + AHEAD_MS * SAMPLES_MS).contains(&end) {
            voice.end = end;
        } else {
            // Too late, or of another clock: only this packet is laid down, at the clock.
            let rest = self.heard.len().saturating_sub(LONGEST_PACKET);
            self.heard.drain(..rest);
            voice.end = clock;
        }
        let start = voice.end - i64::try_from(self.heard.len()).unwrap_or(0);
        self.lay(start);
        Ok(())
    }

    fn lay(&mut self, place: i64) {
        // Too late for what has been taken already.
        let skip = usize::try_from((self.base - place).max(0)).unwrap_or(0);
        let from = usize::try_from((place - self.base).max(0)).unwrap_or(0);
        let Some(heard) = self.heard.get(skip..) else {
            return;
        };
        if self.sum.len() < from + heard.len() {
            self.sum.resize(from + heard.len(), 0.0);
        }
        for (sum, sample) in self.sum[from..].iter_mut().zip(heard) {
            *sum += sample;
        }
    }

    /// What nothing can be added to any more: all until a little before `now`, silence as silence.
    pub fn take(&mut self, now: Duration) -> Vec<f32> {
        self.take_until(samples(now) - DELAY_MS * SAMPLES_MS)
    }

    /// All of it until `now`: nothing more is waited for.
    pub fn finish(&mut self, now: Duration) -> Vec<f32> {
        self.take_until(samples(now))
    }

    fn take_until(&mut self, end: i64) -> Vec<f32> {
        let Ok(count) = usize::try_from(end - self.base) else {
            return Vec::new();
        };
        if self.sum.len() < count {
            self.sum.resize(count, 0.0);
        }
        self.base = self.base.max(end);
        let mut taken: Vec<f32> = self.sum.drain(..count).collect();
        for sample in &mut taken {
            *sample = sample.clamp(-1.0, 1.0);
        }
        taken
    }
}

fn samples(at: Duration) -> i64 {
    i64::try_from(at.as_millis()).unwrap_or(0) * SAMPLES_MS
}
