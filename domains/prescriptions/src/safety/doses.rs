//! Doses: at a time, on a day, by age and weight, and how far apart (data/safety/doses.tsv).
//!
//! From 18 years on the adult's limits hold, with lower ones from 65 years and below 50 kg where the table has them. Below 18 the
//! limit per kilogram holds, and never more than the adult's. Without a recorded weight only the adult's can be told; the alert
//! `weight-missing` says so.

use super::{
    Alert, Checked, Person, Severity,
    amount::{milligrams, of_day, of_dose},
    data::{DoseRule, rules},
    whole,
};
use crate::directions::Frequency;

const ADULT_MONTHS: u32 = 18 * 12;

pub(super) fn over_limit(items: &[Checked<'_>], person: &Person) -> Vec<Alert> {
    let mut alerts = Vec::new();
    let mut weight_missing = false;
    for rule in &rules().doses {
        let ours: Vec<&Checked<'_>> = items
            .iter()
            .filter(|item| item.directions.route.is_systemic() && item.drug.ingredients.contains(&rule.ingredient))
            .collect();
        if ours.is_empty() {
            continue;
        }
        let limits = Limits::of(rule, person);
        weight_missing |= limits.weight_missing;
        for item in &ours {
            alerts.extend(at_a_time(rule, &limits, item));
            alerts.extend(too_often(rule, item));
        }
        let day: u64 = ours
            .iter()
            .filter_map(|item| of_day(item.drug, item.directions, rule.ingredient))
            .fold(0, u64::saturating_add);
        if let Some(limit) = limits.daily.filter(|limit| day > *limit) {
            let because = format!("{} > {}", milligrams(day), milligrams(limit));
            alerts.push(alert("daily-limit", rule, limits.by_weight, None, because));
        }
    }
    if weight_missing {
        alerts.push(whole("weight-missing", Severity::Moderate, String::new()));
    }
    alerts
}

struct Limits {
    single: Option<u64>,
    daily: Option<u64>,
    by_weight: bool,
    weight_missing: bool,
}

impl Limits {
    fn of(rule: &DoseRule, person: &Person) -> Self {
        let child = person.age_months.is_some_and(|months| months < ADULT_MONTHS);
        let old = person.age_months.is_some_and(|months| months >= 65 * 12);
        let light = person.weight_grams.is_some_and(|grams| grams < 50_000);
        let mut daily = rule.daily;
        if old {
            daily = least(daily, rule.daily_from_65);
        }
        if light && !child {
            daily = least(daily, rule.daily_under_50_kg);
        }
        let adult = Self { single: rule.single, daily, by_weight: false, weight_missing: false };
        if !child || (rule.child_single_per_kg.is_none() && rule.child_daily_per_kg.is_none()) {
            return adult;
        }
        let Some(grams) = person.weight_grams else { return Self { weight_missing: true, ..adult } };
        let per_kg = |micrograms: u64| micrograms.saturating_mul(u64::from(grams)) / 1000;
        Self {
            single: least(rule.single, rule.child_single_per_kg.map(per_kg)),
            daily: least(rule.daily, rule.child_daily_per_kg.map(per_kg)),
            by_weight: true,
            weight_missing: false,
        }
    }
}

fn least(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    [one, other].into_iter().flatten().min()
}

fn at_a_time(rule: &DoseRule, limits: &Limits, item: &Checked<'_>) -> Option<Alert> {
    let dose = of_dose(item.drug, item.directions, rule.ingredient)?;
    let limit = limits.single.filter(|limit| dose > *limit)?;
    let because = format!("{} > {}", milligrams(dose), milligrams(limit));
    Some(alert("single-limit", rule, limits.by_weight, Some(item.position), because))
}

/// Methotrexate by the day instead of by the week has killed.
fn too_often(rule: &DoseRule, item: &Checked<'_>) -> Option<Alert> {
    let (days, from) = rule.interval?;
    let dose = of_dose(item.drug, item.directions, rule.ingredient)?;
    let rarely = match item.directions.frequency {
        Frequency::Qw | Frequency::Stat => true,
        Frequency::Qd
        | Frequency::Qam
        | Frequency::Qhs
        | Frequency::Bid
        | Frequency::Tid
        | Frequency::Qid
        | Frequency::Q4h
        | Frequency::Q6h
        | Frequency::Q8h
        | Frequency::Q12h
        | Frequency::Qod => item.directions.days <= 1,
    };
    (dose >= from && !rarely).then(|| alert("too-often", rule, false, Some(item.position), days.to_string()))
}

fn alert(name: &str, rule: &DoseRule, by_weight: bool, position: Option<u16>, because: String) -> Alert {
    let place = position.map_or_else(String::new, |position| format!(".{position}"));
    Alert {
        id: format!("{name}.{}{place}", rule.ingredient).replace(' ', "-"),
        rule: if by_weight { format!("{name}-child") } else { name.to_owned() },
        severity: rule.tier,
        position,
        ingredient: rule.ingredient.to_owned(),
        because,
        source: rules().citation(rule.source).to_owned(),
        row: format!("{name}.{}", rule.ingredient),
        ..Alert::default()
    }
}
