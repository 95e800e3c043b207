//! What the operator decides about transcripts.

use std::path::{Path, PathBuf};

/// Settings of the scribe.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the engine lies; `None` switches it off.
    pub folder: Option<PathBuf>,
    /// Threads that work on one utterance.
    pub threads: usize,
    /// An engine outside, for languages that none here knows.
    pub outside: Option<speech_amazon::Config>,
    /// Days after which what was written down is deleted.
    pub keep_days: i64,
}

/// A setting is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{setting}: {problem}")]
pub struct ConfigError {
    pub setting: &'static str,
    pub problem: &'static str,
}

const FOLDER: &str = "BEDSIDE_SPEECH";
const THREADS: &str = "BEDSIDE_SPEECH_THREADS";
const DAYS: &str = "BEDSIDE_TRANSCRIPT_DAYS";

impl Config {
    /// `BEDSIDE_SPEECH`: the folder of the engine, or `off`. `BEDSIDE_SPEECH_THREADS`: from 1 to 64.
    /// `BEDSIDE_TRANSCRIPT_DAYS`: from 1 to 3650. An engine outside: [`speech_amazon::Config::read`].
    pub fn read(data: &Path, setting: &dyn Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let folder = match setting(FOLDER) {
            Some(text) if text == "off" => None,
            Some(text) => Some(PathBuf::from(text)),
            None => Some(data.join("speech")),
        };
        let number = |name: &'static str, usual: i64, most: i64, problem| match setting(name) {
            None => Ok(usual),
            Some(text) => match text.parse() {
                Ok(number) if (1..=most).contains(&number) => Ok(number),
                _ => Err(ConfigError { setting: name, problem }),
            },
        };
        let threads = number(THREADS, 1, 64, "is no number from 1 to 64")?;
        let keep_days = number(DAYS, 30, 3650, "is no number from 1 to 3650")?;
        let outside = speech_amazon::Config::read(setting)
            .map_err(|wrong| ConfigError { setting: wrong.setting, problem: wrong.problem })?;
        Ok(Self { folder, threads: usize::try_from(threads).unwrap_or(1), outside, keep_days })
    }

    /// No engine: nobody is asked.
    pub fn off() -> Self {
        Self { folder: None, threads: 1, outside: None, keep_days: 30 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &'static str, value: &'static str) -> Result<Config, ConfigError> {
        Config::read(Path::new("/data"), &|asked| (asked == name).then(|| value.to_owned()))
    }

    #[test]
    fn the_engine_lies_with_the_data_unless_it_is_said() {
        assert_eq!(read("NONE", "").expect("usual").folder, Some(PathBuf::from("/data/speech")));
        assert_eq!(read(FOLDER, "off").expect("off").folder, None);
        assert_eq!(read(DAYS, "7").expect("a week").keep_days, 7);
    }

    #[test]
    fn nonsense_is_refused_by_name() {
        for (name, value) in [(DAYS, "0"), (DAYS, "ever"), (THREADS, "65")] {
            assert_eq!(read(name, value).expect_err(value).setting, name);
        }
    }
}
