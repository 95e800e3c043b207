//! One emergency access.

use kernel::{
    Timestamp,
    ids::{AccountId, BreakGlassId, PatientId},
};
use serde::{Deserialize, Serialize};

/// How long it lasts; the database refuses more (`break_glass_one_hour`).
pub(crate) const MINUTES: i64 = 60;
/// So many of a doctor may wait for their review; then there is no further one.
pub(crate) const UNREVIEWED: i64 = 2;
/// Words of reason: at least, at most.
pub(crate) const WORDS: std::ops::RangeInclusive<usize> = 10..=1000;

/// Why, as a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The patient is unconscious.
    Unconscious,
    /// The patient's life is in danger.
    DangerToLife,
    /// The patient cannot decide now.
    CannotDecide,
    /// The words say it.
    Other,
}

impl Reason {
    pub const ALL: [Self; 4] = [Self::Unconscious, Self::DangerToLife, Self::CannotDecide, Self::Other];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unconscious => "unconscious",
            Self::DangerToLife => "danger_to_life",
            Self::CannotDecide => "cannot_decide",
            Self::Other => "other",
        }
    }

    pub(crate) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == word)
    }
}

/// What the privacy officer found: about an emergency access, or a line that a patient questioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Justified,
    NotJustified,
    Unclear,
}

impl Outcome {
    pub const ALL: [Self; 3] = [Self::Justified, Self::NotJustified, Self::Unclear];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Justified => "justified",
            Self::NotJustified => "not_justified",
            Self::Unclear => "unclear",
        }
    }

    pub(crate) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == word)
    }
}

/// One emergency access, without its words.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct Access {
    pub id: BreakGlassId,
    pub patient: PatientId,
    pub patient_name: String,
    pub doctor: String,
    pub account: AccountId,
    pub reason: Reason,
    pub started_at: Timestamp,
    pub ends_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub outcome: Option<Outcome>,
    pub reviewed_at: Option<Timestamp>,
}

impl Access {
    /// Whether it opens the record at `now`.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.ended_at.is_none() && self.ends_at > now
    }

    /// Where it stands, as a Fluent key.
    pub(crate) fn state_key(&self, now: Timestamp) -> &'static str {
        match self.outcome {
            _ if self.is_open(now) => "chart-emergency-open",
            Some(Outcome::Justified) => "chart-outcome-justified",
            Some(Outcome::NotJustified) => "chart-outcome-not_justified",
            Some(Outcome::Unclear) => "chart-outcome-unclear",
            None => "chart-emergency-unreviewed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access(ended_at: Option<Timestamp>, outcome: Option<Outcome>) -> Access {
        let at = Timestamp::from_unix_seconds;
        Access {
            id: BreakGlassId::from_uuid(uuid::Uuid::nil()),
            patient: PatientId::from_uuid(uuid::Uuid::nil()),
            patient_name: String::new(),
            doctor: String::new(),
            account: AccountId::from_uuid(uuid::Uuid::nil()),
            reason: Reason::Other,
            started_at: at(0),
            ends_at: at(3600),
            ended_at,
            outcome,
            reviewed_at: None,
        }
    }

    #[test]
    fn it_ends_by_its_time_or_before_and_then_waits_for_its_review() {
        let at = Timestamp::from_unix_seconds;
        assert!(access(None, None).is_open(at(3599)));
        assert!(!access(None, None).is_open(at(3600)));
        assert!(!access(Some(at(60)), None).is_open(at(61)));
        assert_eq!(access(None, None).state_key(at(10)), "chart-emergency-open");
        assert_eq!(access(None, None).state_key(at(4000)), "chart-emergency-unreviewed");
        assert_eq!(access(None, Some(Outcome::NotJustified)).state_key(at(4000)), "chart-outcome-not_justified");
    }

    #[test]
    fn reasons_and_outcomes_are_read_as_they_are_written() {
        assert!(Reason::ALL.into_iter().all(|reason| Reason::of(reason.as_str()) == Some(reason)));
        assert!(Outcome::ALL.into_iter().all(|outcome| Outcome::of(outcome.as_str()) == Some(outcome)));
        assert_eq!((Reason::of("curious"), Outcome::of("fine")), (None, None));
    }
}
