//! What is looked for: the filters of a search, from a form, an API query or free text.

use jiff::{ToSpan, civil::Date};
use kernel::{LocalDate, Timestamp, Zone};
use scheduling::slots::Mode;

/// When a visit should start, in the visitor's own zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum When {
    #[default]
    Any,
    Today,
    Tomorrow,
    TodayOrTomorrow,
    /// The coming seven days.
    Week,
    /// Starts in `[from, to)`.
    Between(Timestamp, Timestamp),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    Female,
    Male,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Soonest where a day is asked for, else the best rated.
    #[default]
    Best,
    Soonest,
    Fee,
    Rating,
    Distance,
}

/// A point on the globe, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
}

/// All filters of a search.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Criteria {
    /// Words to find in names, places and biographies; each must be found.
    pub(crate) words: Vec<String>,
    pub(crate) specialty: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) gender: Option<Gender>,
    pub(crate) mode: Option<Mode>,
    /// Minor units.
    pub(crate) max_fee: Option<i64>,
    pub(crate) when: When,
    /// A city: only doctors who practise within 60 km of its health centres.
    pub(crate) place: Option<String>,
    pub(crate) near: Option<Point>,
    pub(crate) sort: Sort,
}

/// Days looked ahead when no day is asked for.
const HORIZON_DAYS: i64 = 14;

impl When {
    pub(crate) fn from_code(code: &str) -> Self {
        match code {
            "today" | "now" => Self::Today,
            "tomorrow" => Self::Tomorrow,
            "today-tomorrow" => Self::TodayOrTomorrow,
            "week" => Self::Week,
            _ => Self::Any,
        }
    }

    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Any | Self::Between(..) => "",
            Self::Today => "today",
            Self::Tomorrow => "tomorrow",
            Self::TodayOrTomorrow => "today-tomorrow",
            Self::Week => "week",
        }
    }

    /// "today or tomorrow" is both.
    #[must_use]
    pub(crate) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Today, Self::Tomorrow) | (Self::Tomorrow, Self::Today) => Self::TodayOrTomorrow,
            (first, _) => first,
        }
    }

    /// The instants between which a visit must start.
    pub(crate) fn window(self, now: Timestamp, zone: &Zone) -> (Timestamp, Timestamp) {
        let today = now.date_in(zone);
        let day = |days: i32| today.plus_days(days).starts_in(zone);
        match self {
            Self::Any => (now, now.plus_days(HORIZON_DAYS)),
            Self::Today => (now, day(1)),
            Self::Tomorrow => (day(1), day(2)),
            Self::TodayOrTomorrow => (now, day(2)),
            Self::Week => (now, day(7)),
            Self::Between(from, to) => (from.max(now), to.min(from.max(now).plus_days(60))),
        }
    }
}

impl Gender {
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        match code {
            "female" => Some(Self::Female),
            "male" => Some(Self::Male),
            _ => None,
        }
    }

    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }
}

impl Sort {
    pub(crate) fn from_code(code: &str) -> Self {
        match code {
            "soonest" => Self::Soonest,
            "fee" => Self::Fee,
            "rating" => Self::Rating,
            "distance" => Self::Distance,
            _ => Self::Best,
        }
    }
}

impl Criteria {
    /// The order in which results stand.
    pub(crate) fn order(&self) -> Sort {
        match self.sort {
            Sort::Best if self.when != When::Any => Sort::Soonest,
            Sort::Distance if self.near.is_none() => Sort::Best,
            other => other,
        }
    }
}

/// An RFC 3339 instant, or a day (its first instant in the zone).
pub(crate) fn instant(text: &str, zone: &Zone) -> Option<Timestamp> {
    text.parse().ok().or_else(|| text.parse::<LocalDate>().ok().map(|day| day.starts_in(zone)))
}

/// The end of a range: a day counts whole.
pub(crate) fn instant_after(text: &str, zone: &Zone) -> Option<Timestamp> {
    text.parse().ok().or_else(|| {
        let day: Date = text.parse().ok()?;
        Some(LocalDate::from_jiff(day.checked_add(1.day()).ok()?).starts_in(zone))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn today_ends_at_the_visitors_midnight() {
        let dhaka: Zone = "Asia/Dhaka".parse().expect("a zone");
        let (from, to) = When::Today.window(at("2026-11-21T17:30:00Z"), &dhaka);
        assert_eq!((from, to), (at("2026-11-21T17:30:00Z"), at("2026-11-21T18:00:00Z")));
        let (from, to) = When::Tomorrow.window(at("2026-11-21T17:30:00Z"), &dhaka);
        assert_eq!((from, to), (at("2026-11-21T18:00:00Z"), at("2026-11-22T18:00:00Z")));
    }

    #[test]
    fn a_day_may_have_twenty_five_hours() {
        let berlin: Zone = "Europe/Berlin".parse().expect("a zone");
        let (from, to) = When::Tomorrow.window(at("2026-10-24T12:00:00Z"), &berlin);
        assert_eq!(to.seconds_since(from), 25 * 3600);
    }

    #[test]
    fn a_range_of_days_counts_its_last_day() {
        let utc = Zone::utc();
        assert_eq!(instant("2026-11-22", &utc), Some(at("2026-11-22T00:00:00Z")));
        assert_eq!(instant_after("2026-11-22", &utc), Some(at("2026-11-23T00:00:00Z")));
        assert_eq!(instant_after("2026-11-22T10:00:00Z", &utc), Some(at("2026-11-22T10:00:00Z")));
        assert_eq!(instant("soon", &utc), None);
    }

    #[test]
    fn asking_for_a_day_puts_the_soonest_first() {
        let criteria = Criteria { when: When::Today, ..Criteria::default() };
        assert_eq!(criteria.order(), Sort::Soonest);
        assert_eq!(Criteria { sort: Sort::Fee, ..criteria }.order(), Sort::Fee);
    }
}
