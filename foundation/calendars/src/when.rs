//! Dates and times of a calendar, in a zone or in none.

use calcard::{
    common::{PartialDateTime, timezone::Tz},
    icalendar::{ICalendarDuration, ICalendarEntry, timezone::TzResolver},
};
use jiff::{
    Span, Timestamp, ToSpan as _,
    civil::{Date, DateTime, Time},
    tz::{Offset, TimeZone},
};

/// When something is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum When {
    /// A whole day, of the reader's.
    Day(Date),
    /// On the clocks of a zone; of the reader's where the calendar names none.
    Local(DateTime, TimeZone),
}

/// How long something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Length {
    /// So many days of the calendar and, after them, seconds: a day with a change of clocks is as much a day (RFC 5545, 3.3.6).
    Nominal { days: i64, seconds: i64 },
}

/// The zones of one calendar.
pub(crate) struct Zones<'a> {
    pub(crate) named: TzResolver<&'a str>,
    /// The reader's: of whole days, of times without a zone, of zones that nobody knows.
    pub(crate) own: TimeZone,
}

impl Zones<'_> {
    /// What an entry's value says.
    pub(crate) fn when(&self, entry: &ICalendarEntry, value: &PartialDateTime) -> Option<When> {
        self.when_in(entry.tz_id(), value)
    }

    pub(crate) fn when_in(&self, zone: Option<&str>, value: &PartialDateTime) -> Option<When> {
        let day = date(value)?;
        if !value.has_time() {
            return Some(When::Day(day));
        }
        let local = day.to_datetime(time(value)?);
        let zone = match offset(value) {
            Some(offset) => TimeZone::fixed(offset),
            None => self.zone(zone),
        };
        Some(When::Local(local, zone))
    }

    fn zone(&self, name: Option<&str>) -> TimeZone {
        let found = name.and_then(|name| match self.named.resolve(name)? {
            Tz::Tz(zone) => TimeZone::get(zone.name()).ok(),
            Tz::Fixed(offset) => Offset::from_seconds(offset.local_minus_utc()).ok().map(TimeZone::fixed),
            Tz::Floating => None,
        });
        found.unwrap_or_else(|| self.own.clone())
    }

    /// The instant. In a gap of the clocks by the offset before it, in a fold the first of the two (RFC 5545, 3.3.5).
    pub(crate) fn instant(&self, when: &When) -> Option<Timestamp> {
        let (local, zone) = match when {
            When::Day(day) => (day.to_datetime(Time::midnight()), &self.own),
            When::Local(local, zone) => (*local, zone),
        };
        zone.to_ambiguous_timestamp(local).compatible().ok()
    }

    /// The instant at which something of this length is over.
    pub(crate) fn end(&self, start: &When, length: Length) -> Option<Timestamp> {
        let Length::Nominal { days, seconds } = length;
        let later = start.plus_days(days)?;
        self.instant(&later)?.checked_add(seconds.seconds()).ok()
    }
}

impl When {
    /// On the clock of its zone.
    pub(crate) fn civil(&self) -> DateTime {
        match self {
            Self::Day(day) => day.to_datetime(Time::midnight()),
            Self::Local(local, _) => *local,
        }
    }

    /// As this one, at another time of the clock.
    pub(crate) fn at(&self, civil: DateTime) -> Self {
        match self {
            Self::Day(_) => Self::Day(civil.date()),
            Self::Local(_, zone) => Self::Local(civil, zone.clone()),
        }
    }

    fn plus_days(&self, days: i64) -> Option<Self> {
        let civil = self.civil().checked_add(Span::new().try_days(days).ok()?).ok()?;
        Some(self.at(civil))
    }
}

pub(crate) fn length(duration: &ICalendarDuration) -> Length {
    let sign = if duration.neg { -1 } else { 1 };
    let days = i64::from(duration.weeks) * 7 + i64::from(duration.days);
    let seconds = i64::from(duration.hours) * 3600 + i64::from(duration.minutes) * 60 + i64::from(duration.seconds);
    Length::Nominal { days: days.min(4000) * sign, seconds: seconds.min(4000 * 86_400) * sign }
}

/// On no clock in particular: as rules count.
pub(crate) fn plain(civil: DateTime) -> PartialDateTime {
    PartialDateTime {
        year: u16::try_from(civil.year()).ok(),
        month: u8::try_from(civil.month()).ok(),
        day: u8::try_from(civil.day()).ok(),
        hour: u8::try_from(civil.hour()).ok(),
        minute: u8::try_from(civil.minute()).ok(),
        second: u8::try_from(civil.second()).ok(),
        ..PartialDateTime::default()
    }
}

fn date(value: &PartialDateTime) -> Option<Date> {
    let (year, month, day) = (value.year?, value.month?, value.day?);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A leap second is the one before it.
fn time(value: &PartialDateTime) -> Option<Time> {
    let (hour, minute, second) = (value.hour?, value.minute?, value.second.unwrap_or_default().min(59));
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, 0).ok()
}

fn offset(value: &PartialDateTime) -> Option<Offset> {
    let seconds = i32::from(value.tz_hour?) * 3600 + i32::from(value.tz_minute.unwrap_or_default()) * 60;
    Offset::from_seconds(if value.tz_minus { -seconds } else { seconds }).ok()
}
