//! When something that recurs begins.

use calcard::{
    common::timezone::Tz,
    icalendar::{
        ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarDuration, ICalendarEntry, ICalendarFrequency,
        ICalendarProperty, ICalendarRecurrenceRule, ICalendarValue,
    },
};
use jiff::{Timestamp, ToSpan as _, civil::DateTime, tz::TimeZone};

use crate::when::plain;

/// Work that a rule costs though it comes to nothing.
const IN_VAIN: usize = 5_000;

/// What reading one calendar may cost: occurrences that are counted out.
#[derive(Debug)]
pub(crate) struct Budget(usize);

/// A rule recurs more often than a calendar of a person does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spent;

impl Budget {
    pub(crate) const fn new(occurrences: usize) -> Self {
        Self(occurrences)
    }

    pub(crate) fn take(&mut self, occurrences: usize) -> Result<(), Spent> {
        self.0 = self.0.checked_sub(occurrences).ok_or(Spent)?;
        Ok(())
    }
}

/// The beginnings between these two, by the clock of the event's own zone, without regard to any change of clocks.
pub(crate) fn beginnings(
    rule: &ICalendarRecurrenceRule,
    first: DateTime,
    (from, until): (DateTime, DateTime),
    budget: &mut Budget,
) -> Result<Vec<DateTime>, Spent> {
    let start = if rule.count.is_none() { skipped(rule, first, from) } else { first };
    let rule = ICalendarRecurrenceRule { until: Some(plain(until)), ..rule.clone() };
    let entry = |name, value| ICalendarEntry { name, params: Vec::new(), values: vec![value] };
    let event = ICalendarComponent {
        component_type: ICalendarComponentType::VEvent,
        entries: vec![
            entry(ICalendarProperty::Dtstart, ICalendarValue::PartialDateTime(Box::new(plain(start)))),
            entry(ICalendarProperty::Duration, ICalendarValue::Duration(ICalendarDuration::from_seconds(60))),
            entry(ICalendarProperty::Rrule, ICalendarValue::RecurrenceRule(Box::new(rule))),
        ],
        component_ids: Vec::new(),
    };
    let found = ICalendar { components: vec![event] }.expand_dates(Tz::Floating, budget.0.saturating_add(1)).events;
    budget.take(found.len().max(if found.is_empty() { IN_VAIN } else { 0 }))?;
    let civil = |seconds| Some(TimeZone::UTC.to_datetime(Timestamp::from_second(seconds).ok()?));
    let begins = found.into_iter().filter_map(|event| civil(event.start.naive_local().and_utc().timestamp()));
    Ok(begins.filter(|begin| *begin >= from && *begin <= until).collect())
}

/// A later beginning of the same rule, still before `from`: what recurs since ten years is not counted out from there.
fn skipped(rule: &ICalendarRecurrenceRule, first: DateTime, from: DateTime) -> DateTime {
    let unit = match rule.freq {
        ICalendarFrequency::Weekly => 7 * 86_400,
        ICalendarFrequency::Daily => 86_400,
        ICalendarFrequency::Hourly => 3_600,
        ICalendarFrequency::Minutely => 60,
        ICalendarFrequency::Secondly => 1,
        // Their steps differ in length; there are few of them.
        ICalendarFrequency::Monthly | ICalendarFrequency::Yearly => return first,
    };
    let step = unit * i64::from(rule.interval.unwrap_or(1).max(1));
    let between = first.duration_until(from).as_secs();
    // Two steps earlier: a week's days stand on both sides of its first.
    let steps = between / step - 2;
    if steps <= 0 {
        return first;
    }
    first.checked_add((steps * step).seconds()).unwrap_or(first)
}
