use kernel::{
    LocalDate, Sex, Timestamp,
    ids::{DuplicateId, PatientId},
};
use serde::{Deserialize, Serialize};

/// What is compared of somebody. Names, days and numbers as they are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub full_name: String,
    pub birth_date: Option<LocalDate>,
    pub sex: Sex,
    /// E.164; of the record and of the account.
    pub phones: Vec<String>,
    pub email: Option<String>,
}

/// How much speaks for one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    Low,
    Medium,
    High,
}

impl Band {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    pub(super) fn read(code: &str) -> Self {
        match code {
            "high" => Self::High,
            "medium" => Self::Medium,
            _ => Self::Low,
        }
    }
}

/// What agrees, and what does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    NameSame,
    NameAlike,
    NamePartly,
    NameDiffers,
    /// Names in two scripts are not compared: nothing is transliterated.
    NameOtherScript,
    BirthSame,
    /// The same first of January, which stands for an unknown day in many registers.
    BirthFirstJanuary,
    /// One digit apart, or day and month exchanged.
    BirthNear,
    BirthDiffers,
    BirthMissing,
    SexSame,
    SexDiffers,
    PhoneSame,
    PhoneDiffers,
    EmailAlike,
    /// One family name and day of birth, two given names.
    PerhapsTwins,
    /// One name, a generation apart.
    PerhapsParentAndChild,
}

impl Reason {
    pub const ALL: [Self; 17] = [
        Self::NameSame,
        Self::NameAlike,
        Self::NamePartly,
        Self::NameDiffers,
        Self::NameOtherScript,
        Self::BirthSame,
        Self::BirthFirstJanuary,
        Self::BirthNear,
        Self::BirthDiffers,
        Self::BirthMissing,
        Self::SexSame,
        Self::SexDiffers,
        Self::PhoneSame,
        Self::PhoneDiffers,
        Self::EmailAlike,
        Self::PerhapsTwins,
        Self::PerhapsParentAndChild,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::NameSame => "name_same",
            Self::NameAlike => "name_alike",
            Self::NamePartly => "name_partly",
            Self::NameDiffers => "name_differs",
            Self::NameOtherScript => "name_other_script",
            Self::BirthSame => "birth_same",
            Self::BirthFirstJanuary => "birth_first_january",
            Self::BirthNear => "birth_near",
            Self::BirthDiffers => "birth_differs",
            Self::BirthMissing => "birth_missing",
            Self::SexSame => "sex_same",
            Self::SexDiffers => "sex_differs",
            Self::PhoneSame => "phone_same",
            Self::PhoneDiffers => "phone_differs",
            Self::EmailAlike => "email_alike",
            Self::PerhapsTwins => "perhaps_twins",
            Self::PerhapsParentAndChild => "perhaps_parent_and_child",
        }
    }

    /// Fluent key.
    pub fn label_key(self) -> String {
        format!("people-reason-{}", self.code())
    }

    /// Whether it speaks for one person.
    pub const fn is_for(self) -> bool {
        matches!(
            self,
            Self::NameSame
                | Self::NameAlike
                | Self::BirthSame
                | Self::BirthFirstJanuary
                | Self::BirthNear
                | Self::SexSame
                | Self::PhoneSame
                | Self::EmailAlike
        )
    }

    pub(super) fn read(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// What administrators say of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Nothing yet, or look again.
    Open,
    /// They are two people.
    Different,
}

impl Decision {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Different => "different",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Open, Self::Different].into_iter().find(|decision| decision.code() == code)
    }
}

/// One of the two records, as administrators see it.
#[derive(Clone, Debug)]
pub struct Side {
    pub id: PatientId,
    pub record_no: String,
    pub person: Person,
    pub country: Option<String>,
    pub since: Timestamp,
    pub has_account: bool,
}

/// Two records that may be one person's.
#[derive(Clone, Debug)]
pub struct Pair {
    pub id: DuplicateId,
    /// Tenths of a bit.
    pub score: i32,
    pub band: Band,
    pub reasons: Vec<Reason>,
    pub status: Decision,
    pub found_at: Timestamp,
    pub decided_at: Option<Timestamp>,
    pub sides: [Side; 2],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_read_as_it_is_written() {
        for reason in Reason::ALL {
            assert_eq!(Reason::read(reason.code()), Some(reason));
        }
        for band in [Band::Low, Band::Medium, Band::High] {
            assert_eq!(Band::read(band.code()), band);
        }
        for decision in [Decision::Open, Decision::Different] {
            assert_eq!(Decision::from_code(decision.code()), Some(decision));
        }
    }
}
