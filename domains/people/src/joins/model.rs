use kernel::{
    LocalDate, Sex, Timestamp,
    ids::{AccountId, PatientId, RecordJoinId},
};
use serde::Serialize;

/// Whether somebody signs in with the account that is a record's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Account {
    None,
    Active,
    Disabled,
}

impl Account {
    pub(super) fn of(status: Option<&str>) -> Self {
        match status {
            None => Self::None,
            Some("active") => Self::Active,
            Some(_) => Self::Disabled,
        }
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }
}

/// What is known of whoever signs in for the retired record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// Nobody does: it has no account, or a disabled one.
    NoAccount,
    /// They stood at the desk with their papers, and are the survivor's owner as well.
    InPerson,
}

impl Identity {
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoAccount => "no_account",
            Self::InPerson => "in_person",
        }
    }

    pub(super) fn of(code: &str) -> Self {
        if code == "in_person" { Self::InPerson } else { Self::NoAccount }
    }
}

/// How a record stands to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Alone,
    /// It has taken another up.
    Survivor,
    /// It was taken up.
    Retired,
}

/// One of the two records, as administrators see it.
#[derive(Clone, Debug)]
pub struct Side {
    pub id: PatientId,
    pub record_no: String,
    pub full_name: String,
    pub birth_date: Option<LocalDate>,
    pub sex: Sex,
    pub phones: Vec<String>,
    pub email: Option<String>,
    pub country: Option<String>,
    pub since: Timestamp,
    pub account: Account,
    /// Accounts that act for the patient now.
    pub speakers: Vec<AccountId>,
    pub standing: Standing,
}

/// A join, standing or taken apart.
#[derive(Clone, Debug)]
pub struct Joined {
    pub id: RecordJoinId,
    pub survivor: PatientId,
    pub survivor_no: String,
    pub survivor_name: String,
    pub retired: PatientId,
    pub retired_no: String,
    pub retired_name: String,
    pub identity: Identity,
    pub by: String,
    pub at: Timestamp,
    pub ended_by: Option<String>,
    pub ended_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_they_are_written() {
        for identity in [Identity::NoAccount, Identity::InPerson] {
            assert_eq!(Identity::of(identity.code()), identity);
        }
        let statuses =
            [(None, Account::None), (Some("active"), Account::Active), (Some("disabled"), Account::Disabled)];
        for (status, account) in statuses {
            assert_eq!(Account::of(status), account);
        }
    }
}
