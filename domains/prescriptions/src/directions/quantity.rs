//! How much to dispense, per dosage form.
//!
//! Counted forms (tablets, capsules, patches, sachets, suppositories): doses × dose, rounded up. Liquids by mouth: the same in
//! ml. Inhalers and nasal sprays: as many containers as hold the puffs. Everything else that comes in a container (creams,
//! drops, pens): one for every four weeks.

use serde::Serialize;

use super::Directions;
use crate::formulary::{Drug, QuantityUnit};

/// What a container of cream or drops is good for once opened.
const CONTAINER_DAYS: u64 = 28;

/// A quantity to dispense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub(crate) struct Quantity {
    pub(crate) number: u32,
    pub(crate) unit: QuantityUnit,
}

/// The quantity that these directions need.
pub(crate) fn quantity(drug: &Drug, directions: &Directions) -> Quantity {
    let doses = directions.frequency.doses_in(directions.days);
    let thousandths = doses.saturating_mul(u64::from(directions.dose.thousandths()));
    let whole = thousandths.div_ceil(1000);
    let number = match drug.quantity_unit {
        QuantityUnit::Container => match drug.doses_per_container() {
            Some(held) => whole.div_ceil(held),
            None => u64::from(directions.days).div_ceil(CONTAINER_DAYS),
        },
        // A vial is opened for one dose.
        QuantityUnit::Vial => doses,
        QuantityUnit::Tablet
        | QuantityUnit::Capsule
        | QuantityUnit::Ml
        | QuantityUnit::Patch
        | QuantityUnit::Suppository
        | QuantityUnit::Sachet => whole,
    };
    Quantity { number: u32::try_from(number.clamp(1, 100_000)).unwrap_or(100_000), unit: drug.quantity_unit }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        directions::{Dose, Frequency},
        formulary,
    };

    fn needs(q: &str, dose: f64, frequency: Frequency, days: u16) -> (u32, &'static str) {
        let drug = formulary::search(q, 1)[0];
        let directions = Directions {
            dose: Dose::from_number(dose).expect("a dose"),
            unit: drug.dose_unit,
            route: drug.route,
            frequency,
            as_needed: None,
            days,
            instructions: String::new(),
        };
        let quantity = quantity(drug, &directions);
        (quantity.number, quantity.unit.as_str())
    }

    #[test]
    fn each_form_is_counted_in_its_own_way() {
        assert_eq!(needs("amoxicillin 500 capsule", 1.0, Frequency::Tid, 7), (21, "capsule"));
        assert_eq!(needs("prednisolone 5 tablet", 0.5, Frequency::Qd, 5), (3, "tablet"));
        assert_eq!(needs("amoxicillin 50 suspension", 7.5, Frequency::Bid, 10), (150, "ml"));
        assert_eq!(needs("albuterol inhaler 200", 2.0, Frequency::Qid, 30), (2, "container"));
        assert_eq!(needs("clotrimazole cream", 1.0, Frequency::Bid, 14), (1, "container"));
        assert_eq!(needs("hydrocortisone cream", 1.0, Frequency::Bid, 56), (2, "container"));
        assert_eq!(needs("fentanyl patch", 1.0, Frequency::Qod, 6), (3, "patch"));
    }
}
