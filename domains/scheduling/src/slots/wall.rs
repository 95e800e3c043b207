//! Wall clocks and instants.
//!
//! A zone over some days is a short list of segments with one offset each. A stretch of wall-clock time is then the set of instants
//! at which a clock on that wall shows a time within it, which settles both hard cases without a rule of its own: in a gap no instant
//! shows the time, so nothing is offered and an edge moves to the first instant that exists; in a fold two instants show it, and both
//! count, once each.

use jiff::tz::{Offset, TimeZone};
use kernel::{LocalDate, Timestamp};

/// Seconds since 1970-01-01T00:00 on the wall clock itself, as if it were UTC.
pub(super) type WallSecond = i64;

/// A half-open stretch of instants, in Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub(super) from: i64,
    pub(super) until: i64,
}

struct Segment {
    from: i64,
    until: i64,
    offset: i64,
}

/// A zone's wall clock over a stretch of time.
pub(super) struct WallClock(Vec<Segment>);

impl WallClock {
    /// Good for wall times up to two days outside `[from, until)`.
    pub(super) fn over(zone: &TimeZone, from: i64, until: i64) -> Self {
        let margin = 4 * 86_400;
        let (first, last) = (from.saturating_sub(margin), until.saturating_add(margin));
        let start = Timestamp::from_unix_seconds(first).jiff();
        let mut offset = seconds(zone.to_offset(start));
        let mut since = first;
        let mut segments = Vec::with_capacity(2);
        for change in zone.following(start) {
            let at = change.timestamp().as_second();
            if at >= last {
                break;
            }
            segments.push(Segment { from: since, until: at, offset });
            (since, offset) = (at, seconds(change.offset()));
        }
        segments.push(Segment { from: since, until: last, offset });
        Self(segments)
    }

    /// The instants at which this clock shows a time in `[from, until)`, in order, touching stretches joined.
    pub(super) fn spans(&self, from: WallSecond, until: WallSecond) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::with_capacity(1);
        for segment in &self.0 {
            let span = Span {
                from: segment.from.max(from - segment.offset),
                until: segment.until.min(until - segment.offset),
            };
            if span.from >= span.until {
                continue;
            }
            match spans.last_mut() {
                Some(last) if last.until == span.from => last.until = span.until,
                _ => spans.push(span),
            }
        }
        spans
    }

    /// The instants at which this clock shows exactly `wall`: none in a gap, two in a fold.
    pub(super) fn instants(&self, wall: WallSecond) -> impl Iterator<Item = i64> {
        self.0.iter().filter_map(move |segment| {
            let at = wall - segment.offset;
            (segment.from <= at && at < segment.until).then_some(at)
        })
    }

    /// What the clock shows at an instant.
    pub(super) fn shows(&self, at: i64) -> WallSecond {
        let segment = self.0.iter().find(|s| at < s.until).or(self.0.last());
        at + segment.map_or(0, |s| s.offset)
    }
}

fn seconds(offset: Offset) -> i64 {
    i64::from(offset.seconds())
}

/// Days since 1970-01-01.
pub(super) fn day_number(date: LocalDate) -> i64 {
    date.jiff().at(0, 0, 0, 0).to_zoned(TimeZone::UTC).map_or(0, |at| at.timestamp().as_second().div_euclid(86_400))
}

/// 1 Monday … 7 Sunday.
pub(super) fn weekday(day: i64) -> i64 {
    (day + 3).rem_euclid(7) + 1
}

/// Sorted, with overlapping and touching spans joined.
pub(super) fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut() {
            Some(last) if span.from <= last.until => last.until = last.until.max(span.until),
            _ => out.push(span),
        }
    }
    out
}

/// `spans` without `holes`; both sorted and joined.
pub(super) fn without(spans: Vec<Span>, holes: &[Span]) -> Vec<Span> {
    if holes.is_empty() {
        return spans;
    }
    let mut out = Vec::with_capacity(spans.len());
    for span in spans {
        let mut from = span.from;
        for hole in holes.iter().filter(|h| h.until > span.from && h.from < span.until) {
            if from < hole.from {
                out.push(Span { from, until: hole.from });
            }
            from = from.max(hole.until);
        }
        if from < span.until {
            out.push(Span { from, until: span.until });
        }
    }
    out
}
