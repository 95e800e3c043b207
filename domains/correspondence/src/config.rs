//! What the operator decides about messages.

/// Settings of this room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// A message is to be answered within so many working days of the doctor.
    pub working_days: u32,
    /// So many days after the last visit a patient may still write.
    pub days_after_visit: i64,
    /// So many days a price stands, and once accepted, may be paid.
    pub offer_days: i64,
}

/// A setting is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{setting}: {problem}")]
pub struct ConfigError {
    pub setting: &'static str,
    pub problem: &'static str,
}

const WORKING_DAYS: &str = "BEDSIDE_MESSAGES_WORKING_DAYS";
const DAYS_AFTER_VISIT: &str = "BEDSIDE_MESSAGES_DAYS_AFTER_VISIT";
const OFFER_DAYS: &str = "BEDSIDE_E_VISIT_DAYS";

impl Config {
    /// `BEDSIDE_MESSAGES_WORKING_DAYS`: 1 to 10. `BEDSIDE_MESSAGES_DAYS_AFTER_VISIT`: 1 to 730. `BEDSIDE_E_VISIT_DAYS`: 1 to 30.
    pub fn read(setting: &dyn Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let usual = Self::for_tests();
        let days = |name, bounds: std::ops::RangeInclusive<i64>| match setting(name) {
            None => Ok(None),
            Some(text) => text
                .trim()
                .parse::<i64>()
                .ok()
                .filter(|days| bounds.contains(days))
                .map(Some)
                .ok_or(ConfigError { setting: name, problem: "is no number of days, or none that is allowed" }),
        };
        let working = days(WORKING_DAYS, 1..=10)?.and_then(|days| u32::try_from(days).ok());
        Ok(Self {
            working_days: working.unwrap_or(usual.working_days),
            days_after_visit: days(DAYS_AFTER_VISIT, 1..=730)?.unwrap_or(usual.days_after_visit),
            offer_days: days(OFFER_DAYS, 1..=30)?.unwrap_or(usual.offer_days),
        })
    }

    /// As usual: two working days; 90 days after the visit; a price stands a week.
    pub const fn for_tests() -> Self {
        Self { working_days: 2, days_after_visit: 90, offer_days: 7 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_within_bounds() {
        let set = |name: &'static str, value: &'static str| {
            Config::read(&move |asked: &str| (asked == name).then(|| value.to_owned()))
        };
        assert_eq!(set("BEDSIDE_NOTHING", "x"), Ok(Config::for_tests()));
        assert_eq!(set(WORKING_DAYS, "5").map(|config| config.working_days), Ok(5));
        for (name, wrong) in [(WORKING_DAYS, "0"), (WORKING_DAYS, "soon"), (DAYS_AFTER_VISIT, "-1"), (OFFER_DAYS, "31")]
        {
            assert_eq!(set(name, wrong).unwrap_err().setting, name);
        }
    }
}
