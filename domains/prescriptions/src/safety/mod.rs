//! Safety checks: what must be said before a doctor signs.
//!
//! [`check`] is pure: drugs, the patient's allergies and what they take already go in, alerts come out, worst first. An alert of
//! tier `contraindicated` or `serious` stops the signature until the doctor gives a reason ([`Severity::is_hard`]); the others
//! are shown and stop nothing, for an alert that always interrupts is soon read by nobody.
//!
//! The rules and their sources stand in [`rules`]; the classes in [`classes`].

mod allergy;
mod check;
mod classes;
mod doses;
mod rules;

pub(crate) use check::{Checked, Taken, check};

use serde::{Deserialize, Serialize};

/// How grave an alert is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Minor,
    /// To be weighed; shown beside the item.
    Moderate,
    /// May harm: needs a reason.
    Serious,
    /// Must not be given: needs a reason.
    Contraindicated,
}

impl Severity {
    /// Whether the signature needs a reason for it.
    pub const fn is_hard(self) -> bool {
        matches!(self, Self::Serious | Self::Contraindicated)
    }

    /// The code, as in JSON and Fluent keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Minor => "minor",
            Self::Moderate => "moderate",
            Self::Serious => "serious",
            Self::Contraindicated => "contraindicated",
        }
    }
}

/// One alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Alert {
    /// Stays the same while the facts do; an override names it.
    pub id: String,
    /// The rule, as Fluent key `prescriptions-alert-…`.
    pub rule: String,
    /// How grave it is.
    pub severity: Severity,
    /// Position of the item, from 1; none for the prescription as a whole.
    pub position: Option<u16>,
    /// The ingredient it is about; may be empty.
    pub ingredient: String,
    /// The fact that speaks against it: the allergy as recorded, the other medicine; may be empty.
    pub because: String,
    /// Where the rule comes from.
    pub source: String,
}
