//! From rules to open times. Pure: the same function answers the page that shows times and the transaction that books one.

use kernel::{TimeSlot, Timestamp, ids::ServiceId};

use super::{
    hours::{DAY, Hours},
    limits::{Full, is_released, kept_back},
    model::{Mode, Notice, Rules, Service, Slot, Terms, Wanted},
    wall::{Span, joined},
};

/// Days are worked through in stretches, so that "the next five" does not compute two months.
const STRETCH: i64 = 5 * DAY;
/// So many are mostly found within a day or two: the stretches begin with one and grow.
const FEW: usize = 20;

/// The open times that start in the wanted range, in order of start, then of mode.
pub fn open_slots(rules: &Rules, wanted: &Wanted) -> Vec<Slot> {
    let services: Vec<&Service> =
        rules.services.iter().filter(|service| wanted.mode.is_none_or(|mode| mode == service.mode)).collect();
    let busy = busy_spans(rules);
    let first = whole_second_from(wanted.from.max(wanted.now));
    let last = whole_second_from(wanted.to.min(wanted.now.plus_days(furthest(rules)).plus_seconds(1)));
    let mut found = Vec::new();
    let mut from = first;
    let mut length = if wanted.at_most <= FEW { DAY } else { STRETCH };
    while from < last && found.len() < wanted.at_most {
        let stretch = Span { from, until: last.min(from + length) };
        length = STRETCH.min(length * 2);
        let asked = Asked::new(rules, &busy, stretch, wanted.now, wanted.notice);
        let before = found.len();
        for service in &services {
            found.extend(asked.open_starts(service).into_iter().map(|(at, terms)| slot(service, at, terms)));
        }
        found[before..].sort_by_key(|slot: &Slot| (slot.starts_at, slot.mode));
        from = stretch.until;
    }
    found.truncate(wanted.at_most);
    found
}

/// The open time of this service that starts exactly then, if there is one: what booking asks before it takes a time.
pub fn slot_at(
    rules: &Rules,
    service: ServiceId,
    starts_at: Timestamp,
    now: Timestamp,
    notice: Notice,
) -> Option<Slot> {
    let service = rules.services.iter().find(|s| s.id == service)?;
    let second = starts_at.unix_seconds();
    if Timestamp::from_unix_seconds(second) != starts_at {
        return None;
    }
    let exactly = Span { from: second, until: second + 1 };
    let busy = busy_spans(rules);
    let starts = Asked::new(rules, &busy, exactly, now, notice).open_starts(service);
    starts.into_iter().find(|(at, _)| *at == second).map(|(at, terms)| slot(service, at, terms))
}

/// The doctor is there for this service for the whole of this time, whoever has taken it. `false` for a service not offered.
pub fn is_there(rules: &Rules, service: ServiceId, time: TimeSlot) -> bool {
    let Some(service) = rules.services.iter().find(|s| s.id == service) else { return false };
    let (from, until) = (time.starts_at().unix_seconds(), whole_second_from(time.ends_at()));
    let hours = Hours::of(rules, service, Span { from, until }).open();
    hours.iter().any(|open| open.from <= from && until <= open.until)
}

/// The open times of a mode nearest to a wished one, nearest first, at most so many days away from it. None overlaps another: whoever
/// cannot come at five past cannot come at ten past either.
pub fn nearest(
    rules: &Rules,
    (wished, days): (Timestamp, i64),
    mode: Mode,
    now: Timestamp,
    notice: Notice,
    how_many: usize,
) -> Vec<Slot> {
    let within = |days: i64| {
        let (from, to) = (wished.plus_days(-days), wished.plus_days(days));
        let mut slots = open_slots(rules, &Wanted { from, to, mode: Some(mode), now, notice, at_most: usize::MAX });
        slots.sort_by_key(|slot| (slot.starts_at.seconds_since(wished).abs(), slot.starts_at));
        let mut apart: Vec<Slot> = Vec::new();
        for slot in slots {
            if apart.len() < how_many && apart.iter().all(|other| !slot.overlaps(other.starts_at, other.ends_at)) {
                apart.push(slot);
            }
        }
        apart
    };
    // Most find enough in the day around.
    let near = within(days.min(1));
    if near.len() < how_many && days > 1 { within(days) } else { near }
}

fn slot(service: &Service, starts: i64, terms: Terms) -> Slot {
    let starts_at = Timestamp::from_unix_seconds(starts);
    let ends_at = starts_at.plus_minutes(terms.duration_min);
    Slot {
        service: service.id,
        facility: service.facility,
        mode: service.mode,
        starts_at,
        ends_at,
        busy: terms.busy(starts_at),
        price: service.price,
        requires_approval: service.requires_approval,
    }
}

fn busy_spans(rules: &Rules) -> Vec<Span> {
    let busy = rules.busy.iter();
    joined(busy.map(|b| Span { from: b.starts_at().unix_seconds(), until: whole_second_from(b.ends_at()) }).collect())
}

/// Furthest ahead that anything of this doctor may be booked, in days.
fn furthest(rules: &Rules) -> i64 {
    let services = rules.services.iter().map(|service| service.horizon_days);
    let fields = rules.timetables.iter().flat_map(|timetable| &timetable.fields);
    services.chain(fields.filter_map(|fields| fields.horizon_days)).max().unwrap_or(0)
}

/// One question about one stretch of time.
struct Asked<'a> {
    rules: &'a Rules,
    busy: &'a [Span],
    stretch: Span,
    now: Timestamp,
    notice: Notice,
    kept: Vec<Span>,
}

impl<'a> Asked<'a> {
    fn new(rules: &'a Rules, busy: &'a [Span], stretch: Span, now: Timestamp, notice: Notice) -> Self {
        let kept = if notice == Notice::AsOffered { kept_back(rules, stretch) } else { Vec::new() };
        Self { rules, busy, stretch, now, notice, kept }
    }

    /// Starts of a service: on a grid, wholly inside the open hours, clear of all busy time, within limits and notice.
    fn open_starts(&self, service: &Service) -> Vec<(i64, Terms)> {
        let hours = Hours::of(self.rules, service, self.stretch);
        let open = hours.open();
        let limits: Vec<Option<Full<'_>>> =
            hours.sources.iter().map(|source| Full::of(self.rules, service, source.zone)).collect();
        let mut found = Vec::new();
        for group in hours.usual.iter().chain(&hours.extra) {
            let terms = hours.sources[group.source].terms;
            let bounds = self.bounds(terms);
            let limit = limits[group.source].as_ref();
            let starts = group.starts.iter().copied().filter(|start| {
                bounds.from <= *start
                    && *start < bounds.until
                    && fits(terms, &open, self.busy, *start)
                    && limit.is_none_or(|full| full.allows(*start))
                    && self.is_released(terms, *start)
            });
            found.extend(starts.map(|start| (start, terms)));
        }
        found.sort_unstable_by_key(|(start, terms)| (*start, terms.duration_min));
        found.dedup_by_key(|(start, _)| *start);
        found
    }

    fn is_released(&self, terms: Terms, start: i64) -> bool {
        self.kept.is_empty() || is_released(&self.kept, start, start + terms.duration_min * 60, self.now.unix_seconds())
    }

    /// The stretch cut down to lead and horizon.
    fn bounds(&self, terms: Terms) -> Span {
        let lead_min = match self.notice {
            Notice::Waived => return self.stretch,
            Notice::Urgent => 0,
            Notice::AsOffered => terms.lead_min,
        };
        Span {
            from: self.stretch.from.max(whole_second_from(self.now.plus_minutes(lead_min))),
            until: self.stretch.until.min(self.now.plus_days(terms.horizon_days).unix_seconds() + 1),
        }
    }
}

fn fits(terms: Terms, hours: &[Span], busy: &[Span], start: i64) -> bool {
    let end = start + terms.duration_min * 60;
    let inside = hours.partition_point(|h| h.from <= start).checked_sub(1).is_some_and(|i| end <= hours[i].until);
    let (from, until) = (start - terms.buffer_before_min * 60, end + terms.buffer_after_min * 60);
    let next_busy = busy.partition_point(|b| b.until <= from);
    inside && busy.get(next_busy).is_none_or(|b| until <= b.from)
}

/// The first whole second at or after an instant.
fn whole_second_from(at: Timestamp) -> i64 {
    at.micros().div_euclid(1_000_000) + i64::from(at.micros().rem_euclid(1_000_000) != 0)
}
