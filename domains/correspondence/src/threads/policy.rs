//! By when a message is to be answered.

use jiff::civil::Weekday;
use kernel::{LocalDate, Timestamp, Zone};

/// Countries whose weekend is Friday and Saturday (Unicode CLDR, supplemental data, weekData; Bangladesh and the Maldives by their
/// governments). Elsewhere it is Saturday and Sunday.
const FRIDAY_AND_SATURDAY: [&str; 16] =
    ["BD", "BH", "DZ", "EG", "IL", "IQ", "JO", "KW", "LY", "MV", "OM", "QA", "SA", "SD", "SY", "YE"];

/// The days on which a doctor does not work by custom and law.
#[derive(Debug, Clone)]
pub(crate) struct Calendar {
    pub(crate) zone: Zone,
    /// ISO 3166-1 alpha-2; may be empty.
    pub(crate) country: String,
    /// Public holidays of the next weeks.
    pub(crate) holidays: Vec<LocalDate>,
}

impl Calendar {
    fn is_working_day(&self, day: LocalDate) -> bool {
        let weekend = if FRIDAY_AND_SATURDAY.contains(&self.country.as_str()) {
            [Weekday::Friday, Weekday::Saturday]
        } else {
            [Weekday::Saturday, Weekday::Sunday]
        };
        !weekend.contains(&day.jiff().weekday()) && !self.holidays.contains(&day)
    }

    /// So many working days after `from`, at the same time of the day. From a day off it is counted as from its end.
    pub(crate) fn due(&self, from: Timestamp, working_days: u32) -> Timestamp {
        let first = from.date_in(&self.zone);
        let (mut left, mut days) = (working_days, 0_i32);
        // A year without a working day is no calendar.
        while left > 0 && days < 366 {
            days += 1;
            if self.is_working_day(first.plus_days(days)) {
                left -= 1;
            }
        }
        from.plus_days(i64::from(days))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(country: &str, from: &str, days: u32, holidays: &[&str]) -> String {
        let calendar = Calendar {
            zone: "Asia/Dhaka".parse().unwrap(),
            country: country.to_owned(),
            holidays: holidays.iter().map(|day| day.parse().unwrap()).collect(),
        };
        calendar.due(from.parse().unwrap(), days).to_string()
    }

    #[test]
    fn weekends_and_holidays_are_not_counted() {
        // 26 November 2026 is a Thursday.
        assert_eq!(due("GB", "2026-11-25T10:00:00Z", 2, &[]), "2026-11-27T10:00:00Z");
        assert_eq!(due("GB", "2026-11-26T10:00:00Z", 2, &[]), "2026-11-30T10:00:00Z");
        assert_eq!(due("BD", "2026-11-26T10:00:00Z", 2, &[]), "2026-11-30T10:00:00Z", "Sunday and Monday");
        assert_eq!(due("BD", "2026-11-25T10:00:00Z", 2, &[]), "2026-11-29T10:00:00Z", "Thursday and Sunday");
        assert_eq!(due("GB", "2026-11-26T10:00:00Z", 2, &["2026-11-27", "2026-11-30"]), "2026-12-02T10:00:00Z");
        assert_eq!(due("GB", "2026-11-28T10:00:00Z", 1, &[]), "2026-11-30T10:00:00Z", "from a Saturday");
    }

    #[test]
    fn the_day_is_that_of_the_doctor() {
        // Eight in the evening of Thursday, UTC, is Friday in Dhaka.
        assert_eq!(due("GB", "2026-11-26T20:00:00Z", 1, &[]), "2026-11-29T20:00:00Z");
    }
}
