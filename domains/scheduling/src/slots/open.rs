//! From rules to open times. Pure: the same function answers the page that shows times and the transaction that books one.

use kernel::{Timestamp, ids::ServiceId};

use super::{
    model::{Exception, ExceptionKind, Mode, Notice, Rules, Service, Slot, Timetable, Wanted},
    wall::{Span, WallClock, day_number, joined, weekday, without},
};

const DAY: i64 = 86_400;
/// Days are worked through in stretches, so that "the next five" does not compute two months.
const STRETCH: i64 = 5 * DAY;

/// The open times that start in the wanted range, in order of start, then of mode.
pub fn open_slots(rules: &Rules, wanted: &Wanted) -> Vec<Slot> {
    let services: Vec<&Service> =
        rules.services.iter().filter(|service| wanted.mode.is_none_or(|mode| mode == service.mode)).collect();
    let busy = busy_spans(rules);
    let ahead = services.iter().map(|s| s.horizon_days).max().unwrap_or(0);
    let first = whole_second_from(wanted.from.max(wanted.now));
    let last = whole_second_from(wanted.to.min(wanted.now.plus_days(ahead).plus_seconds(1)));
    let mut found = Vec::new();
    let mut from = first;
    while from < last && found.len() < wanted.at_most {
        let stretch = Span { from, until: last.min(from + STRETCH) };
        let before = found.len();
        for service in &services {
            let bounds = bounded(service, wanted.now, stretch);
            found.extend(open_starts(rules, service, &busy, bounds).into_iter().map(|at| slot(service, at)));
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
    let bounds = match notice {
        Notice::AsOffered => bounded(service, now, exactly),
        Notice::Waived => exactly,
    };
    let starts = open_starts(rules, service, &busy_spans(rules), bounds);
    starts.contains(&second).then(|| slot(service, second))
}

/// The open times of a mode nearest to a wished one, nearest first.
pub fn nearest(rules: &Rules, wished: Timestamp, mode: Mode, now: Timestamp, how_many: usize) -> Vec<Slot> {
    for days in [1, 7, 60] {
        let wanted = Wanted {
            from: wished.plus_days(-days),
            to: wished.plus_days(days),
            mode: Some(mode),
            now,
            at_most: usize::MAX,
        };
        let mut slots = open_slots(rules, &wanted);
        if slots.len() >= how_many || days == 60 {
            slots.sort_by_key(|slot| (slot.starts_at.seconds_since(wished).abs(), slot.starts_at));
            slots.truncate(how_many);
            return slots;
        }
    }
    Vec::new()
}

fn slot(service: &Service, starts: i64) -> Slot {
    let starts_at = Timestamp::from_unix_seconds(starts);
    Slot {
        service: service.id,
        facility: service.facility,
        mode: service.mode,
        starts_at,
        ends_at: starts_at.plus_minutes(service.duration_min),
        price: service.price,
        requires_approval: service.requires_approval,
    }
}

/// A stretch cut down to the service's lead and horizon.
fn bounded(service: &Service, now: Timestamp, stretch: Span) -> Span {
    Span {
        from: stretch.from.max(whole_second_from(now.plus_minutes(service.lead_min))),
        until: stretch.until.min(now.plus_days(service.horizon_days).unix_seconds() + 1),
    }
}

fn busy_spans(rules: &Rules) -> Vec<Span> {
    let busy = rules.busy.iter();
    joined(busy.map(|b| Span { from: b.starts_at().unix_seconds(), until: whole_second_from(b.ends_at()) }).collect())
}

/// Starts of a service within `bounds`: on the grid of a window, wholly inside the open hours, clear of all busy time.
fn open_starts(rules: &Rules, service: &Service, busy: &[Span], bounds: Span) -> Vec<i64> {
    if bounds.from >= bounds.until {
        return Vec::new();
    }
    let reach = Span { from: bounds.from, until: bounds.until + service.duration_min * 60 };
    let mut week = Offered::default();
    for timetable in &rules.timetables {
        week.add_timetable(timetable, service, reach);
    }
    let mut extra = Offered::default();
    let mut closed = Vec::new();
    for exception in rules.exceptions.iter().filter(|e| e.service.is_none_or(|only| only == service.id)) {
        match exception.kind {
            ExceptionKind::Closed => closed.extend(closed_spans(exception, reach)),
            ExceptionKind::Open => extra.add_extra_hours(exception, service, reach),
        }
    }
    let mut hours = without(joined(week.hours), &joined(closed));
    hours.extend(extra.hours);
    let hours = joined(hours);
    let mut starts = week.starts;
    starts.extend(extra.starts);
    starts.retain(|start| bounds.from <= *start && *start < bounds.until && fits(service, &hours, busy, *start));
    starts.sort_unstable();
    starts.dedup();
    starts
}

fn fits(service: &Service, hours: &[Span], busy: &[Span], start: i64) -> bool {
    let end = start + service.duration_min * 60;
    let inside = hours.partition_point(|h| h.from <= start).checked_sub(1).is_some_and(|i| end <= hours[i].until);
    let (from, until) = (start - service.buffer_before_min * 60, end + service.buffer_after_min * 60);
    let next_busy = busy.partition_point(|b| b.until <= from);
    inside && busy.get(next_busy).is_none_or(|b| until <= b.from)
}

/// Open hours, and the starts that their grids give.
#[derive(Default)]
struct Offered {
    hours: Vec<Span>,
    starts: Vec<i64>,
}

impl Offered {
    fn add_timetable(&mut self, timetable: &Timetable, service: &Service, reach: Span) {
        let clock = WallClock::over(&timetable.zone.tz(), reach.from, reach.until);
        let valid_from = day_number(timetable.valid_from);
        let valid_until = timetable.valid_until.map_or(i64::MAX, day_number);
        for day in days(&clock, reach).filter(|day| (valid_from..=valid_until).contains(day)) {
            for window in &timetable.windows {
                if i64::from(window.weekday) == weekday(day) && window.service.is_none_or(|only| only == service.id) {
                    self.add(&clock, wall_range(day, window.starts.minutes(), window.ends.minutes()), service);
                }
            }
        }
    }

    fn add_extra_hours(&mut self, exception: &Exception, service: &Service, reach: Span) {
        let Some((starts, ends)) = exception.part else { return };
        let clock = WallClock::over(&exception.zone.tz(), reach.from, reach.until);
        let range = day_number(exception.starts_on)..=day_number(exception.ends_on);
        for day in days(&clock, reach).filter(|day| range.contains(day)) {
            self.add(&clock, wall_range(day, starts.minutes(), ends.minutes()), service);
        }
    }

    fn add(&mut self, clock: &WallClock, (from, until): (i64, i64), service: &Service) {
        let spans = clock.spans(from, until);
        let Some(first) = spans.first() else { return };
        let exists = clock.instants(from).next().is_some();
        let mut wall = if exists { from } else { clock.shows(first.from) };
        while wall < until {
            self.starts.extend(clock.instants(wall));
            wall += service.grid_min.max(1) * 60;
        }
        self.hours.extend(spans);
    }
}

fn closed_spans(exception: &Exception, reach: Span) -> Vec<Span> {
    let clock = WallClock::over(&exception.zone.tz(), reach.from, reach.until);
    let range = day_number(exception.starts_on)..=day_number(exception.ends_on);
    days(&clock, reach)
        .filter(|day| range.contains(day))
        .flat_map(|day| {
            let (from, until) = match exception.part {
                Some((starts, ends)) => wall_range(day, starts.minutes(), ends.minutes()),
                None => (day * DAY, (day + 1) * DAY),
            };
            clock.spans(from, until)
        })
        .collect()
}

/// The days on the wall that can matter: from the one before the first, for windows that cross midnight.
fn days(clock: &WallClock, reach: Span) -> impl Iterator<Item = i64> + use<> {
    (clock.shows(reach.from).div_euclid(DAY) - 1)..=clock.shows(reach.until).div_euclid(DAY)
}

fn wall_range(day: i64, starts: u16, ends: u16) -> (i64, i64) {
    let last_day = if ends <= starts { day + 1 } else { day };
    (day * DAY + i64::from(starts) * 60, last_day * DAY + i64::from(ends) * 60)
}

/// The first whole second at or after an instant.
fn whole_second_from(at: Timestamp) -> i64 {
    at.micros().div_euclid(1_000_000) + i64::from(at.micros().rem_euclid(1_000_000) != 0)
}
