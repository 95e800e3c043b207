use crate::Timestamp;

/// A half-open span of time `[starts_at, ends_at)` that is never empty.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, schemars::JsonSchema)]
pub struct TimeSlot {
    starts_at: Timestamp,
    ends_at: Timestamp,
}

impl TimeSlot {
    /// `None` unless it starts before it ends.
    pub fn new(starts_at: Timestamp, ends_at: Timestamp) -> Option<Self> {
        (starts_at < ends_at).then_some(Self { starts_at, ends_at })
    }

    /// `None` unless `minutes` is positive.
    pub fn lasting(starts_at: Timestamp, minutes: i64) -> Option<Self> {
        Self::new(starts_at, starts_at.plus_minutes(minutes))
    }

    pub const fn starts_at(self) -> Timestamp {
        self.starts_at
    }

    pub const fn ends_at(self) -> Timestamp {
        self.ends_at
    }

    pub fn minutes(self) -> i64 {
        self.ends_at.minutes_since(self.starts_at)
    }

    /// Spans that only touch do not overlap.
    pub fn overlaps(self, other: Self) -> bool {
        self.starts_at < other.ends_at && other.starts_at < self.ends_at
    }

    pub fn contains(self, other: Self) -> bool {
        self.starts_at <= other.starts_at && other.ends_at <= self.ends_at
    }

    /// This span with minutes added on either side.
    #[must_use]
    pub fn widened(self, before_minutes: i64, after_minutes: i64) -> Self {
        Self {
            starts_at: self.starts_at.plus_minutes(-before_minutes.max(0)),
            ends_at: self.ends_at.plus_minutes(after_minutes.max(0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_that_touch_do_not_overlap() {
        let at = |m: i64| Timestamp::from_unix_seconds(m * 60);
        let slot = |a, b| TimeSlot::new(at(a), at(b)).expect("not empty");
        assert!(!slot(0, 20).overlaps(slot(20, 40)));
        assert!(slot(0, 21).overlaps(slot(20, 40)));
        assert!(TimeSlot::new(at(5), at(5)).is_none());
    }
}
