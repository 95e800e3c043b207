//! Reads the tables of rules (data/safety, versioned; their README says where each comes from).

use std::{collections::HashMap, sync::OnceLock};

use super::{Severity, amount::thousandths};

const CLASSES: &str = include_str!("../../data/safety/classes.tsv");
const SAID: &str = include_str!("../../data/safety/said.tsv");
const SOURCES: &str = include_str!("../../data/safety/sources.tsv");
const ALLERGIES: &str = include_str!("../../data/safety/allergies.tsv");
const INTERACTIONS: &str = include_str!("../../data/safety/interactions.tsv");
const DUPLICATES: &str = include_str!("../../data/safety/duplicates.tsv");
const DOSES: &str = include_str!("../../data/safety/doses.tsv");
const RENAL: &str = include_str!("../../data/safety/renal.tsv");
const AGES: &str = include_str!("../../data/safety/ages.tsv");
const REPRODUCTION: &str = include_str!("../../data/safety/reproduction.tsv");

/// All tables with their names, for the tests that read them as text.
#[cfg(test)]
pub(super) const TABLES: &[(&str, &str)] = &[
    ("classes", CLASSES),
    ("said", SAID),
    ("sources", SOURCES),
    ("allergies", ALLERGIES),
    ("interactions", INTERACTIONS),
    ("duplicates", DUPLICATES),
    ("doses", DOSES),
    ("renal", RENAL),
    ("ages", AGES),
    ("reproduction", REPRODUCTION),
];

/// An ingredient, or a class of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Ingredient(&'static str),
    Class(&'static str),
}

/// Whether a rule holds for what reaches the whole body only, or for creams, drops and inhalers, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    Systemic,
    Any,
}

pub(super) struct Class {
    pub(super) name: &'static str,
    /// How many days its effect outlasts the last dose.
    pub(super) washout: u32,
    pub(super) members: Vec<&'static str>,
}

pub(super) struct AllergyRule {
    pub(super) cause: &'static str,
    pub(super) given: &'static str,
    pub(super) tier: Severity,
    /// Fluent key `prescriptions-alert-allergy-…`.
    pub(super) rule: &'static str,
    pub(super) source: &'static str,
}

pub(super) struct Interaction {
    pub(super) id: &'static str,
    pub(super) left: Target,
    pub(super) right: Target,
    pub(super) tier: Severity,
    pub(super) mechanism: &'static str,
    pub(super) management: &'static str,
    pub(super) reach: Reach,
    pub(super) source: &'static str,
}

pub(super) struct Duplicate {
    pub(super) class: &'static str,
    pub(super) tier: Severity,
    pub(super) source: &'static str,
}

/// Limits of an ingredient, in micrograms.
pub(super) struct DoseRule {
    pub(super) ingredient: &'static str,
    pub(super) single: Option<u64>,
    pub(super) daily: Option<u64>,
    pub(super) daily_from_65: Option<u64>,
    pub(super) daily_under_50_kg: Option<u64>,
    pub(super) child_single_per_kg: Option<u64>,
    pub(super) child_daily_per_kg: Option<u64>,
    /// Least days between doses, from this many micrograms a dose.
    pub(super) interval: Option<(u64, u64)>,
    pub(super) tier: Severity,
    pub(super) source: &'static str,
}

pub(super) struct RenalRule {
    pub(super) target: Target,
    pub(super) below: u32,
    pub(super) more_than: Option<u64>,
    pub(super) tier: Severity,
    pub(super) advice: &'static str,
    pub(super) source: &'static str,
}

/// Younger than so many months, or from so many years on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ages {
    Below { months: u32 },
    From { years: u32 },
}

pub(super) struct AgeRule {
    pub(super) target: Target,
    pub(super) ages: Ages,
    pub(super) tier: Severity,
    pub(super) advice: &'static str,
    pub(super) source: &'static str,
}

/// What a rule of reproduction is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bearing {
    Pregnant,
    Breastfeeding,
    /// Of an age to be pregnant, and not asked.
    Possible,
}

pub(super) struct ReproductionRule {
    pub(super) target: Target,
    pub(super) bearing: Bearing,
    pub(super) tier: Severity,
    pub(super) advice: &'static str,
    pub(super) reach: Reach,
    pub(super) source: &'static str,
}

/// All rules, read once.
pub(super) struct Rules {
    pub(super) classes: Vec<Class>,
    pub(super) said: Vec<(&'static str, &'static str)>,
    pub(super) allergies: Vec<AllergyRule>,
    pub(super) interactions: Vec<Interaction>,
    pub(super) duplicates: Vec<Duplicate>,
    pub(super) doses: Vec<DoseRule>,
    pub(super) renal: Vec<RenalRule>,
    pub(super) ages: Vec<AgeRule>,
    pub(super) reproduction: Vec<ReproductionRule>,
    sources: HashMap<&'static str, &'static str>,
}

impl Rules {
    /// The citation behind a source's code.
    pub(super) fn citation(&self, code: &'static str) -> &'static str {
        self.sources.get(code).copied().unwrap_or(code)
    }
}

/// The version of the tables: the newest of their dates.
pub(crate) fn version() -> &'static str {
    const TEXTS: [&str; 8] = [CLASSES, ALLERGIES, INTERACTIONS, DUPLICATES, DOSES, RENAL, AGES, REPRODUCTION];
    let dates = TEXTS.iter().filter_map(|text| text.strip_prefix("# version ")?.get(..10));
    dates.max().unwrap_or("")
}

pub(super) fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(read)
}

fn read() -> Rules {
    Rules {
        classes: lines(CLASSES).filter_map(|cells| class(&cells)).collect(),
        said: lines(SAID).filter_map(|cells| Some((*cells.first()?, *cells.get(1)?))).collect(),
        allergies: lines(ALLERGIES).filter_map(|cells| allergy(&cells)).collect(),
        interactions: lines(INTERACTIONS).filter_map(|cells| interaction(&cells)).collect(),
        duplicates: lines(DUPLICATES).filter_map(|cells| duplicate(&cells)).collect(),
        doses: lines(DOSES).filter_map(|cells| dose(&cells)).collect(),
        renal: lines(RENAL).filter_map(|cells| renal(&cells)).collect(),
        ages: lines(AGES).filter_map(|cells| age(&cells)).collect(),
        reproduction: lines(REPRODUCTION).filter_map(|cells| reproduction(&cells)).collect(),
        sources: lines(SOURCES).filter_map(|cells| Some((*cells.first()?, *cells.get(1)?))).collect(),
    }
}

// A line that is not whole is left out here, and noticed by `every_line_of_every_table_is_read`.
fn lines(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

fn target(text: &'static str) -> Target {
    text.strip_prefix('@').map_or(Target::Ingredient(text), Target::Class)
}

fn reach(text: &str) -> Option<Reach> {
    match text {
        "systemic" => Some(Reach::Systemic),
        "any" => Some(Reach::Any),
        _ => None,
    }
}

fn class(cells: &[&'static str]) -> Option<Class> {
    let [name, washout, members] = *cells else { return None };
    let washout = if washout.is_empty() { 0 } else { washout.parse().ok()? };
    Some(Class { name, washout, members: members.split('|').collect() })
}

fn allergy(cells: &[&'static str]) -> Option<AllergyRule> {
    let [cause, given, tier, rule, source] = *cells else { return None };
    Some(AllergyRule { cause, given, tier: tier.parse().ok()?, rule, source })
}

fn interaction(cells: &[&'static str]) -> Option<Interaction> {
    let [id, left, right, tier, mechanism, management, reaches, source] = *cells else { return None };
    Some(Interaction {
        id,
        left: target(left),
        right: target(right),
        tier: tier.parse().ok()?,
        mechanism,
        management,
        reach: reach(reaches)?,
        source,
    })
}

fn duplicate(cells: &[&'static str]) -> Option<Duplicate> {
    let [class, tier, source] = *cells else { return None };
    Some(Duplicate { class, tier: tier.parse().ok()?, source })
}

/// Milligrams as written, in micrograms; nothing where nothing is written.
fn micrograms(text: &str) -> Result<Option<u64>, ()> {
    if text.is_empty() { Ok(None) } else { thousandths(text).map(Some).ok_or(()) }
}

fn dose(cells: &[&'static str]) -> Option<DoseRule> {
    let [ingredient, single, daily, from_65, under_50, per_kg, daily_per_kg, days, from_mg, tier, source] = *cells
    else {
        return None;
    };
    let interval = match (days, micrograms(from_mg).ok()?) {
        ("", None) => None,
        (days, Some(from)) => Some((days.parse().ok()?, from)),
        (_, None) => return None,
    };
    Some(DoseRule {
        ingredient,
        single: micrograms(single).ok()?,
        daily: micrograms(daily).ok()?,
        daily_from_65: micrograms(from_65).ok()?,
        daily_under_50_kg: micrograms(under_50).ok()?,
        child_single_per_kg: micrograms(per_kg).ok()?,
        child_daily_per_kg: micrograms(daily_per_kg).ok()?,
        interval,
        tier: tier.parse().ok()?,
        source,
    })
}

fn renal(cells: &[&'static str]) -> Option<RenalRule> {
    let [name, below, more_than, tier, advice, source] = *cells else { return None };
    Some(RenalRule {
        target: target(name),
        below: below.parse().ok()?,
        more_than: micrograms(more_than).ok()?,
        tier: tier.parse().ok()?,
        advice,
        source,
    })
}

fn age(cells: &[&'static str]) -> Option<AgeRule> {
    let [name, months, years, tier, advice, source] = *cells else { return None };
    let ages = match (months, years) {
        (months, "") => Ages::Below { months: months.parse().ok()? },
        ("", years) => Ages::From { years: years.parse().ok()? },
        _ => return None,
    };
    Some(AgeRule { target: target(name), ages, tier: tier.parse().ok()?, advice, source })
}

fn reproduction(cells: &[&'static str]) -> Option<ReproductionRule> {
    let [name, bearing, tier, advice, reaches, source] = *cells else { return None };
    let bearing = match bearing {
        "pregnant" => Bearing::Pregnant,
        "breastfeeding" => Bearing::Breastfeeding,
        "possible" => Bearing::Possible,
        _ => return None,
    };
    let reach = reach(reaches)?;
    Some(ReproductionRule { target: target(name), bearing, tier: tier.parse().ok()?, advice, reach, source })
}
