//! Most of an ingredient that an adult takes in a day.
//!
//! Paracetamol 4 g (British National Formulary; McNeil label 4 g under advice). Ibuprofen 2.4 g on prescription (BNF). Adults
//! only: doses of children go by weight and are the prescriber's.

use super::check::Checked;

/// Milligrams a day.
const LIMITS: &[(&str, u64)] = &[("acetaminophen", 4000), ("ibuprofen", 2400)];

pub(super) const SOURCE: &str = "British National Formulary, dose limits for adults";

/// Ingredients whose daily limit the items together exceed, with what they add up to, as "4500 mg of 4000 mg".
pub(super) fn over_limit(items: &[Checked<'_>]) -> Vec<(&'static str, String)> {
    LIMITS
        .iter()
        .filter_map(|(ingredient, limit)| {
            let sum: u64 = items.iter().map(|item| milligrams_a_day(item, ingredient)).sum();
            (sum > *limit).then(|| (*ingredient, format!("{sum} mg > {limit} mg")))
        })
        .collect()
}

fn milligrams_a_day(item: &Checked<'_>, ingredient: &str) -> u64 {
    let Some(place) = item.drug.ingredients.iter().position(|known| *known == ingredient) else { return 0 };
    let Some(strength) = item.drug.strengths.get(place) else { return 0 };
    let mut parts = strength.split([' ', '/']);
    let (Some(number), Some("mg")) = (parts.next().and_then(thousandths), parts.next()) else { return 0 };
    let doses = item.directions.frequency.doses_in(1);
    doses.saturating_mul(u64::from(item.directions.dose.thousandths())).saturating_mul(number) / 1_000_000
}

/// `21.7` as 21,700.
fn thousandths(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    Some(whole.parse::<u64>().ok()? * 1000 + part.parse::<u64>().ok()?)
}
