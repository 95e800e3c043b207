use std::{fmt, str::FromStr};

/// What a person is here. A person may hold several.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Patient,
    Doctor,
    Pharmacist,
    LabTechnician,
    Nurse,
    Administrator,
    SupportAgent,
}

/// The text names no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no role {0:?}")]
pub struct NoSuchRole(pub String);

impl Role {
    pub const ALL: [Self; 7] = [
        Self::Patient,
        Self::Doctor,
        Self::Pharmacist,
        Self::LabTechnician,
        Self::Nurse,
        Self::Administrator,
        Self::SupportAgent,
    ];

    /// As the database and the API write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Doctor => "doctor",
            Self::Pharmacist => "pharmacist",
            Self::LabTechnician => "lab_technician",
            Self::Nurse => "nurse",
            Self::Administrator => "administrator",
            Self::SupportAgent => "support_agent",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = NoSuchRole;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or_else(|| NoSuchRole(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_read_as_it_is_written() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
        assert_eq!("root".parse::<Role>(), Err(NoSuchRole("root".into())));
    }
}
