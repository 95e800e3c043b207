use std::str::FromStr;

use kernel::{Timestamp, Zone, ids::FacilityId};
use serde::{Deserialize, Serialize};

/// ISO 3166-1 alpha-2.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Country([u8; 2]);

impl Country {
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("ZZ")
    }
}

/// Two capital letters were expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not well formed")]
pub struct Malformed;

impl FromStr for Country {
    type Err = Malformed;
    fn from_str(code: &str) -> Result<Self, Malformed> {
        match code.as_bytes() {
            [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Ok(Self([*a, *b])),
            _ => Err(Malformed),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PlaceKind {
    HealthCentre,
    Clinic,
    Hospital,
}

impl PlaceKind {
    pub const ALL: [Self; 3] = [Self::HealthCentre, Self::Clinic, Self::Hospital];

    pub const fn code(self) -> &'static str {
        match self {
            Self::HealthCentre => "health_centre",
            Self::Clinic => "clinic",
            Self::Hospital => "hospital",
        }
    }

    pub const fn label_key(self) -> &'static str {
        match self {
            Self::HealthCentre => "facilities-kind-health-centre",
            Self::Clinic => "facilities-kind-clinic",
            Self::Hospital => "facilities-kind-hospital",
        }
    }

    pub(crate) fn of(code: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.code() == code).unwrap_or(Self::HealthCentre)
    }
}

/// Degrees, north and east positive.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Point {
    latitude: f64,
    longitude: f64,
}

impl Point {
    /// `None` for a point that is not on the earth.
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        ((-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude))
            .then_some(Self { latitude, longitude })
    }

    pub const fn latitude(self) -> f64 {
        self.latitude
    }

    pub const fn longitude(self) -> f64 {
        self.longitude
    }
}

impl FromStr for Point {
    type Err = Malformed;
    /// "23.78,90.41"
    fn from_str(text: &str) -> Result<Self, Malformed> {
        let (latitude, longitude) = text.split_once(',').ok_or(Malformed)?;
        let degrees = |part: &str| part.trim().parse::<f64>().map_err(|_| Malformed);
        Self::new(degrees(latitude)?, degrees(longitude)?).ok_or(Malformed)
    }
}

/// One stretch of opening, on the wall clock of the place. `closes <= opens` ends on the next day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Hours {
    /// 1 Monday … 7 Sunday.
    pub weekday: u8,
    /// "08:00"
    pub opens: String,
    pub closes: String,
}

/// A week of opening hours.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WeekHours(pub Vec<Hours>);

impl WeekHours {
    /// The same hours on each of these weekdays.
    pub fn on(weekdays: impl IntoIterator<Item = u8>, opens: &str, closes: &str) -> Self {
        let hours = |weekday| Hours { weekday, opens: opens.to_owned(), closes: closes.to_owned() };
        Self(weekdays.into_iter().map(hours).collect())
    }

    /// "08:00 – 20:00" per stretch of a weekday; empty when closed.
    pub fn of_day(&self, weekday: u8) -> Vec<String> {
        let day = self.0.iter().filter(|h| h.weekday == weekday);
        day.map(|h| format!("{} – {}", h.opens, h.closes)).collect()
    }

    /// Open at this instant, by the clock of the place.
    pub fn is_open(&self, zone: &Zone, at: Timestamp) -> bool {
        let shown = at.in_zone(zone);
        let today = u8::try_from(shown.weekday().to_monday_one_offset()).unwrap_or(1);
        let yesterday = if today == 1 { 7 } else { today - 1 };
        let now = format!("{:02}:{:02}", shown.hour(), shown.minute());
        self.0.iter().any(|h| {
            let overnight = h.closes <= h.opens;
            (h.weekday == today && h.opens <= now && (overnight || now < h.closes))
                || (h.weekday == yesterday && overnight && now < h.closes)
        })
    }

    /// Every stretch has a weekday and two times of day.
    pub fn is_well_formed(&self) -> bool {
        let clock = |text: &str| {
            matches!(text.as_bytes(), [a, b, b':', c, d] if [a, b, c, d].iter().all(|x| x.is_ascii_digit()))
                && text < "24:00"
                && &text[3..] < "60"
        };
        self.0.iter().all(|h| (1..=7).contains(&h.weekday) && clock(&h.opens) && clock(&h.closes))
    }
}

/// A place to be opened.
#[derive(Clone, Debug)]
pub struct NewPlace {
    pub name: String,
    pub kind: PlaceKind,
    pub street: String,
    pub city: String,
    pub country: Country,
    pub point: Point,
    pub zone: Zone,
    /// E.164.
    pub phone: Option<String>,
    pub hours: WeekHours,
}

#[derive(Clone, Debug)]
pub struct Place {
    pub id: FacilityId,
    pub name: String,
    pub kind: PlaceKind,
    pub street: String,
    pub city: String,
    pub country: String,
    pub point: Option<Point>,
    pub zone: Zone,
    pub phone: Option<String>,
    pub hours: WeekHours,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_open_past_midnight_is_open_after_midnight() {
        let hours = WeekHours::on([6], "20:00", "02:00");
        let zone: Zone = "Asia/Dhaka".parse().expect("a zone");
        let open = |at: &str| hours.is_open(&zone, at.parse().expect("an instant"));
        assert!(open("2026-11-21T14:00:00Z"), "Saturday 20:00");
        assert!(open("2026-11-21T19:59:00Z"), "Sunday 01:59");
        assert!(!open("2026-11-21T20:00:00Z"), "Sunday 02:00");
        assert!(!open("2026-11-21T13:59:00Z"));
    }

    #[test]
    fn a_point_is_on_the_earth() {
        assert!("23.78,90.41".parse::<Point>().is_ok());
        assert!(
            "91,0".parse::<Point>().is_err() && "x,0".parse::<Point>().is_err() && "NaN,0".parse::<Point>().is_err()
        );
    }

    #[test]
    fn hours_must_be_times_of_day() {
        assert!(WeekHours::on(1..=5, "08:00", "00:00").is_well_formed());
        for (opens, closes) in [("8:00", "12:00"), ("08:00", "24:00"), ("08:60", "12:00")] {
            assert!(!WeekHours::on([1], opens, closes).is_well_formed());
        }
    }
}
