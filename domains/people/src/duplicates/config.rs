//! From how many bits on a pair is shown, and how.

use super::model::Band;

/// Tenths of a bit at which each band begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    low: i32,
    medium: i32,
    high: i32,
}

impl Thresholds {
    pub const fn band(self, score: i32) -> Option<Band> {
        if score >= self.high {
            Some(Band::High)
        } else if score >= self.medium {
            Some(Band::Medium)
        } else if score >= self.low {
            Some(Band::Low)
        } else {
            None
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    pub thresholds: Thresholds,
}

/// A setting is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{setting}: {problem}")]
pub struct ConfigError {
    pub setting: &'static str,
    pub problem: &'static str,
}

const SETTING: &str = "BEDSIDE_DUPLICATES";

impl Config {
    /// `BEDSIDE_DUPLICATES`: whole bits at which low, medium and high begin, such as `10,18,28`.
    pub fn read(setting: &dyn Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        match setting(SETTING) {
            None => Ok(Self::for_tests()),
            Some(text) => thresholds(&text).map(|thresholds| Self { thresholds }).ok_or(ConfigError {
                setting: SETTING,
                problem: "is not three whole numbers of bits that rise, such as 10,18,28",
            }),
        }
    }

    /// 10, 18 and 28 bits.
    pub const fn for_tests() -> Self {
        Self { thresholds: Thresholds { low: 100, medium: 180, high: 280 } }
    }
}

fn thresholds(text: &str) -> Option<Thresholds> {
    let bits: Vec<i32> = text.split(',').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    match bits[..] {
        [low, medium, high] if 0 < low && low < medium && medium < high && high <= 60 => {
            Some(Thresholds { low: low * 10, medium: medium * 10, high: high * 10 })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_rising_numbers_are_thresholds_and_nothing_else_is() {
        assert_eq!(thresholds("10, 18,28"), Some(Config::for_tests().thresholds));
        for wrong in ["", "10", "10,18", "18,10,28", "0,18,28", "10,18,28,30", "a,b,c", "10,18,99"] {
            assert_eq!(thresholds(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_band_begins_at_its_threshold() {
        let bands = Config::for_tests().thresholds;
        assert_eq!(
            [99, 100, 180, 280].map(|score| bands.band(score)),
            [None, Some(Band::Low), Some(Band::Medium), Some(Band::High)]
        );
    }
}
