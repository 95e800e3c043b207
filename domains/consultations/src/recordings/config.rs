//! What the operator decides about recordings.

/// Settings of the recorder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Config {
    /// Days after which the sound is deleted; `None`: nobody is asked.
    pub keep_days: Option<i64>,
}

/// `BEDSIDE_RECORDING_DAYS` is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("BEDSIDE_RECORDING_DAYS: is neither off nor a number from 1 to 3650")]
pub struct ConfigError;

impl Config {
    /// `BEDSIDE_RECORDING_DAYS`: from 1 to 3650, or `off`; `usual` where it is not said.
    ///
    /// # Errors
    /// When it is neither.
    pub fn read(usual: Option<i64>, setting: &dyn Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let keep_days = match setting("BEDSIDE_RECORDING_DAYS").as_deref() {
            None => usual,
            Some("off") => None,
            Some(text) => Some(text.parse().ok().filter(|days| (1..=3650).contains(days)).ok_or(ConfigError)?),
        };
        Ok(Self { keep_days })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hospital_records_only_where_its_operator_says_for_how_long() {
        let read = |text: Option<&str>| Config::read(None, &|_| text.map(str::to_owned)).map(|config| config.keep_days);
        assert_eq!(read(None), Ok(None));
        assert_eq!(read(Some("off")), Ok(None));
        assert_eq!(read(Some("14")), Ok(Some(14)));
        for wrong in ["0", "ever", "4000", ""] {
            assert_eq!(read(Some(wrong)), Err(ConfigError), "{wrong}");
        }
    }
}
