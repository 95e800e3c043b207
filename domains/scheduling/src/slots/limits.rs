//! Limits on how many, and minutes kept back for what is urgent.

use kernel::Zone;

use super::{
    hours::{Group, Hours},
    model::{Rules, Service},
    wall::{Span, joined},
};

/// Minutes that are kept back are everybody's from so long before they begin.
const RELEASED_BEFORE: i64 = 60 * 60;
/// Hours of a day may reach so far past it, on whichever clock.
const AROUND: i64 = 2 * 86_400;

/// Days and weeks of one zone on which a service has reached its limit.
pub(super) struct Full<'a> {
    zone: &'a Zone,
    days: Vec<i64>,
    weeks: Vec<i64>,
}

impl<'a> Full<'a> {
    /// `None` for a service without limits.
    pub(super) fn of(rules: &Rules, service: &Service, zone: &'a Zone) -> Option<Self> {
        if service.daily_cap.is_none() && service.weekly_cap.is_none() {
            return None;
        }
        let counted = rules.counted.iter().filter(|one| one.service == service.id);
        let days: Vec<i64> = counted.map(|one| day_of(one.starts_at.unix_seconds(), zone)).collect();
        let weeks = days.iter().copied().map(week_of).collect();
        Some(Self { zone, days: reached(days, service.daily_cap), weeks: reached(weeks, service.weekly_cap) })
    }

    pub(super) fn allows(&self, start: i64) -> bool {
        if self.days.is_empty() && self.weeks.is_empty() {
            return true;
        }
        let day = day_of(start, self.zone);
        !self.days.contains(&day) && !self.weeks.contains(&week_of(day))
    }
}

fn reached(mut of: Vec<i64>, cap: Option<i64>) -> Vec<i64> {
    let Some(cap) = cap.and_then(|cap| usize::try_from(cap).ok()) else { return Vec::new() };
    of.sort_unstable();
    of.chunk_by(|a, b| a == b).filter(|same| same.len() >= cap).map(|same| same[0]).collect()
}

fn day_of(at: i64, zone: &Zone) -> i64 {
    let at = kernel::Timestamp::from_unix_seconds(at);
    super::wall::day_number(at.date_in(zone))
}

/// Weeks begin on Monday; 1970-01-01 was a Thursday.
const fn week_of(day: i64) -> i64 {
    (day + 3).div_euclid(7)
}

/// What is kept back, of all days that touch `reach`: sorted, joined.
pub(super) fn kept_back(rules: &Rules, reach: Span) -> Vec<Span> {
    let wide = Span { from: reach.from - AROUND, until: reach.until + AROUND };
    let mut kept = Vec::new();
    for service in rules.services.iter().filter(|service| service.reserve_min > 0) {
        let hours = Hours::of(rules, service, wide);
        for (source, day) in days_of(&hours.usual) {
            let spans = hours.usual.iter().filter(|g| g.source == source && g.day == day);
            let spans = hours.remaining(spans.flat_map(|group| group.spans.iter().copied()).collect());
            kept.extend(last_of(&spans, service.reserve_min * 60));
        }
    }
    joined(kept)
}

fn days_of(groups: &[Group]) -> Vec<(usize, i64)> {
    let mut days: Vec<(usize, i64)> = groups.iter().map(|group| (group.source, group.day)).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// The last `seconds` of these spans.
fn last_of(spans: &[Span], mut seconds: i64) -> Vec<Span> {
    let mut kept = Vec::new();
    for span in spans.iter().rev() {
        if seconds <= 0 {
            break;
        }
        let from = span.from.max(span.until - seconds);
        seconds -= span.until - from;
        kept.push(Span { from, until: span.until });
    }
    kept
}

/// Nobody needs this time for something urgent any more, or it was never kept back.
pub(super) fn is_released(kept: &[Span], start: i64, end: i64, now: i64) -> bool {
    start - now <= RELEASED_BEFORE || !kept.iter().any(|span| span.from < end && start < span.until)
}
