//! The transcript, its states, and what one utterance is.

use kernel::{Timestamp, ids::TranscriptId};
use serde::{Deserialize, Serialize};

use crate::visits::Side;

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TranscriptStatus {
    /// The doctor would like it; the patient has not answered.
    Asked,
    Running,
    Paused,
    Ended,
}

impl TranscriptStatus {
    pub const ALL: [Self; 4] = [Self::Asked, Self::Running, Self::Paused, Self::Ended];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Ended => "ended",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// Where it may go from here.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Asked | Self::Paused => &[Self::Running, Self::Ended],
            Self::Running => &[Self::Paused, Self::Ended],
            Self::Ended => &[Self::Asked],
        }
    }
}

/// Why it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// The patient said no.
    Refused,
    /// The patient took the consent back.
    Withdrawn,
    /// The doctor needs it no longer.
    Stopped,
    VisitOver,
    /// The machine could not go on.
    Failed,
    /// The service outside takes no more at the moment.
    Throttled,
    /// The service outside is not reached, or does not take what it is sent.
    Unreachable,
}

impl EndReason {
    pub const ALL: [Self; 7] = [
        Self::Refused,
        Self::Withdrawn,
        Self::Stopped,
        Self::VisitOver,
        Self::Failed,
        Self::Throttled,
        Self::Unreachable,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Stopped => "stopped",
            Self::VisitOver => "visit_over",
            Self::Failed => "failed",
            Self::Throttled => "throttled",
            Self::Unreachable => "unreachable",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// The transcript of a visit, without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    pub id: TranscriptId,
    pub status: TranscriptStatus,
    /// Which side paused it.
    pub paused_by: Option<Side>,
    pub end_reason: Option<EndReason>,
    pub engine: String,
    /// What is listened for: `en`, `ar-AE`.
    pub language: String,
    /// Who outside is sent the sound, as both were told; nobody where an engine here listens.
    pub sound_to: Option<String>,
    /// Who outside may be sent the words for rewording, as the patient was told.
    pub recipient: Option<String>,
    /// Zero of the segments' times.
    pub started_at: Option<Timestamp>,
    pub keep_until: Timestamp,
    /// When it came to this state.
    pub changed_at: Timestamp,
}

/// What is sealed of an utterance.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Said {
    /// Empty when the machine was too busy to listen: then something is missing here.
    pub text: String,
    /// How sure the engine was of each word of the text, in percent.
    pub sure: Vec<u8>,
}

/// One utterance of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// From 1, in the order of being written down.
    pub number: i32,
    pub from: Side,
    /// Milliseconds since the transcript began.
    pub starts_ms: i32,
    pub ends_ms: i32,
    pub said: Said,
}

/// Words of which the engine was less sure than this are marked.
pub(crate) const UNSURE: u8 = 55;

impl Segment {
    /// Something was said here that was not heard.
    pub fn is_gap(&self) -> bool {
        self.said.text.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_down_before_a_yes() {
        assert!(!TranscriptStatus::Ended.next().contains(&TranscriptStatus::Running));
        let to_running: Vec<_> =
            TranscriptStatus::ALL.into_iter().filter(|from| from.next().contains(&TranscriptStatus::Running)).collect();
        assert_eq!(to_running, [TranscriptStatus::Asked, TranscriptStatus::Paused]);
    }

    #[test]
    fn every_state_can_end_and_every_code_is_read_back() {
        for status in TranscriptStatus::ALL {
            assert!(status == TranscriptStatus::Ended || status.next().contains(&TranscriptStatus::Ended));
            assert_eq!(TranscriptStatus::parse(status.code()), Some(status));
        }
        for reason in EndReason::ALL {
            assert_eq!(EndReason::parse(reason.code()), Some(reason));
        }
    }
}
