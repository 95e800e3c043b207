//! A calendar, read down to when its owner is busy.

use std::collections::BTreeMap;

use calcard::{
    Entry, Parser,
    icalendar::{
        ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarFreeBusyType,
        ICalendarParameterName, ICalendarParameterValue, ICalendarPeriod, ICalendarProperty, ICalendarRecurrenceRule,
        ICalendarStatus, ICalendarTransparency, ICalendarValue,
    },
};
use jiff::{Timestamp as Instant, ToSpan as _, civil::DateTime};
use kernel::{TimeSlot, Timestamp, Zone};

use crate::{
    recurring::{Budget, Spent, beginnings},
    when::{Length, When, Zones, length},
};

/// What is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Horizon {
    pub from: Timestamp,
    pub until: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("it is no calendar")]
    NoCalendar,
    #[error("it holds more than a calendar of one person does")]
    TooMuch,
}

impl ReadError {
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoCalendar => "no_calendar",
            Self::TooMuch => "too_much",
        }
    }
}

impl From<Spent> for ReadError {
    fn from(_: Spent) -> Self {
        Self::TooMuch
    }
}

/// Occurrences that are counted out, in all.
const MOST_OCCURRENCES: usize = 200_000;
/// Busy stretches, after what touches was joined.
const MOST_BUSY: usize = 5_000;

/// When the calendar's owner is busy within the horizon: sorted, and apart from each other. What is cancelled, or shown as free, is not
/// busy; what is tentative is. Whole days, and times without a zone, are of `zone`. Events whose UID ends in `ours` came from here and
/// are known better here. Pure, and work for a processor: some milliseconds,
/// for a hostile calendar some hundred.
pub fn busy_times(text: &str, horizon: Horizon, zone: &Zone, ours: &str) -> Result<Vec<TimeSlot>, ReadError> {
    let (mut budget, mut spans, mut is_calendar) = (Budget::new(MOST_OCCURRENCES), Vec::new(), false);
    let mut parser = Parser::new(text);
    loop {
        budget.take(1)?;
        match parser.entry() {
            Entry::ICalendar(calendar) => {
                is_calendar = true;
                let zones = Zones { named: calendar.build_tz_resolver(), own: zone.tz() };
                let mut reading = Reading { zones: &zones, horizon, ours, budget: &mut budget, spans: &mut spans };
                reading.calendar(&calendar)?;
            }
            Entry::Eof => break,
            // A line that makes no sense does not make the rest worthless.
            _ => {}
        }
    }
    // A collection without events is an empty text.
    if !is_calendar && !text.trim().is_empty() {
        return Err(ReadError::NoCalendar);
    }
    joined(spans, horizon)
}

struct Reading<'a> {
    zones: &'a Zones<'a>,
    horizon: Horizon,
    ours: &'a str,
    budget: &'a mut Budget,
    spans: &'a mut Vec<(Instant, Instant)>,
}

/// One event, without its title.
struct Happening {
    start: When,
    length: Length,
    is_busy: bool,
    rules: Vec<ICalendarRecurrenceRule>,
    besides: Vec<(When, Option<Length>)>,
    except: Vec<When>,
    /// Which occurrence it replaces, and whether all later ones follow it.
    replaces: Option<(When, bool)>,
}

impl Reading<'_> {
    fn calendar(&mut self, calendar: &ICalendar) -> Result<(), ReadError> {
        let mut series: BTreeMap<String, Vec<Happening>> = BTreeMap::new();
        for (at, component) in calendar.components.iter().enumerate() {
            match component.component_type {
                ICalendarComponentType::VEvent => {
                    self.budget.take(1)?;
                    if !self.ours.is_empty() && component.uid().is_some_and(|uid| uid.ends_with(self.ours)) {
                        continue;
                    }
                    let Some(happening) = self.happening(component) else { continue };
                    let name = component.uid().map_or_else(|| format!("without {at}"), |uid| format!("uid {uid}"));
                    series.entry(name).or_default().push(happening);
                }
                ICalendarComponentType::VFreebusy => self.free_busy(component)?,
                _ => {}
            }
        }
        for happenings in series.into_values() {
            self.series(happenings)?;
        }
        Ok(())
    }

    fn happening(&self, component: &ICalendarComponent) -> Option<Happening> {
        let (mut start, mut end, mut lasts, mut replaces) = (None, None, None, None);
        let (mut rules, mut besides, mut except) = (Vec::new(), Vec::new(), Vec::new());
        for entry in &component.entries {
            match &entry.name {
                ICalendarProperty::Dtstart => start = self.moments(entry).next(),
                ICalendarProperty::Dtend => end = self.moments(entry).next(),
                ICalendarProperty::Duration => {
                    if let Some(ICalendarValue::Duration(duration)) = entry.values.first() {
                        lasts = Some(length(duration));
                    }
                }
                ICalendarProperty::RecurrenceId => {
                    let follow = entry.has_parameter(&ICalendarParameterName::Range);
                    replaces = self.moments(entry).next().map(|when| (when, follow));
                }
                ICalendarProperty::Exdate => except.extend(self.moments(entry)),
                ICalendarProperty::Rdate => {
                    besides.extend(self.moments(entry).map(|when| (when, None)));
                    besides.extend(self.periods(entry).map(|(when, length)| (when, Some(length))));
                }
                ICalendarProperty::Rrule => {
                    let rule = |value: &ICalendarValue| match value {
                        ICalendarValue::RecurrenceRule(rule) => Some((**rule).clone()),
                        _ => None,
                    };
                    rules.extend(entry.values.iter().filter_map(rule));
                }
                _ => {}
            }
        }
        let start = start?;
        let length = match (end, lasts, &start) {
            (Some(end), _, start) => self.between(start, &end)?,
            (None, Some(lasts), _) => lasts,
            (None, None, When::Day(_)) => Length::Nominal { days: 1, seconds: 0 },
            // It ends as it begins (RFC 5545, 3.6.1).
            (None, None, When::Local(..)) => Length::Nominal { days: 0, seconds: 0 },
        };
        Some(Happening { start, length, is_busy: is_busy(component), rules, besides, except, replaces })
    }

    fn moments<'e>(&'e self, entry: &'e ICalendarEntry) -> impl Iterator<Item = When> + 'e {
        entry.values.iter().filter_map(|value| match value {
            ICalendarValue::PartialDateTime(value) => self.zones.when(entry, value),
            _ => None,
        })
    }

    fn periods<'e>(&'e self, entry: &'e ICalendarEntry) -> impl Iterator<Item = (When, Length)> + 'e {
        entry.values.iter().filter_map(|value| match value {
            ICalendarValue::Period(ICalendarPeriod::Range { start, end }) => {
                let (start, end) = (self.zones.when(entry, start)?, self.zones.when(entry, end)?);
                let length = self.between(&start, &end)?;
                Some((start, length))
            }
            ICalendarValue::Period(ICalendarPeriod::Duration { start, duration }) => {
                Some((self.zones.when(entry, start)?, length(duration)))
            }
            _ => None,
        })
    }

    /// Whole days are counted as days, everything else to the second (RFC 5545, 3.8.5.3).
    fn between(&self, start: &When, end: &When) -> Option<Length> {
        if let (When::Day(start), When::Day(end)) = (start, end) {
            return Some(Length::Nominal { days: i64::from((*end - *start).get_days()), seconds: 0 });
        }
        let seconds = self.zones.instant(start)?.duration_until(self.zones.instant(end)?).as_secs();
        Some(Length::Nominal { days: 0, seconds })
    }

    /// Everything of one UID: what recurs, and what replaces single occurrences of it.
    fn series(&mut self, happenings: Vec<Happening>) -> Result<(), ReadError> {
        let (mut instead, mut masters) = (BTreeMap::new(), Vec::new());
        for happening in happenings {
            match happening.replaces.as_ref().and_then(|(when, _)| self.zones.instant(when)) {
                Some(which) => {
                    instead.insert(which, happening);
                }
                None => masters.push(happening),
            }
        }
        for master in &masters {
            self.occurrences(master, &mut instead)?;
        }
        // Of a series that is not here.
        for single in instead.into_values() {
            self.add(&single.start, single.length, single.is_busy);
        }
        Ok(())
    }

    fn occurrences(&mut self, master: &Happening, instead: &mut BTreeMap<Instant, Happening>) -> Result<(), ReadError> {
        let mut all: BTreeMap<Instant, (When, Length)> = BTreeMap::new();
        let begins = self.begins(master)?;
        let besides = master.besides.iter().map(|(when, length)| (when.clone(), length.unwrap_or(master.length)));
        for (when, length) in begins.into_iter().map(|when| (when, master.length)).chain(besides) {
            if let Some(at) = self.zones.instant(&when).filter(|at| !self.is_excepted(master, &when, *at)) {
                all.insert(at, (when, length));
            }
        }
        // What replaces an occurrence that is out of sight may itself be within it, and the other way round.
        let mut following: Option<(i64, Length, bool)> = None;
        for (at, (when, length)) in all {
            if let Some(other) = instead.remove(&at) {
                if other.replaces.as_ref().is_some_and(|(_, follow)| *follow) {
                    let shift = when.civil().duration_until(other.start.civil()).as_secs();
                    following = Some((shift, other.length, other.is_busy));
                }
                self.add(&other.start, other.length, other.is_busy);
                continue;
            }
            match following {
                Some((shift, length, is_busy)) => {
                    if let Ok(civil) = when.civil().checked_add(shift.seconds()) {
                        self.add(&when.at(civil), length, is_busy);
                    }
                }
                None => self.add(&when, length, master.is_busy),
            }
        }
        Ok(())
    }

    /// The first, and those of its rules that may reach into the horizon.
    fn begins(&mut self, master: &Happening) -> Result<Vec<When>, ReadError> {
        let mut begins = vec![master.start.clone()];
        for rule in &master.rules {
            let Some((from, mut until)) = self.window(master) else { continue };
            if let Some(end) = rule.until.as_ref().and_then(|end| self.until(end, &master.start)) {
                until = until.min(end);
            }
            let civil = beginnings(rule, master.start.civil(), (from, until), self.budget)?;
            begins.extend(civil.into_iter().map(|civil| master.start.at(civil)));
        }
        Ok(begins)
    }

    /// The horizon on the clock of an event's zone, wide enough for what begins before it and reaches into it.
    fn window(&self, master: &Happening) -> Option<(DateTime, DateTime)> {
        let zone = match &master.start {
            When::Day(_) => &self.zones.own,
            When::Local(_, zone) => zone,
        };
        let local = |at: Timestamp| zone.to_datetime(at.jiff());
        let Length::Nominal { days, seconds } = master.length;
        let back = (days.abs() * 86_400 + seconds.abs() + 2 * 86_400).seconds();
        Some((local(self.horizon.from).checked_sub(back).ok()?, local(self.horizon.until)))
    }

    /// The last beginning that a rule may have, on the clock of the event's zone. A day means all of it.
    fn until(&self, end: &calcard::common::PartialDateTime, start: &When) -> Option<DateTime> {
        match (self.zones.when_in(None, end)?, start) {
            (When::Day(day), _) => Some(day.at(23, 59, 59, 0)),
            (When::Local(local, _), When::Day(_)) => Some(local),
            (When::Local(local, _), When::Local(..)) if !end.has_zone() => Some(local),
            (end @ When::Local(..), When::Local(_, zone)) => Some(zone.to_datetime(self.zones.instant(&end)?)),
        }
    }

    fn is_excepted(&self, master: &Happening, when: &When, at: Instant) -> bool {
        master.except.iter().any(|except| match except {
            When::Day(day) => when.civil().date() == *day,
            When::Local(..) => self.zones.instant(except) == Some(at),
        })
    }

    fn free_busy(&mut self, component: &ICalendarComponent) -> Result<(), ReadError> {
        for entry in component.entries.iter().filter(|entry| entry.name == ICalendarProperty::Freebusy) {
            let free = ICalendarParameterValue::Fbtype(ICalendarFreeBusyType::Free);
            let is_busy = entry.parameter(&ICalendarParameterName::Fbtype) != Some(&free);
            let periods: Vec<_> = self.periods(entry).collect();
            self.budget.take(periods.len())?;
            for (start, length) in periods {
                self.add(&start, length, is_busy);
            }
        }
        Ok(())
    }

    fn add(&mut self, start: &When, length: Length, is_busy: bool) {
        let (Some(from), Some(until)) = (self.zones.instant(start), self.zones.end(start, length)) else { return };
        if is_busy && from < until && from < self.horizon.until.jiff() && until > self.horizon.from.jiff() {
            self.spans.push((from, until));
        }
    }
}

/// Neither cancelled nor shown as free; one vendor has a property of its own for the latter.
fn is_busy(component: &ICalendarComponent) -> bool {
    let is_free = |entry: &ICalendarEntry| {
        matches!(&entry.name, ICalendarProperty::Other(name) if name.eq_ignore_ascii_case("X-MICROSOFT-CDO-BUSYSTATUS"))
            && matches!(entry.values.first(), Some(ICalendarValue::Text(text)) if text.eq_ignore_ascii_case("FREE"))
    };
    component.status() != Some(&ICalendarStatus::Cancelled)
        && component.transparency() != Some(&ICalendarTransparency::Transparent)
        && !component.entries.iter().any(is_free)
}

fn joined(mut spans: Vec<(Instant, Instant)>, horizon: Horizon) -> Result<Vec<TimeSlot>, ReadError> {
    let (first, last) = (horizon.from.jiff(), horizon.until.jiff());
    spans.sort_unstable();
    let mut apart: Vec<(Instant, Instant)> = Vec::new();
    for (from, until) in spans {
        let (from, until) = (from.max(first), until.min(last));
        match apart.last_mut() {
            Some(before) if from <= before.1 => before.1 = before.1.max(until),
            _ => apart.push((from, until)),
        }
    }
    if apart.len() > MOST_BUSY {
        return Err(ReadError::TooMuch);
    }
    let slot = |(from, until)| TimeSlot::new(Timestamp::from_jiff(from), Timestamp::from_jiff(until));
    Ok(apart.into_iter().filter_map(slot).collect())
}
