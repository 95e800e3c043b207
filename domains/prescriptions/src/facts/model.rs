//! What a prescriber writes down before prescribing.

use kernel::{FieldError, Timestamp};
use serde::{Deserialize, Serialize};

use crate::safety::{Answered, kidney::UMOL_PER_MG_DL};

/// How long an answer holds, in days: a creatinine a year, "pregnant" to the end of it, "not pregnant" a month, milk half a year,
/// medicines from elsewhere half a year.
const CREATININE_DAYS: i64 = 365;
const PREGNANT_DAYS: i64 = 300;
const NOT_PREGNANT_DAYS: i64 = 30;
const MILK_DAYS: i64 = 180;
const OTHER_MEDICINES_DAYS: i64 = 180;

/// Sealed in the row.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Facts {
    /// Serum creatinine, mg/dl.
    pub creatinine: Option<f64>,
    /// Whether pregnant.
    pub pregnant: Answered,
    /// Whether breast-feeding.
    pub breastfeeding: Answered,
    /// Medicines from elsewhere, in words; may be empty.
    pub other_medicines: String,
}

impl Facts {
    /// As much of it as still holds.
    #[must_use]
    pub fn at(mut self, recorded_at: Timestamp, now: Timestamp) -> Self {
        let older = |days| now >= recorded_at.plus_days(days);
        if older(CREATININE_DAYS) {
            self.creatinine = None;
        }
        let pregnant_days = if self.pregnant == Answered::Yes { PREGNANT_DAYS } else { NOT_PREGNANT_DAYS };
        if older(pregnant_days) {
            self.pregnant = Answered::NotAsked;
        }
        if older(MILK_DAYS) {
            self.breastfeeding = Answered::NotAsked;
        }
        if older(OTHER_MEDICINES_DAYS) {
            self.other_medicines.clear();
        }
        self
    }

    /// What two records of one person say, `self` being the newer: the newer creatinine, "yes" before "no" before nothing, and the
    /// medicines of both.
    #[must_use]
    pub fn and(self, older: Self) -> Self {
        let yes_before_no = |newer: Answered, older: Answered| match (newer, older) {
            (Answered::Yes, _) | (_, Answered::Yes) => Answered::Yes,
            (Answered::NotAsked, older) => older,
            (newer, _) => newer,
        };
        let both = [self.other_medicines, older.other_medicines];
        let both: Vec<String> = both.into_iter().filter(|words| !words.is_empty()).collect();
        Self {
            creatinine: self.creatinine.or(older.creatinine),
            pregnant: yes_before_no(self.pregnant, older.pregnant),
            breastfeeding: yes_before_no(self.breastfeeding, older.breastfeeding),
            other_medicines: both.join("; "),
        }
    }
}

/// The unit of a creatinine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CreatinineUnit {
    /// mg/dl
    #[default]
    MgDl,
    /// µmol/l
    UmolL,
}

/// Facts to write down. They take the place of those written down before.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NewFacts {
    /// Serum creatinine.
    pub creatinine: Option<f64>,
    /// `mg_dl` unless told.
    pub creatinine_unit: CreatinineUnit,
    /// Whether pregnant.
    pub pregnant: Answered,
    /// Whether breast-feeding.
    pub breastfeeding: Answered,
    /// Medicines from elsewhere, in words; at most 500 characters.
    pub other_medicines: String,
}

impl TryFrom<NewFacts> for Facts {
    type Error = Vec<FieldError>;

    fn try_from(new: NewFacts) -> Result<Self, Self::Error> {
        let mut errors = Vec::new();
        let creatinine = new.creatinine.map(|value| match new.creatinine_unit {
            CreatinineUnit::MgDl => value,
            CreatinineUnit::UmolL => value / UMOL_PER_MG_DL,
        });
        if creatinine.is_some_and(|value| !(0.1..=30.0).contains(&value)) {
            errors.push(FieldError::new("creatinine", "prescriptions-error-creatinine"));
        }
        let other_medicines = new.other_medicines.split_whitespace().collect::<Vec<_>>().join(" ");
        if other_medicines.chars().count() > 500 {
            errors.push(FieldError::new("other_medicines", "prescriptions-error-long").with("most", 500));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Self { creatinine, pregnant: new.pregnant, breastfeeding: new.breastfeeding, other_medicines })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_hold_for_their_time_only() {
        let facts = Facts {
            creatinine: Some(1.0),
            pregnant: Answered::No,
            breastfeeding: Answered::Yes,
            other_medicines: "aspirin".into(),
        };
        let then = Timestamp::from_unix_seconds(0);
        let at = |days| facts.clone().at(then, then.plus_days(days));
        assert_eq!(at(29), facts);
        assert_eq!(at(30).pregnant, Answered::NotAsked);
        assert_eq!((at(179).breastfeeding, at(180).breastfeeding), (Answered::Yes, Answered::NotAsked));
        assert_eq!((at(364).creatinine, at(365).creatinine), (Some(1.0), None));
        let pregnant = Facts { pregnant: Answered::Yes, ..facts.clone() };
        assert_eq!(pregnant.at(then, then.plus_days(200)).pregnant, Answered::Yes);
    }

    #[test]
    fn of_two_records_the_more_careful_answer_counts() {
        let newer = Facts { pregnant: Answered::No, other_medicines: "aspirin".into(), ..Facts::default() };
        let older = Facts {
            creatinine: Some(1.4),
            pregnant: Answered::Yes,
            breastfeeding: Answered::No,
            other_medicines: "warfarin".into(),
        };
        let both = newer.clone().and(older.clone());
        assert_eq!((both.creatinine, both.pregnant, both.breastfeeding), (Some(1.4), Answered::Yes, Answered::No));
        assert_eq!(both.other_medicines, "aspirin; warfarin");
        assert_eq!(Facts::default().and(older.clone()), older);
        assert_eq!(newer.clone().and(Facts::default()), newer);
    }

    #[test]
    fn a_creatinine_is_read_in_either_unit_and_refused_in_the_wrong_one() {
        let new = |creatinine, creatinine_unit| {
            Facts::try_from(NewFacts { creatinine: Some(creatinine), creatinine_unit, ..NewFacts::default() })
        };
        assert_eq!(new(88.42, CreatinineUnit::UmolL).expect("it is in range").creatinine, Some(1.0));
        assert!(new(88.42, CreatinineUnit::MgDl).is_err());
    }
}
