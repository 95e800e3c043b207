//! A breath between bursts, where there is much to do.
//!
//! Waking for one packet costs more than the packet: at thousands a second the thread rests for half a millisecond between two looks, and
//! finds several at once. Below that it wakes for each, and adds nothing.

use std::time::{Duration, Instant};

/// So long is a rest: less than a player's jitter buffer notices.
pub(crate) const BREATH: Duration = Duration::from_micros(500);
/// Over such a stretch packets are counted.
const STRETCH: Duration = Duration::from_millis(10);
/// So many of them in a stretch are much (2,000 a second).
const MUCH: u64 = 20;

#[derive(Debug)]
pub(crate) struct Pace {
    since: Instant,
    before: u64,
    busy: bool,
}

impl Pace {
    pub(crate) fn new(now: Instant) -> Self {
        Self { since: now, before: 0, busy: false }
    }

    /// Whether to rest, `packets` having come in all.
    pub(crate) fn rests(&mut self, packets: u64, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.since);
        if passed >= STRETCH {
            // Over a longer stretch than usual as many as would be many in it.
            let stretches = passed.as_nanos() / STRETCH.as_nanos();
            self.busy = u128::from(packets - self.before) >= u128::from(MUCH) * stretches;
            self.before = packets;
            self.since = now;
        }
        self.busy
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_rests_under_load_and_wakes_for_each_packet_without() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        let at = |milliseconds| start + Duration::from_millis(milliseconds);
        assert!(!pace.rests(50, at(9)), "not known yet");
        assert!(pace.rests(60, at(10)));
        assert!(pace.rests(61, at(15)), "until the next look");
        assert!(!pace.rests(70, at(20)));
        assert!(!pace.rests(100, at(220)), "thirty in a fifth of a second");
        assert!(pace.rests(500, at(240)));
    }
}
