//! Amounts of an ingredient, in micrograms: of a dose, of a day.

use crate::{
    directions::Directions,
    formulary::{DoseUnit, Drug},
};

/// Micrograms of `ingredient` in one dose, where strength and unit of the dose tell.
pub(super) fn of_dose(drug: &Drug, directions: &Directions, ingredient: &str) -> Option<u64> {
    // One ingredient may stand in two shapes, at once and slowly released: they add up.
    let mut per_unit = None;
    for (_, strength) in drug.ingredients.iter().zip(&drug.strengths).filter(|(known, _)| **known == ingredient) {
        per_unit = Some(per_unit.unwrap_or(0) + in_unit(strength, directions.unit)?);
    }
    Some(per_unit?.saturating_mul(u64::from(directions.dose.thousandths())) / 1000)
}

/// Micrograms of `ingredient` on a day on which it is taken.
pub(super) fn of_day(drug: &Drug, directions: &Directions, ingredient: &str) -> Option<u64> {
    Some(of_dose(drug, directions, ingredient)?.saturating_mul(directions.frequency.doses_in(1)))
}

/// Micrograms in one tablet, millilitre or puff: `21.7 mg/ml` with a dose in ml. A strength that is not said per unit of the dose
/// (a percentage, units of insulin, a vial) tells nothing.
fn in_unit(strength: &str, unit: DoseUnit) -> Option<u64> {
    let (number, measure) = strength.split_once(' ')?;
    let (measure, per) = measure.split_once('/').map_or((measure, None), |(measure, per)| (measure, Some(per)));
    let fits = match unit {
        DoseUnit::Tablet | DoseUnit::Capsule | DoseUnit::Suppository | DoseUnit::Sachet => per.is_none(),
        DoseUnit::Ml => per == Some("ml"),
        DoseUnit::Puff => per == Some("puff"),
        DoseUnit::Spray
        | DoseUnit::Drop
        | DoseUnit::Application
        | DoseUnit::Patch
        | DoseUnit::Injection
        | DoseUnit::Syringe
        | DoseUnit::Units
        | DoseUnit::Device => false,
    };
    let number = thousandths(number).filter(|_| fits)?;
    match measure {
        "g" => Some(number.saturating_mul(1000)),
        "mg" => Some(number),
        "micrograms" => Some(number / 1000),
        _ => None,
    }
}

/// `21.7` as 21,700.
pub(super) fn thousandths(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    whole.parse::<u64>().ok()?.checked_mul(1000)?.checked_add(part.parse::<u64>().ok()?)
}

/// `4500 mg`, `0.25 mg`.
pub(super) fn milligrams(micrograms: u64) -> String {
    let (whole, part) = (micrograms / 1000, micrograms % 1000);
    if part == 0 {
        return format!("{whole} mg");
    }
    format!("{whole}.{}", format!("{part:03}").trim_end_matches('0')) + " mg"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strengths_are_read_per_unit_of_the_dose() {
        assert_eq!(in_unit("500 mg", DoseUnit::Tablet), Some(500_000));
        assert_eq!(in_unit("21.7 mg/ml", DoseUnit::Ml), Some(21_700));
        assert_eq!(in_unit("90 micrograms/puff", DoseUnit::Puff), Some(90));
        assert_eq!(in_unit("500 mg", DoseUnit::Ml), None);
        assert_eq!(in_unit("1 %", DoseUnit::Application), None);
        assert_eq!(in_unit("100 units/ml", DoseUnit::Ml), None);
    }

    #[test]
    fn amounts_print_without_needless_zeros() {
        assert_eq!([milligrams(4_500_000), milligrams(250), milligrams(12_500)], ["4500 mg", "0.25 mg", "12.5 mg"]);
    }
}
