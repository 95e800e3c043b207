//! How long a prescription holds, how often it may be refilled, and what the law of a country lets a doctor prescribe at a
//! distance: data/lifecycle, versioned, each line with its source.

use std::sync::OnceLock;

use super::model::Item;
use crate::safety::classes_of;

const VALIDITY: &str = include_str!("../../data/lifecycle/validity.tsv");
const SCHEDULES: &str = include_str!("../../data/lifecycle/schedules.tsv");
const RESTRICTIONS: &str = include_str!("../../data/lifecycle/restrictions.tsv");

/// How long a prescription may be dispensed after its signature, unless its medicines say otherwise.
pub(crate) const VALID_DAYS: i64 = 30;
/// How many fills may follow the first, unless the medicine says otherwise.
pub(crate) const MOST_REFILLS: u8 = 11;
/// A further fill, and a request for one, once so much of the last one's days is gone.
const EARLIEST_PERCENT: i64 = 75;

/// What a country asks for before an item is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Demand {
    /// A code of the prescriber's authenticator app.
    SecondFactor,
    /// The patient was seen, by video or in person, or has had a prescription of this doctor before.
    Seen,
    /// There was a visit in person before.
    FollowUp,
    /// Not at a distance, in no way.
    Never,
}

impl Demand {
    /// The code, as in data and Fluent keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SecondFactor => "second_factor",
            Self::Seen => "seen",
            Self::FollowUp => "follow_up",
            Self::Never => "never",
        }
    }
}

/// A demand of a country on an ingredient.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Restriction {
    /// What is asked for.
    pub demand: Demand,
    /// Of which ingredient.
    pub ingredient: String,
    /// Where that is written.
    pub source: &'static str,
}

struct Validity {
    target: &'static str,
    days: i64,
    refills: u8,
}

struct Line {
    country: &'static str,
    target: &'static str,
    demand: Demand,
    source: &'static str,
}

struct Tables {
    validity: Vec<Validity>,
    schedules: Vec<(&'static str, &'static str)>,
    restrictions: Vec<Line>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| Tables {
        validity: lines(VALIDITY).filter_map(|cells| validity(&cells)).collect(),
        schedules: lines(SCHEDULES).filter_map(|cells| Some((*cells.first()?, *cells.get(1)?))).collect(),
        restrictions: lines(RESTRICTIONS).filter_map(|cells| restriction(&cells)).collect(),
    })
}

fn lines(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

fn validity(cells: &[&'static str]) -> Option<Validity> {
    let [target, days, refills, _source] = *cells else { return None };
    Some(Validity { target, days: days.parse().ok()?, refills: refills.parse().ok()? })
}

fn restriction(cells: &[&'static str]) -> Option<Line> {
    let [country, target, demand, source] = *cells else { return None };
    let all = [Demand::SecondFactor, Demand::Seen, Demand::FollowUp, Demand::Never];
    let demand = all.into_iter().find(|known| known.as_str() == demand)?;
    Some(Line { country, target, demand, source })
}

fn fits(target: &str, ingredient: &str) -> bool {
    if let Some(schedule) = target.strip_prefix("schedule:") {
        return tables().schedules.iter().any(|(name, of)| *name == ingredient && *of == schedule);
    }
    match target.strip_prefix('@') {
        Some(class) => classes_of(ingredient).contains(&class),
        None => target == ingredient,
    }
}

fn of_ingredients(ingredients: &[impl AsRef<str>]) -> Option<&'static Validity> {
    tables().validity.iter().find(|line| ingredients.iter().any(|ingredient| fits(line.target, ingredient.as_ref())))
}

/// For how many days after its signature a prescription of these items may be dispensed: the shortest of them.
pub(crate) fn valid_days(items: &[Item]) -> i64 {
    let of_item = |item: &Item| of_ingredients(&item.content.ingredients).map_or(VALID_DAYS, |line| line.days);
    items.iter().map(of_item).min().unwrap_or(VALID_DAYS)
}

/// How many fills may follow the first.
pub(crate) fn most_refills(ingredients: &[impl AsRef<str>]) -> u8 {
    of_ingredients(ingredients).map_or(MOST_REFILLS, |line| line.refills)
}

/// What this country asks for before these items are signed.
pub(crate) fn restrictions(country: &str, items: &[Item]) -> Vec<Restriction> {
    let mut found: Vec<Restriction> = Vec::new();
    for ingredient in items.iter().flat_map(|item| &item.content.ingredients) {
        let lines = tables().restrictions.iter();
        for line in
            lines.filter(|line| (line.country == "*" || line.country == country) && fits(line.target, ingredient))
        {
            let one = Restriction { demand: line.demand, ingredient: ingredient.clone(), source: line.source };
            if !found.contains(&one) {
                found.push(one);
            }
        }
    }
    found
}

/// Seconds after which so much of `days` of supply is gone that more may be had.
pub(crate) const fn early_after_seconds(days: u16) -> i64 {
    days as i64 * 86_400 * EARLIEST_PERCENT / 100
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read_and_names_what_is_there() {
        let read = [
            (VALIDITY, tables().validity.len()),
            (SCHEDULES, tables().schedules.len()),
            (RESTRICTIONS, tables().restrictions.len()),
        ];
        for (text, read) in read {
            assert!(text.starts_with("# version 20"));
            assert_eq!(text.lines().count() - 1, read);
        }
        let formulary: Vec<&str> =
            crate::formulary::all().iter().flat_map(|drug| drug.ingredients.iter().copied()).collect();
        let targets = tables()
            .validity
            .iter()
            .map(|line| line.target)
            .chain(tables().restrictions.iter().map(|line| line.target));
        for target in targets {
            assert!(formulary.iter().any(|ingredient| fits(target, ingredient)), "{target} fits nothing");
        }
    }

    #[test]
    fn validity_and_refills_follow_from_the_medicine() {
        assert_eq!(of_ingredients(&["cetirizine"]).map(|line| line.days), None);
        assert_eq!(of_ingredients(&["morphine"]).map(|line| line.days), Some(7));
        assert_eq!(of_ingredients(&["lisinopril"]).map(|line| line.days), Some(180));
        assert_eq!(most_refills(&["morphine"]), 0);
        assert_eq!(most_refills(&["cetirizine"]), MOST_REFILLS);
        assert_eq!(most_refills(&["acetaminophen", "codeine"]), 5);
    }

    #[test]
    fn a_refill_is_early_until_three_quarters_of_the_days_are_gone() {
        assert_eq!(early_after_seconds(28), 21 * 86_400);
        assert_eq!(early_after_seconds(1), 18 * 3600);
    }
}
