//! How a medicine is to be taken: dose, route, how often, how long; as data, as a sentence, and as a quantity to dispense.

mod frequency;
mod quantity;
mod sentence;

pub use frequency::Frequency;
pub(crate) use quantity::{Quantity, quantity};
pub(crate) use sentence::sentence;

use serde::{Deserialize, Serialize};

use crate::formulary::{DoseUnit, Route};

/// A dose in thousandths of its unit, so that halves and quarters are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Dose(u32);

impl Dose {
    /// From a number such as 0.5; `None` outside 0.001 to 10,000.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked before")]
    pub fn from_number(number: f64) -> Option<Self> {
        (number.is_finite() && (0.001..=10_000.0).contains(&number)).then(|| Self((number * 1000.0).round() as u32))
    }

    /// In thousandths.
    pub const fn thousandths(self) -> u32 {
        self.0
    }

    /// As a number.
    pub fn number(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}

impl std::fmt::Display for Dose {
    /// Without needless zeros: `1`, `0.5`, `2.25`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.number())
    }
}

/// How to take one medicine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directions {
    /// How much at a time.
    pub dose: Dose,
    /// In what it is counted.
    pub unit: DoseUnit,
    /// Where it enters the body.
    pub route: Route,
    /// How often; with `as_needed`, at most how often.
    pub frequency: Frequency,
    /// Only when needed, and for what.
    pub as_needed: Option<String>,
    /// For how many days.
    pub days: u16,
    /// More words of the prescriber; may be empty.
    pub instructions: String,
}
