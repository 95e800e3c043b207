//! A question about a line of the access log.

use std::{fmt, str::FromStr};

use kernel::{
    Timestamp,
    ids::{AccessQuestionId, AccountId, PatientId},
};
use serde::{Deserialize, Serialize};

/// Words of a question and of an answer: at least, at most.
pub(crate) const WORDS: std::ops::RangeInclusive<usize> = 3..=1000;

/// A line of the access log, by its place in the trail: "17.204".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub shard: i16,
    pub seq: i64,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.shard, self.seq)
    }
}

/// The text names no line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("that is no line of the access log")]
pub struct NoLine;

impl FromStr for Line {
    type Err = NoLine;

    fn from_str(text: &str) -> Result<Self, NoLine> {
        let (shard, seq) = text.split_once('.').ok_or(NoLine)?;
        Ok(Self { shard: shard.parse().map_err(|_| NoLine)?, seq: seq.parse().map_err(|_| NoLine)? })
    }
}

/// What the privacy officer found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    InOrder,
    NotInOrder,
    Unclear,
}

impl Finding {
    pub const ALL: [Self; 3] = [Self::InOrder, Self::NotInOrder, Self::Unclear];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InOrder => "in_order",
            Self::NotInOrder => "not_in_order",
            Self::Unclear => "unclear",
        }
    }

    pub(crate) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|finding| finding.as_str() == word)
    }
}

/// A question, opened for its patient or a privacy officer.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct Question {
    pub id: AccessQuestionId,
    pub patient_id: PatientId,
    pub patient: String,
    /// The line: place, time, section, why, and who.
    pub line: String,
    pub seen_at: Option<Timestamp>,
    pub section: String,
    pub purpose: String,
    pub about: Option<String>,
    pub about_account: Option<AccountId>,
    pub words: String,
    pub asked_at: Timestamp,
    pub finding: Option<Finding>,
    pub answer: Option<String>,
    pub answered_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_is_written() {
        let line = Line { shard: 17, seq: 204 };
        assert_eq!(line.to_string().parse(), Ok(line));
        for wrong in ["", "17", "17.", "a.b", "70000.1", "1.2.3"] {
            assert!(wrong.parse::<Line>().is_err(), "{wrong}");
        }
        assert!(Finding::ALL.into_iter().all(|finding| Finding::of(finding.as_str()) == Some(finding)));
    }
}
