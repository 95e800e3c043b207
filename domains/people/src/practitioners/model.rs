use std::str::FromStr;

use kernel::{
    LocalDate, Zone,
    ids::{AccountId, PractitionerId},
};

/// A practitioner as themselves and the administrator see them.
#[derive(Clone, Debug)]
pub struct Practitioner {
    pub id: PractitionerId,
    pub account: AccountId,
    pub slug: String,
    pub full_name: String,
    pub gender: Gender,
    pub qualification: String,
    pub registration_no: String,
    pub registration_body: String,
    pub practising_since: Option<i32>,
    pub biography: String,
    /// BCP 47 primary tags: `bn`, `en`, `ar`.
    pub languages: Vec<String>,
    pub specialties: Vec<String>,
    /// ISO 3166 alpha-2, or empty.
    pub country: String,
    pub city: String,
    pub zone: Zone,
    pub status: Status,
    pub licence_checked_on: Option<LocalDate>,
    pub identity_checked_on: Option<LocalDate>,
    pub suspended_why: Option<String>,
    pub version: i32,
}

impl Practitioner {
    /// What is still missing before the profile can be sent for checking: Fluent keys.
    pub fn missing(&self) -> Vec<&'static str> {
        let wanted: [(bool, &'static str); 7] = [
            (self.qualification.is_empty(), "people-doctor-missing-qualification"),
            (self.registration_no.is_empty(), "people-doctor-missing-registration"),
            (self.registration_body.is_empty(), "people-doctor-missing-body"),
            (self.languages.is_empty(), "people-doctor-missing-languages"),
            (self.specialties.is_empty(), "people-doctor-missing-specialties"),
            (self.country.is_empty(), "people-doctor-missing-country"),
            (self.biography.is_empty(), "people-doctor-missing-biography"),
        ];
        wanted.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, key)| key).collect()
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Draft,
    Submitted,
    Published,
    Suspended,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not a state of a practitioner")]
pub struct UnknownStatus;

impl Status {
    pub const ALL: [Self; 4] = [Self::Draft, Self::Submitted, Self::Published, Self::Suspended];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Published => "published",
            Self::Suspended => "suspended",
        }
    }

    /// The Fluent key of its name.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Draft => "people-doctor-status-draft",
            Self::Submitted => "people-doctor-status-submitted",
            Self::Published => "people-doctor-status-published",
            Self::Suspended => "people-doctor-status-suspended",
        }
    }

    /// The colour of its badge.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Draft => "",
            Self::Submitted => "info",
            Self::Published => "ok",
            Self::Suspended => "crit",
        }
    }

    pub const fn submit(self) -> Option<Self> {
        match self {
            Self::Draft => Some(Self::Submitted),
            Self::Submitted | Self::Published | Self::Suspended => None,
        }
    }

    pub const fn publish(self) -> Option<Self> {
        match self {
            Self::Draft | Self::Submitted => Some(Self::Published),
            Self::Published | Self::Suspended => None,
        }
    }

    pub const fn suspend(self) -> Option<Self> {
        match self {
            Self::Draft | Self::Submitted | Self::Published => Some(Self::Suspended),
            Self::Suspended => None,
        }
    }

    pub const fn reinstate(self) -> Option<Self> {
        match self {
            Self::Suspended => Some(Self::Published),
            Self::Draft | Self::Submitted | Self::Published => None,
        }
    }
}

impl FromStr for Status {
    type Err = UnknownStatus;
    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or(UnknownStatus)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Gender {
    Female,
    Male,
    Other,
    Undisclosed,
}

impl Gender {
    pub const ALL: [Self; 4] = [Self::Female, Self::Male, Self::Other, Self::Undisclosed];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
            Self::Other => "other",
            Self::Undisclosed => "undisclosed",
        }
    }
}

impl FromStr for Gender {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|gender| gender.as_str() == text).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_and_verb() {
        let table: Vec<String> = Status::ALL
            .into_iter()
            .map(|from| {
                let to = |next: Option<Status>| next.map_or("-", Status::as_str);
                format!(
                    "{}: submit {}, publish {}, suspend {}, reinstate {}",
                    from.as_str(),
                    to(from.submit()),
                    to(from.publish()),
                    to(from.suspend()),
                    to(from.reinstate())
                )
            })
            .collect();
        assert_eq!(
            table,
            [
                "draft: submit submitted, publish published, suspend suspended, reinstate -",
                "submitted: submit -, publish published, suspend suspended, reinstate -",
                "published: submit -, publish -, suspend suspended, reinstate -",
                "suspended: submit -, publish -, suspend -, reinstate published",
            ]
        );
    }
}
