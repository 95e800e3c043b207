//! When somebody comes of age.

use std::collections::BTreeMap;

use kernel::LocalDate;

/// Years of age, with countries that differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    usual: i16,
    by_country: BTreeMap<String, i16>,
}

/// A setting is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{setting}: {problem}")]
pub struct ConfigError {
    pub setting: &'static str,
    pub problem: &'static str,
}

const MAJORITY: &str = "BEDSIDE_MAJORITY";

impl Config {
    /// `BEDSIDE_MAJORITY`: years, and countries that differ, such as `18,JP:20`.
    pub fn read(setting: &dyn Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        match setting(MAJORITY) {
            None => Ok(Self::for_tests()),
            Some(text) => majority(&text).ok_or(ConfigError {
                setting: MAJORITY,
                problem: "is no number of years from 14 to 25, such as 18 or 18,JP:20",
            }),
        }
    }

    /// Eighteen everywhere.
    pub const fn for_tests() -> Self {
        Self { usual: 18, by_country: BTreeMap::new() }
    }

    /// The day on which somebody born then comes of age. Who is born on a leap day does so on the first of March.
    pub fn of_age_on(&self, born: LocalDate, country: Option<&str>) -> LocalDate {
        let years = country.and_then(|code| self.by_country.get(code)).copied().unwrap_or(self.usual);
        let day = born.jiff();
        LocalDate::from_ymd(day.year() + years, day.month(), day.day())
            .or_else(|| LocalDate::from_ymd(day.year() + years, 3, 1))
            .unwrap_or(born)
    }
}

fn majority(text: &str) -> Option<Config> {
    let years = |text: &str| text.trim().parse::<i16>().ok().filter(|years| (14..=25).contains(years));
    let mut parts = text.split(',');
    let usual = years(parts.next()?)?;
    let mut by_country = BTreeMap::new();
    for part in parts {
        let (country, age) = part.split_once(':')?;
        let country = country.trim();
        if country.len() != 2 || !country.chars().all(|c| c.is_ascii_uppercase()) {
            return None;
        }
        by_country.insert(country.to_owned(), years(age)?);
    }
    Some(Config { usual, by_country })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> LocalDate {
        text.parse().unwrap()
    }

    #[test]
    fn somebody_comes_of_age_by_the_law_of_their_country() {
        let config = majority("18, JP:20").unwrap();
        assert_eq!(config.of_age_on(day("2010-05-17"), None), day("2028-05-17"));
        assert_eq!(config.of_age_on(day("2010-05-17"), Some("JP")), day("2030-05-17"));
        assert_eq!(config.of_age_on(day("2008-02-29"), Some("BD")), day("2026-03-01"), "no such day that year");
        assert_eq!(config.of_age_on(day("2008-02-29"), Some("JP")), day("2028-02-29"));
    }

    #[test]
    fn what_is_no_age_is_refused() {
        for wrong in ["", "7", "eighteen", "18,", "18,jp:20", "18,JP", "18,JP:99", "JP:20"] {
            assert_eq!(majority(wrong), None, "{wrong}");
        }
    }
}
