//! What the operator decides about money.

use kernel::{Currency, Money, Zone};

/// Settings of this room. An app part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Whole units of any currency that one administrator may give back of a payment without a second one.
    pub refund_alone: i64,
    /// The house's zone: its calendar cuts the books into days.
    pub zone: Zone,
}

/// A setting is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{setting}: {problem}")]
pub struct ConfigError {
    pub setting: &'static str,
    pub problem: &'static str,
}

const ALONE: &str = "BEDSIDE_REFUND_ALONE";
const ZONE: &str = "BEDSIDE_ZONE";
const LARGEST_ALONE: i64 = 1_000_000;

impl Config {
    /// `BEDSIDE_REFUND_ALONE`, whole units; `BEDSIDE_ZONE`, such as `Africa/Nairobi`.
    pub fn read(setting: &dyn Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let usual = Self::for_tests();
        let refund_alone = match setting(ALONE) {
            None => usual.refund_alone,
            Some(text) => text
                .parse()
                .ok()
                .filter(|units| (0..=LARGEST_ALONE).contains(units))
                .ok_or(ConfigError { setting: ALONE, problem: "is no whole number from 0 to 1000000, such as 50" })?,
        };
        let zone = match setting(ZONE) {
            None => usual.zone,
            Some(text) => text
                .parse()
                .map_err(|_| ConfigError { setting: ZONE, problem: "is no time zone such as Africa/Nairobi" })?,
        };
        Ok(Self { refund_alone, zone })
    }

    /// As usual: fifty alone, and days of UTC.
    pub fn for_tests() -> Self {
        Self { refund_alone: 50, zone: Zone::utc() }
    }

    /// The most that one administrator gives back of one payment.
    pub(crate) fn alone_in(&self, currency: Currency) -> Money {
        let unit = 10_i64.checked_pow(currency.exponent()).unwrap_or(i64::MAX);
        Money::new(self.refund_alone.saturating_mul(unit), currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(alone: &str, zone: &str) -> Result<Config, ConfigError> {
        Config::read(&|name| Some(if name == ALONE { alone } else { zone }.to_owned()))
    }

    #[test]
    fn the_bound_is_in_whole_units_of_each_currency() {
        let config = read("20", "Africa/Nairobi").expect("both are good");
        let of = |code: &str| config.alone_in(code.parse().expect("a currency")).amount;
        assert_eq!([of("USD"), of("JPY"), of("KWD")], [2000, 20, 20_000]);
        assert_eq!(Config::read(&|_| None), Ok(Config::for_tests()));
        for wrong in ["-1", "1.5", "x", "1000001"] {
            assert!(read(wrong, "UTC").is_err(), "{wrong}");
        }
        assert!(read("1", "Nowhere/None").is_err());
    }
}
