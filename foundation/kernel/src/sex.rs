use std::str::FromStr;

/// FHIR administrative gender at birth, for reference ranges and dose rules.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    Female,
    Male,
    Intersex,
    Unknown,
}

impl Sex {
    pub const ALL: [Self; 4] = [Self::Female, Self::Male, Self::Intersex, Self::Unknown];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
            Self::Intersex => "intersex",
            Self::Unknown => "unknown",
        }
    }
}

impl FromStr for Sex {
    type Err = ();
    fn from_str(code: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|sex| sex.code() == code).ok_or(())
    }
}
