//! The filter of an overview, as it stands in the address. Pure.

use kernel::{Currency, Cursor, LocalDate, Timestamp, Zone, ids::PractitionerId};
use serde::Deserialize;

use crate::days::day_in;

/// So many days are shown where nobody asks for others.
const USUAL_DAYS: i32 = 30;
/// And no more than these.
const MOST_DAYS: i32 = 366;
/// A chart with more days than this is drawn by week.
const DAYS_DRAWN: i32 = 62;

/// What stands in the address. What cannot be read is left out.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    pub(crate) from: String,
    pub(crate) until: String,
    pub(crate) currency: String,
    /// A group of payments' states.
    pub(crate) state: String,
    pub(crate) doctor: String,
    pub(crate) cursor: Option<Cursor>,
}

/// Groups of states that a reader tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Paid,
    PartlyRefunded,
    Refunded,
    Open,
    Failed,
}

impl State {
    pub(crate) const ALL: [Self; 5] = [Self::Paid, Self::PartlyRefunded, Self::Refunded, Self::Open, Self::Failed];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::PartlyRefunded => "partly_refunded",
            Self::Refunded => "refunded",
            Self::Open => "open",
            Self::Failed => "failed",
        }
    }

    /// As payments keep them.
    const fn statuses(self) -> &'static [&'static str] {
        match self {
            Self::Paid => &["captured"],
            Self::PartlyRefunded => &["partially_refunded"],
            Self::Refunded => &["refunded"],
            Self::Open => &["created", "requires_action", "processing"],
            Self::Failed => &["failed", "cancelled"],
        }
    }
}

/// How the days of a chart are drawn together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bucket {
    Day,
    Week,
}

impl Bucket {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Filter {
    pub(crate) first: LocalDate,
    /// The last day, which belongs to it.
    pub(crate) last: LocalDate,
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Timestamp,
    pub(crate) zone: Zone,
    pub(crate) currency: Option<Currency>,
    /// Empty: all.
    pub(crate) statuses: Vec<String>,
    pub(crate) doctor: Option<PractitionerId>,
}

impl Filter {
    /// The last thirty days of the house's calendar, or those that are asked for: a year at most, the later ones.
    pub(crate) fn of(wanted: &Wanted, now: Timestamp, zone: &Zone) -> Self {
        let today = now.date_in(zone);
        let last = day_in(&wanted.until).unwrap_or(today);
        let first = day_in(&wanted.from).unwrap_or_else(|| last.plus_days(1 - USUAL_DAYS));
        let first = first.min(last).max(last.plus_days(1 - MOST_DAYS));
        let state = State::ALL.into_iter().find(|state| state.as_str() == wanted.state);
        let statuses = state.map_or(&[][..], State::statuses);
        Self {
            first,
            last,
            starts_at: first.starts_in(zone),
            ends_at: last.plus_days(1).starts_in(zone),
            zone: zone.clone(),
            currency: wanted.currency.parse().ok(),
            statuses: statuses.iter().map(|status| (*status).to_owned()).collect(),
            doctor: wanted.doctor.parse().ok(),
        }
    }

    pub(crate) fn bucket(&self) -> Bucket {
        if self.last > self.first.plus_days(DAYS_DRAWN - 1) { Bucket::Week } else { Bucket::Day }
    }
}

impl Wanted {
    /// The same filters in an address, with `cursor` instead of its own.
    pub(crate) fn href(&self, path: &str, cursor: Option<&Cursor>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let fields = [
            ("from", &self.from),
            ("until", &self.until),
            ("currency", &self.currency),
            ("state", &self.state),
            ("doctor", &self.doctor),
        ];
        for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        if let Some(cursor) = cursor {
            query.append_pair("cursor", &cursor.0);
        }
        match query.finish() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(from: &str, until: &str) -> Filter {
        let wanted = Wanted { from: from.into(), until: until.into(), ..Wanted::default() };
        let now = "2026-11-24T22:30:00Z".parse().expect("an instant");
        Filter::of(&wanted, now, &"Africa/Nairobi".parse().expect("a zone"))
    }

    #[test]
    fn days_are_of_the_houses_calendar() {
        let usual = filter("", "");
        assert_eq!((usual.first.to_string(), usual.last.to_string()), ("2026-10-27".into(), "2026-11-25".into()));
        assert_eq!(usual.ends_at, "2026-11-25T21:00:00Z".parse().expect("an instant"));
    }

    #[test]
    fn nonsense_and_too_much_are_made_sense_of() {
        let reversed = filter("2026-11-20", "2026-11-10");
        assert_eq!((reversed.first, reversed.last), (reversed.last, "2026-11-10".parse().expect("a day")));
        let long = filter("1990-01-01", "2026-11-10");
        assert_eq!((long.first.to_string(), long.bucket()), ("2025-11-10".into(), Bucket::Week));
        assert_eq!(filter("x", "y").first, filter("", "").first);
        assert_eq!(filter("", "").bucket(), Bucket::Day);
    }
}
