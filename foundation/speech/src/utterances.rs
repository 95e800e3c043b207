//! Where one utterance ends and the next begins. Pure: sound in, utterances out.

use std::time::Duration;

use crate::SAMPLE_RATE;

const RATE: usize = SAMPLE_RATE as usize;
/// One look at the loudness.
const FRAME: usize = RATE / 50;
/// Speech is so much louder than what is always there.
const ABOVE_NOISE_DB: f32 = 9.0;
/// Nothing below this is speech, in the quietest room.
const QUIETEST_DB: f32 = -52.0;
/// How fast the idea of what is always there follows a room that becomes louder, per frame.
const NOISE_RISE_DB: f32 = 0.03;
/// So many loud frames in a row are a beginning (60 ms): a click is not.
const ONSET: usize = 3;
/// Sound kept before the onset: the first consonant is quiet.
const LEAD: usize = RATE / 4;
/// A pause this long ends an utterance.
const PAUSE: usize = 30;
/// The model was trained on less than half a minute; shorter is also sooner on the screen.
const LONGEST: usize = RATE * 14;
/// Where a monologue is cut: at the quietest place of so many last frames.
const CUT_WITHIN: usize = 150;
/// Less than this is a cough.
const SHORTEST_LOUD: usize = 8;

/// What one person said between two pauses.
#[derive(Debug, Clone, PartialEq)]
pub struct Utterance {
    /// Since the beginning of the track.
    pub from: Duration,
    pub until: Duration,
    /// Mono at [`SAMPLE_RATE`], from -1 to 1.
    pub sound: Vec<f32>,
}

/// Cuts one track into utterances.
#[derive(Debug)]
pub struct Utterances {
    /// Samples that were let go of before `kept`.
    gone: usize,
    kept: Vec<f32>,
    /// Samples of `kept` that were looked at.
    seen: usize,
    /// What is always there, in dBFS.
    noise: f32,
    loud_in_row: usize,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    loud: usize,
    quiet_in_row: usize,
    /// Loudness of each frame since the beginning.
    loudness: Vec<f32>,
}

impl Default for Utterances {
    fn default() -> Self {
        Self { gone: 0, kept: Vec::new(), seen: 0, noise: -60.0, loud_in_row: 0, open: None }
    }
}

impl Utterances {
    /// Takes in sound; returns what is complete by now.
    pub fn push(&mut self, sound: &[f32]) -> Vec<Utterance> {
        self.kept.extend_from_slice(sound);
        let mut done = Vec::new();
        while self.kept.len() - self.seen >= FRAME {
            let loudness = decibels(&self.kept[self.seen..self.seen + FRAME]);
            self.seen += FRAME;
            done.extend(self.look(loudness));
        }
        done
    }

    /// What is being said right now, from its beginning: it will be handed out as an utterance that begins with this. For an engine that
    /// listens along. The last seconds before a monologue is cut are held back, for nobody knows yet where that will be.
    pub fn open(&self) -> Option<&[f32]> {
        self.open.as_ref().filter(|open| open.loud >= SHORTEST_LOUD)?;
        self.kept.get(..self.seen.min(LONGEST - CUT_WITHIN * FRAME))
    }

    /// The track has ended, or is silent from now on: what is open is complete.
    pub fn finish(&mut self) -> Option<Utterance> {
        let open = self.open.take()?;
        let all = self.kept.len();
        self.cut(all, &open)
    }

    /// How much sound was taken in.
    pub fn length(&self) -> Duration {
        at(self.gone + self.kept.len())
    }

    fn look(&mut self, loudness: f32) -> Option<Utterance> {
        self.noise = if loudness < self.noise { loudness.max(-90.0) } else { self.noise + NOISE_RISE_DB };
        let loud = loudness > (self.noise + ABOVE_NOISE_DB).max(QUIETEST_DB);
        let Some(open) = &mut self.open else {
            self.loud_in_row = if loud { self.loud_in_row + 1 } else { 0 };
            if self.loud_in_row >= ONSET {
                self.let_go(self.seen.saturating_sub(ONSET * FRAME + LEAD));
                self.open = Some(Open { loud: ONSET, quiet_in_row: 0, loudness: Vec::new() });
                self.loud_in_row = 0;
            } else if self.seen > RATE {
                // Not at every frame: moving the rest to the front costs.
                self.let_go(self.seen - LEAD - ONSET * FRAME);
            }
            return None;
        };
        open.loudness.push(loudness);
        open.loud += usize::from(loud);
        open.quiet_in_row = if loud { 0 } else { open.quiet_in_row + 1 };
        if open.quiet_in_row >= PAUSE {
            let open = self.open.take()?;
            return self.cut(self.seen, &open);
        }
        if self.seen >= LONGEST {
            let mut open = self.open.take()?;
            let back = quietest(&open.loudness);
            let done = self.cut(self.seen - back * FRAME, &open);
            // The rest is the beginning of the next one.
            let rest = open.loudness.split_off(open.loudness.len() - back);
            self.open = Some(Open { loud: SHORTEST_LOUD, quiet_in_row: 0, loudness: rest });
            return done;
        }
        None
    }

    fn cut(&mut self, end: usize, open: &Open) -> Option<Utterance> {
        let from = at(self.gone);
        let sound = self.kept[..end].to_vec();
        self.let_go(end);
        (open.loud >= SHORTEST_LOUD).then(|| Utterance { from, until: at(self.gone), sound })
    }

    fn let_go(&mut self, samples: usize) {
        self.kept.drain(..samples);
        self.seen = self.seen.saturating_sub(samples);
        self.gone += samples;
    }
}

fn at(samples: usize) -> Duration {
    Duration::from_millis((samples * 1000 / RATE) as u64)
}

/// How many frames before the end the quietest one lies.
fn quietest(loudness: &[f32]) -> usize {
    let late = &loudness[loudness.len().saturating_sub(CUT_WITHIN)..];
    late.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(place, _)| late.len() - 1 - place)
}

#[expect(clippy::cast_precision_loss, reason = "a frame has 320 samples")]
fn decibels(frame: &[f32]) -> f32 {
    let power = frame.iter().map(|sample| sample * sample).sum::<f32>() / frame.len() as f32;
    10.0 * power.max(1e-12).log10()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(milliseconds: usize, level: f32) -> Vec<f32> {
        let wave = |n: u16| level * (f32::from(n) * 0.2).sin() * (1.0 + (f32::from(n) * 0.013).sin()) / 2.0;
        (0..u16::MAX).cycle().take(RATE * milliseconds / 1000).map(wave).collect()
    }

    fn cut(sound: &[f32], step: usize) -> Vec<Utterance> {
        let mut utterances = Utterances::default();
        let mut done: Vec<_> = sound.chunks(step).flat_map(|chunk| utterances.push(chunk)).collect();
        done.extend(utterances.finish());
        done
    }

    #[test]
    fn a_pause_ends_an_utterance_and_times_are_kept() {
        let sound = [tone(1000, 0.0), tone(800, 0.3), tone(900, 0.0), tone(1200, 0.3), tone(1000, 0.0)].concat();
        let found = cut(&sound, 320);
        let times: Vec<_> = found.iter().map(|one| (one.from.as_millis(), one.until.as_millis())).collect();
        assert_eq!(found.len(), 2, "{times:?}");
        assert!((700..=1000).contains(&times[0].0) && (1800..=2500).contains(&times[0].1), "{times:?}");
        assert!((2400..=2700).contains(&times[1].0) && (3900..=4600).contains(&times[1].1), "{times:?}");
    }

    #[test]
    fn how_sound_arrives_changes_nothing() {
        let sound = [tone(500, 0.0), tone(700, 0.2), tone(900, 0.001), tone(700, 0.2), tone(900, 0.0)].concat();
        assert_eq!(cut(&sound, 160), cut(&sound, 4801));
    }

    #[test]
    fn silence_hiss_and_clicks_are_nobody_speaking() {
        assert!(cut(&tone(5000, 0.0), 320).is_empty());
        assert!(cut(&tone(5000, 0.001), 320).is_empty());
        let click = [tone(1000, 0.0), tone(20, 0.9), tone(1000, 0.0)].concat();
        assert!(cut(&click, 320).is_empty());
    }

    #[test]
    fn a_monologue_is_cut_without_losing_a_sample() {
        let sound = [tone(500, 0.0), tone(40_000, 0.3), tone(1000, 0.0)].concat();
        let found = cut(&sound, 320);
        assert!(found.len() >= 3 && found.iter().all(|one| one.sound.len() <= LONGEST), "{}", found.len());
        assert!(found.windows(2).all(|pair| pair[0].until == pair[1].from));
    }

    #[test]
    fn who_listens_along_hears_the_beginning_of_what_is_handed_out_later() {
        let sound = [tone(500, 0.0), tone(30_000, 0.3), tone(1000, 0.0), tone(900, 0.3), tone(1000, 0.0)].concat();
        let (mut utterances, mut along, mut found) = (Utterances::default(), Vec::new(), 0);
        for chunk in sound.chunks(320) {
            for done in utterances.push(chunk) {
                assert_eq!(along[..], done.sound[..along.len()], "it was not made up");
                (along, found) = (Vec::new(), found + 1);
            }
            if let Some(open) = utterances.open() {
                assert!(open.len() >= along.len(), "it only grows");
                along = open.to_vec();
            }
        }
        assert!(found >= 4 && along.is_empty(), "{found}");
        let cough = [tone(500, 0.0), tone(80, 0.3), tone(900, 0.0)].concat();
        assert!(cough.chunks(320).all(|chunk| (utterances.push(chunk), utterances.open().is_none()).1));
    }

    #[test]
    fn silence_is_not_hoarded() {
        let mut utterances = Utterances::default();
        for _ in 0..600 {
            utterances.push(&tone(1000, 0.0));
        }
        assert!(utterances.kept.len() < RATE, "{}", utterances.kept.len());
        assert_eq!(utterances.length().as_secs(), 600);
    }
}
