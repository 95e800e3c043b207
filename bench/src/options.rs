//! Words of the command line: `--name value`, each at most once.

use std::path::PathBuf;
use std::str::FromStr;

use crate::{Failed, USAGE, failed};

pub(crate) struct Options<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Options<'a> {
    pub(crate) fn read(words: &'a [String], known: &[&str]) -> Result<Self, Failed> {
        let mut read = Vec::new();
        for pair in words.chunks(2) {
            match pair {
                [name, value] if known.contains(&name.as_str()) => read.push((name.as_str(), value.as_str())),
                _ => return Err(failed(USAGE)),
            }
        }
        Ok(Self(read))
    }

    pub(crate) fn text(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    pub(crate) fn number<T: FromStr>(&self, name: &str, otherwise: T) -> Result<T, Failed> {
        match self.text(name) {
            Some(text) => text.parse().map_err(|_| failed(format!("{name} {text}: not a number"))),
            None => Ok(otherwise),
        }
    }

    pub(crate) fn bedside(&self) -> Result<PathBuf, Failed> {
        let path = self.text("--bedside").ok_or_else(|| failed(USAGE))?;
        Ok(std::fs::canonicalize(path)?)
    }
}
