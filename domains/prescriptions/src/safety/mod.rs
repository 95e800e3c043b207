//! Safety checks: what must be said before a doctor signs, and again before a pharmacy dispenses.
//!
//! [`check`] is pure: drugs, the patient's allergies, what they take already and who they are go in, alerts come out, worst first.
//! An alert of tier `contraindicated` or `serious` stops the signature until the doctor gives a reason ([`Severity::is_hard`]);
//! `moderate` stands beside the item, `minor` is folded away, for an alert that always interrupts is soon read by nobody.
//!
//! | file | checks | table (data/safety) |
//! |---|---|---|
//! | `allergy` | recorded allergies, by ingredient and by class with cross-reactivity | allergies, said |
//! | `interactions` | medicines that harm together, also those stopped lately | interactions |
//! | `duplicates` | the same twice, two of a class | duplicates |
//! | `doses` | dose at a time and a day, by age and weight, and how far apart | doses |
//! | `person` | kidneys, age, pregnancy, breast-feeding | renal, ages, reproduction |
//!
//! The tables are data with a version, a source for each line, and a README; a clinical administrator may review and replace them.

mod allergy;
mod amount;
mod check;
mod classes;
mod data;
mod doses;
mod duplicates;
mod interactions;
pub mod kidney;
mod person;
#[cfg(test)]
mod tests;

pub(crate) use check::{Checked, Taken, check};
pub(crate) use classes::classes_of;
pub(crate) use data::version;
pub use person::{Answered, Person};

use serde::{Deserialize, Serialize};

/// How grave an alert is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; folded away.
    #[default]
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

impl std::str::FromStr for Severity {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Minor, Self::Moderate, Self::Serious, Self::Contraindicated]
            .into_iter()
            .find(|severity| severity.as_str() == text)
            .ok_or(())
    }
}

/// One alert.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
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
    // Prescriptions signed before these fields were there must hash as they did then: an empty one is left out.
    /// The line of the rules' tables, `interaction.onc-ssri-maoi`; empty where `rule` says it all.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub row: String,
    /// How the harm comes about, as Fluent key `prescriptions-mechanism-…`; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mechanism: String,
    /// What to do, as Fluent key `prescriptions-advice-…`; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub advice: String,
}

impl Alert {
    /// Under which name the rule is counted.
    pub(crate) fn counted_as(&self) -> &str {
        if self.row.is_empty() { &self.rule } else { &self.row }
    }
}

/// An alert about the prescription as a whole.
fn whole(rule: &str, severity: Severity, because: String) -> Alert {
    let id = if because.is_empty() { rule.to_owned() } else { format!("{rule}.{because}") };
    let source = data::rules().citation("who-safety").to_owned();
    Alert { id, rule: rule.to_owned(), severity, because, source, ..Alert::default() }
}
