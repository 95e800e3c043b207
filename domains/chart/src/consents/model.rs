//! A decision about one doctor.

use kernel::{
    FieldError, Timestamp,
    ids::{ConsentId, PractitionerId},
};
use serde::{Deserialize, Serialize};

/// The words that are agreed to (`chart-sharing-wording`). Whoever changes what they mean counts up.
pub(crate) const WORDING: i16 = 1;

/// The longest time that is offered; without a number it lasts until it is taken back.
const LONGEST_DAYS: i64 = 3 * 365;

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    Given,
    Revoked,
}

impl Decision {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Revoked => "revoked",
        }
    }

    pub(crate) fn of(word: &str) -> Self {
        if word == "given" { Self::Given } else { Self::Revoked }
    }
}

/// How much is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// What is not hidden.
    #[default]
    Record,
    /// Also what is hidden.
    Everything,
}

impl Scope {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Everything => "everything",
        }
    }

    pub(crate) fn of(word: &str) -> Self {
        if word == "everything" { Self::Everything } else { Self::Record }
    }
}

/// One version.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct Consent {
    pub id: ConsentId,
    pub doctor_id: PractitionerId,
    pub doctor: String,
    /// 1, 2, …: of this patient about this doctor.
    pub version: i32,
    pub decision: Decision,
    pub scope: Scope,
    /// Which wording was agreed to.
    pub wording: i16,
    pub decided_at: Timestamp,
    pub ends_at: Option<Timestamp>,
    /// Whether it is the latest about this doctor, and not over.
    pub stands: bool,
}

/// Let a doctor see the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GiveConsent {
    pub doctor: PractitionerId,
    pub scope: Scope,
    /// From now on; `None` until it is taken back.
    pub days: Option<i64>,
}

impl GiveConsent {
    /// Between a day and three years.
    pub(crate) fn check(self) -> Result<Self, Vec<FieldError>> {
        match self.days {
            Some(days) if !(1..=LONGEST_DAYS).contains(&days) => {
                Err(vec![FieldError::new("days", "chart-error-sharing-days")])
            }
            _ => Ok(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_consent_lasts_a_day_to_three_years_or_until_it_is_taken_back() {
        let of =
            |days| GiveConsent { doctor: PractitionerId::from_uuid(uuid::Uuid::nil()), scope: Scope::Record, days };
        for right in [None, Some(1), Some(30), Some(1095)] {
            assert!(of(right).check().is_ok(), "{right:?}");
        }
        for wrong in [Some(0), Some(-1), Some(1096), Some(i64::MAX)] {
            assert!(of(wrong).check().is_err(), "{wrong:?}");
        }
    }
}
