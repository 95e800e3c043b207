//! How urgent something is, in five levels as in the Manchester Triage System and ESI: 1 is at once, 5 can wait for an ordinary visit.

use serde::{Deserialize, Serialize};

/// 1 (at once) … 5 (an ordinary visit). Smaller is more urgent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(try_from = "i16", into = "i16")]
pub struct Acuity(i16);

/// A number that is no level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a level is 1 to 5")]
pub struct NoLevel;

impl TryFrom<i16> for Acuity {
    type Error = NoLevel;
    fn try_from(level: i16) -> Result<Self, NoLevel> {
        (1..=5).contains(&level).then_some(Self(level)).ok_or(NoLevel)
    }
}

impl From<Acuity> for i16 {
    fn from(acuity: Acuity) -> Self {
        acuity.0
    }
}

impl Acuity {
    pub const AT_ONCE: Self = Self(1);
    pub const WITHIN_MINUTES: Self = Self(2);
    /// The urgent queue: today, before ordinary visits, at nobody's expense.
    pub const URGENT: Self = Self(3);
    /// What an ordinary booking is.
    pub const ORDINARY: Self = Self(5);

    pub const fn level(self) -> i16 {
        self.0
    }

    /// May take what is not free: buffers, a place beside a booking, another's time.
    pub const fn overrides(self) -> bool {
        self.0 <= 2
    }

    /// Reaches the ladder at all; what is less urgent is booked like any visit.
    pub const fn is_urgent(self) -> bool {
        self.0 <= 3
    }

    /// By when a doctor should have answered. Of the Manchester Triage System's target times (0, 10, 60, 120, 240 minutes) the first
    /// cannot be kept at a distance: it is told to call the emergency number, and shares the second.
    pub const fn promise_minutes(self) -> i64 {
        match self.0 {
            1 | 2 => 10,
            3 => 60,
            4 => 120,
            _ => 240,
        }
    }

    /// The tone of its chip.
    pub const fn tone(self) -> &'static str {
        match self.0 {
            1 | 2 => "crit",
            3 => "warn",
            _ => "",
        }
    }
}

/// Who says how urgent it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Self-declared.
    Patient,
    SymptomEngine,
    Nurse,
    Doctor,
    /// A rule of the house that lowers what was self-declared.
    Rule,
}

impl Source {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::SymptomEngine => "symptom_engine",
            Self::Nurse => "nurse",
            Self::Doctor => "doctor",
            Self::Rule => "rule",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_two_most_urgent_levels_override() {
        let overriding: Vec<i16> =
            (1..=5).filter(|level| Acuity::try_from(*level).expect("a level").overrides()).collect();
        assert_eq!(overriding, [1, 2]);
        assert_eq!(Acuity::try_from(0), Err(NoLevel));
        assert_eq!(Acuity::try_from(6), Err(NoLevel));
        assert!(Acuity::AT_ONCE < Acuity::ORDINARY, "smaller is more urgent");
    }
}
