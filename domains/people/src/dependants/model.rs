use kernel::{LocalDate, ids::PatientId};
use serde::{Deserialize, Serialize};

/// What the one who acts is to the child.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    Parent,
    Guardian,
    Grandparent,
    Other,
}

impl Relation {
    pub const ALL: [Self; 4] = [Self::Parent, Self::Guardian, Self::Grandparent, Self::Other];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Parent => "parent",
            Self::Guardian => "guardian",
            Self::Grandparent => "grandparent",
            Self::Other => "other",
        }
    }

    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Parent => "people-relation-parent",
            Self::Guardian => "people-relation-guardian",
            Self::Grandparent => "people-relation-grandparent",
            Self::Other => "people-relation-other",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|relation| relation.code() == code)
    }
}

/// A child for whom somebody acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependant {
    pub patient: PatientId,
    pub full_name: String,
    pub birth_date: Option<LocalDate>,
    pub relation: Relation,
    /// From this day on nobody acts for them.
    pub ends_on: LocalDate,
}
