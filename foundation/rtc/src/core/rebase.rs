//! Sequence numbers and timestamps, made continuous for one receiver whatever the source.

use std::time::{Duration, Instant};

/// How far a timestamp and a sequence number are moved on their way to one receiver.
///
/// A receiver's decoder sees one stream with one SSRC. When its source changes, the new numbers continue where the old
/// ones stopped; gaps inside one source stay gaps, so that the receiver still asks for what was lost.
#[derive(Debug)]
pub(crate) struct Rebase {
    clock_rate: u64,
    /// First numbers of the present source, and what they became.
    base: Option<Base>,
    /// Highest sequence number sent, the timestamp sent with it, and when.
    last: Option<(u64, u32, Instant)>,
}

#[derive(Debug, Clone, Copy)]
struct Base {
    seq_in: u64,
    seq_out: u64,
    time_in: u32,
    time_out: u32,
}

/// Room below the first packet for those that arrive late and out of order.
const LEAD: u64 = 64;

impl Rebase {
    pub(crate) fn new(clock_rate: u32) -> Self {
        Self { clock_rate: u64::from(clock_rate), base: None, last: None }
    }

    /// The next packet comes from another source.
    pub(crate) fn source_changed(&mut self) {
        self.base = None;
    }

    /// The receiver's numbers for a packet of the present source. `None` for one from before the stream's beginning.
    pub(crate) fn map(&mut self, seq: u64, time: u32, at: Instant) -> Option<(u64, u32)> {
        let base = *self.base.get_or_insert_with(|| match self.last {
            None => Base { seq_in: seq, seq_out: LEAD, time_in: time, time_out: time },
            Some((last_seq, last_time, last_at)) => Base {
                seq_in: seq,
                seq_out: last_seq + 1,
                time_in: time,
                time_out: last_time.wrapping_add(ticks(self.clock_rate, at.saturating_duration_since(last_at))),
            },
        });
        let seq_out = (base.seq_out + seq).checked_sub(base.seq_in)?;
        let time_out = base.time_out.wrapping_add(time.wrapping_sub(base.time_in));
        if self.last.is_none_or(|(highest, ..)| seq_out > highest) {
            self.last = Some((seq_out, time_out, at));
        }
        Some((seq_out, time_out))
    }
}

/// Ticks of a clock of this rate in `elapsed`, at least one.
fn ticks(clock_rate: u64, elapsed: Duration) -> u32 {
    let ticks = u128::from(clock_rate) * elapsed.as_micros() / 1_000_000;
    u32::try_from(ticks.max(1) % (1 << 32)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_of_one_source_stay_gaps() {
        let (mut rebase, now) = (Rebase::new(90_000), Instant::now());
        assert_eq!(rebase.map(60_000, 1000, now), Some((64, 1000)));
        assert_eq!(rebase.map(60_003, 4000, now), Some((67, 4000)));
        assert_eq!(rebase.map(60_001, 2000, now), Some((65, 2000)));
    }

    #[test]
    fn a_new_source_continues_where_the_old_one_stopped() {
        let (mut rebase, now) = (Rebase::new(90_000), Instant::now());
        rebase.map(60_000, 1000, now);
        rebase.map(60_001, 4000, now);
        rebase.source_changed();
        assert_eq!(rebase.map(9, 77, now + Duration::from_secs(2)), Some((66, 4000 + 180_000)));
        assert_eq!(rebase.map(10, 80, now + Duration::from_secs(2)), Some((67, 4003 + 180_000)));
    }

    #[test]
    fn numbers_wrap_without_a_jump() {
        let (mut rebase, now) = (Rebase::new(48_000), Instant::now());
        rebase.map(1 << 16, u32::MAX, now);
        assert_eq!(rebase.map((1 << 16) + 1, 959, now), Some((65, 959)));
    }

    #[test]
    fn what_came_before_the_beginning_is_left_out() {
        let (mut rebase, now) = (Rebase::new(48_000), Instant::now());
        rebase.map(1000, 0, now);
        assert_eq!(rebase.map(930, 0, now), None);
        assert_eq!(rebase.map(999, 0, now), Some((63, 0)));
    }
}
