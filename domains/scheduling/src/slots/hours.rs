//! From rules to hours: what the timetables, the exceptions and their clocks give one service over some days. Busy time, limits and notice
//! come later.

use kernel::{TimeSlot, Timestamp, Zone};

use super::{
    model::{Exception, ExceptionKind, InPerson, Mode, Rules, Service, Terms, Timetable, Window, WindowsRead},
    wall::{Span, WallClock, day_number, joined, weekday, without},
};

pub(super) const DAY: i64 = 86_400;
/// No visit lasts longer.
const LONGEST: i64 = 4 * 3600;

/// Whose grid and values a start follows.
pub(super) struct Source<'a> {
    pub(super) terms: Terms,
    /// On whose days and weeks the limits are counted.
    pub(super) zone: &'a Zone,
}

/// What a source gives on one of its days.
pub(super) struct Group {
    pub(super) source: usize,
    pub(super) day: i64,
    pub(super) spans: Vec<Span>,
    pub(super) starts: Vec<i64>,
}

/// The hours of one service, and the starts that their grids give.
#[derive(Default)]
pub(super) struct Hours<'a> {
    pub(super) sources: Vec<Source<'a>>,
    /// Of weekly windows and of hours in place of them.
    pub(super) usual: Vec<Group>,
    pub(super) extra: Vec<Group>,
    closed: Vec<Span>,
    away: Vec<Span>,
}

impl<'a> Hours<'a> {
    /// All that may matter to a start within `reach`.
    pub(super) fn of(rules: &'a Rules, service: &Service, reach: Span) -> Self {
        let mut hours = Self::default();
        // A visit that begins within reach may last into the hours after.
        let reach = Span { from: reach.from, until: reach.until + LONGEST };
        let exceptions: Vec<&'a Exception> =
            rules.exceptions.iter().filter(|e| e.service.is_none_or(|only| only == service.id)).collect();
        for timetable in rules.timetables.iter().filter(|timetable| serves(rules, timetable, service)) {
            hours.add_timetable(timetable, service, &exceptions, reach);
        }
        for exception in exceptions {
            match exception.kind {
                ExceptionKind::Closed => hours.closed.extend(spans_of(exception, reach)),
                ExceptionKind::Leave => hours.away.extend(spans_of(exception, reach)),
                ExceptionKind::Open | ExceptionKind::Override => hours.add_hours(exception, service, reach),
                ExceptionKind::Holiday | ExceptionKind::Travel => {}
            }
        }
        hours.closed = joined(std::mem::take(&mut hours.closed));
        hours.away = joined(std::mem::take(&mut hours.away));
        hours
    }

    /// When the doctor is there for this service: sorted, joined.
    pub(super) fn open(&self) -> Vec<Span> {
        let usual = self.usual.iter().flat_map(|group| group.spans.iter().copied()).collect();
        let mut open = without(joined(usual), &self.closed);
        open.extend(self.extra.iter().flat_map(|group| group.spans.iter().copied()));
        without(joined(open), &self.away)
    }

    /// The usual hours of one day of one source, as they remain.
    pub(super) fn remaining(&self, spans: Vec<Span>) -> Vec<Span> {
        without(without(joined(spans), &self.closed), &self.away)
    }

    fn add_timetable(&mut self, timetable: &'a Timetable, service: &Service, exceptions: &[&Exception], reach: Span) {
        let terms = timetable.fields.iter().find(|f| f.service == service.id);
        let terms = terms.map_or(service.terms(), |fields| fields.over(service.terms()));
        let source = self.source(terms, &timetable.zone);
        let clock = WallClock::over(&timetable.zone.tz(), reach.from, reach.until);
        let special = Special::of(exceptions);
        let (valid_from, valid_until) =
            (day_number(timetable.valid_from), timetable.valid_until.map_or(i64::MAX, day_number));
        // On another clock a day may begin more than a day earlier or later.
        let margin = if special.journeys.is_empty() { 0 } else { 2 };
        for day in days(&clock, reach, margin).filter(|day| (valid_from..=valid_until).contains(day)) {
            let journey = special.journeys.iter().find(|journey| journey.days.contains(&day));
            if special.replaced(day) || journey.is_some_and(|j| j.in_person_stops && service.mode == Mode::InPerson) {
                continue;
            }
            let abroad = journey.and_then(|j| j.zone).filter(|_| timetable.facility.is_none());
            let there = abroad.map(|zone| WallClock::over(&zone.tz(), reach.from, reach.until));
            let group = windows_of(timetable, service, day, there.as_ref().unwrap_or(&clock), terms, &special.holidays);
            self.usual.push(Group { source, day, ..group });
        }
    }

    fn add_hours(&mut self, exception: &'a Exception, service: &Service, reach: Span) {
        let Some((starts, ends)) = exception.part else { return };
        let terms = service.terms();
        let source = self.source(terms, &exception.zone);
        let clock = WallClock::over(&exception.zone.tz(), reach.from, reach.until);
        for day in days(&clock, reach, 0).filter(|day| range(exception).contains(day)) {
            let mut group = Group { source, day, spans: Vec::new(), starts: Vec::new() };
            group.add(&clock, wall_range(day, starts.minutes(), ends.minutes()), terms, &[]);
            match exception.kind {
                ExceptionKind::Override => self.usual.push(group),
                _ => self.extra.push(group),
            }
        }
    }

    fn source(&mut self, terms: Terms, zone: &'a Zone) -> usize {
        self.sources.push(Source { terms, zone });
        self.sources.len() - 1
    }
}

/// The first hour of the coming year in which the doctor would be at two places at once.
pub fn first_clash(rules: &Rules, now: Timestamp) -> Option<Timestamp> {
    let year = Span { from: now.unix_seconds(), until: now.plus_days(366).unix_seconds() };
    let at_places: Vec<(&Timetable, Vec<Span>)> = rules
        .timetables
        .iter()
        .filter(|timetable| timetable.facility.is_some())
        .map(|timetable| (timetable, weekly_spans(timetable, year)))
        .collect();
    let mut clashes = Vec::new();
    for (place, (one, hours)) in at_places.iter().enumerate() {
        for (_, theirs) in at_places[..place].iter().filter(|(other, _)| other.facility != one.facility) {
            let overlap = hours.iter().find_map(|h| {
                let next = theirs.partition_point(|t| t.until <= h.from);
                theirs.get(next).filter(|t| t.from < h.until).map(|t| t.from.max(h.from))
            });
            clashes.extend(overlap);
        }
    }
    clashes.into_iter().min().map(Timestamp::from_unix_seconds)
}

fn weekly_spans(timetable: &Timetable, reach: Span) -> Vec<Span> {
    let clock = WallClock::over(&timetable.zone.tz(), reach.from, reach.until);
    let valid = day_number(timetable.valid_from)..=timetable.valid_until.map_or(i64::MAX, day_number);
    let mut spans = Vec::new();
    for day in days(&clock, reach, 0).filter(|day| valid.contains(day)) {
        for window in timetable.windows.iter().filter(|w| i64::from(w.weekday) == weekday(day)) {
            let (from, until) = wall_range(day, window.starts.minutes(), window.ends.minutes());
            spans.extend(clock.spans(from, until));
        }
    }
    joined(spans)
}

/// When the doctor is there for anything at all, within a stretch: sorted, joined.
pub fn open_hours(rules: &Rules, within: TimeSlot) -> Vec<TimeSlot> {
    let reach = Span { from: within.starts_at().unix_seconds(), until: within.ends_at().unix_seconds() };
    let hours = rules.services.iter().flat_map(|service| Hours::of(rules, service, reach).open());
    let cut = hours.map(|h| Span { from: h.from.max(reach.from), until: h.until.min(reach.until) });
    let spans = joined(cut.filter(|h| h.from < h.until).collect());
    let slot = |h: Span| TimeSlot::new(Timestamp::from_unix_seconds(h.from), Timestamp::from_unix_seconds(h.until));
    spans.into_iter().filter_map(slot).collect()
}

/// A place with hours of its own is open then and at no other time.
fn serves(rules: &Rules, timetable: &Timetable, service: &Service) -> bool {
    let has_own = |place| rules.timetables.iter().any(|other| other.facility == Some(place));
    match (timetable.facility, service.facility) {
        (None, None) => true,
        (None, Some(place)) => !has_own(place),
        (only, place) => only == place,
    }
}

/// What changes the days of a timetable.
struct Special<'a> {
    replaced: Vec<std::ops::RangeInclusive<i64>>,
    holidays: Vec<i64>,
    journeys: Vec<Away<'a>>,
}

struct Away<'a> {
    days: std::ops::RangeInclusive<i64>,
    /// `None`: hours as of home.
    zone: Option<&'a Zone>,
    in_person_stops: bool,
}

impl<'a> Special<'a> {
    fn of(exceptions: &[&'a Exception]) -> Self {
        let mut special = Self { replaced: Vec::new(), holidays: Vec::new(), journeys: Vec::new() };
        for exception in exceptions {
            match (exception.kind, exception.journey) {
                (ExceptionKind::Override, _) => special.replaced.push(range(exception)),
                (ExceptionKind::Holiday, _) => special.holidays.extend(range(exception)),
                (ExceptionKind::Travel, Some(journey)) => special.journeys.push(Away {
                    days: range(exception),
                    zone: (journey.windows == WindowsRead::Abroad).then_some(&exception.zone),
                    in_person_stops: journey.in_person == InPerson::Stops,
                }),
                _ => {}
            }
        }
        special
    }

    fn replaced(&self, day: i64) -> bool {
        self.replaced.iter().any(|days| days.contains(&day))
    }
}

fn windows_of(
    timetable: &Timetable,
    service: &Service,
    day: i64,
    clock: &WallClock,
    terms: Terms,
    holidays: &[i64],
) -> Group {
    let mut group = Group { source: 0, day, spans: Vec::new(), starts: Vec::new() };
    let is_mine = |w: &&Window| i64::from(w.weekday) == weekday(day) && w.service.is_none_or(|only| only == service.id);
    for window in timetable.windows.iter().filter(is_mine) {
        group.add(clock, wall_range(day, window.starts.minutes(), window.ends.minutes()), terms, holidays);
    }
    group
}

impl Group {
    /// A stretch of wall time, without the days in `but`, and the starts on its grid.
    fn add(&mut self, clock: &WallClock, (from, until): (i64, i64), terms: Terms, but: &[i64]) {
        let spans = clock.spans(from, until);
        let Some(first) = spans.first() else { return };
        let grid = terms.grid_min.max(1) * 60;
        let mut wall = match terms.align_min {
            Some(minutes) => from + (self.day * DAY + minutes * 60 - from).rem_euclid(grid),
            None if clock.instants(from).next().is_some() => from,
            None => clock.shows(first.from),
        };
        while wall < until {
            if !but.contains(&wall.div_euclid(DAY)) {
                self.starts.extend(clock.instants(wall));
            }
            wall += grid;
        }
        if but.is_empty() {
            self.spans.extend(spans);
            return;
        }
        for day in from.div_euclid(DAY)..=until.div_euclid(DAY) {
            if !but.contains(&day) {
                let (from, until) = (from.max(day * DAY), until.min((day + 1) * DAY));
                self.spans.extend(clock.spans(from, until));
            }
        }
    }
}

fn spans_of(exception: &Exception, reach: Span) -> Vec<Span> {
    let clock = WallClock::over(&exception.zone.tz(), reach.from, reach.until);
    let mut spans = Vec::new();
    for day in days(&clock, reach, 0).filter(|day| range(exception).contains(day)) {
        let (from, until) = match exception.part {
            Some((starts, ends)) => wall_range(day, starts.minutes(), ends.minutes()),
            None => (day * DAY, (day + 1) * DAY),
        };
        spans.extend(clock.spans(from, until));
    }
    spans
}

fn range(exception: &Exception) -> std::ops::RangeInclusive<i64> {
    day_number(exception.starts_on)..=day_number(exception.ends_on)
}

/// The days on the wall that can matter: from the one before the first, for windows that cross midnight.
fn days(clock: &WallClock, reach: Span, margin: i64) -> impl Iterator<Item = i64> + use<> {
    (clock.shows(reach.from).div_euclid(DAY) - 1 - margin)..=(clock.shows(reach.until).div_euclid(DAY) + margin)
}

fn wall_range(day: i64, starts: u16, ends: u16) -> (i64, i64) {
    let last_day = if ends <= starts { day + 1 } else { day };
    (day * DAY + i64::from(starts) * 60, last_day * DAY + i64::from(ends) * 60)
}
