//! The same ingredient twice, and two of a class of which one is enough (data/safety/duplicates.tsv).

use super::{
    Alert, Checked, Severity, Taken,
    classes::classes_of,
    data::{Duplicate, rules},
};

pub(super) fn among(items: &[Checked<'_>], taken: &[Taken]) -> Vec<Alert> {
    let mut alerts = Vec::new();
    for (index, item) in items.iter().enumerate() {
        for ingredient in &item.drug.ingredients {
            let twice = items[..index].iter().find(|before| before.drug.ingredients.contains(ingredient));
            if let Some(before) = twice {
                // A cream beside a tablet is no double dose.
                let one_way = before.directions.route == item.directions.route
                    || (before.directions.route.is_systemic() && item.directions.route.is_systemic());
                let severity = if one_way { Severity::Serious } else { Severity::Minor };
                alerts.push(same("duplicate", severity, item, ingredient, before.drug.name()));
            }
            let already = taken
                .iter()
                .find(|taken| taken.days_since == 0 && taken.ingredients.iter().any(|known| known == ingredient));
            if let Some(taken) = already {
                alerts.push(same("taken-already", Severity::Moderate, item, ingredient, taken.name.clone()));
            }
        }
        if item.directions.route.is_systemic() {
            alerts.extend(of_a_class(item, &items[..index], taken));
        }
    }
    alerts
}

fn same(rule: &str, severity: Severity, item: &Checked<'_>, ingredient: &str, because: String) -> Alert {
    Alert {
        id: format!("{rule}.{ingredient}.{}", item.position).replace(' ', "-"),
        rule: rule.to_owned(),
        severity,
        position: Some(item.position),
        ingredient: ingredient.to_owned(),
        because,
        source: rules().citation("leape").to_owned(),
        ..Alert::default()
    }
}

/// Another of the same class: the gravest for each other medicine.
fn of_a_class(item: &Checked<'_>, before: &[Checked<'_>], taken: &[Taken]) -> Vec<Alert> {
    let mut others: Vec<(Vec<&str>, String)> = before
        .iter()
        .filter(|other| other.directions.route.is_systemic())
        .map(|other| (other.drug.ingredients.clone(), other.drug.name()))
        .collect();
    others.extend(
        taken
            .iter()
            .filter(|taken| taken.systemic && taken.days_since == 0)
            .map(|taken| (taken.ingredients.iter().map(String::as_str).collect(), taken.name.clone())),
    );
    let found = others.into_iter().enumerate().filter_map(|(place, (theirs, name))| {
        let (rule, ingredient) = item
            .drug
            .ingredients
            .iter()
            .filter(|ours| !theirs.contains(ours))
            .flat_map(|ours| theirs.iter().filter_map(move |theirs| shared(ours, theirs).map(|rule| (rule, *ours))))
            .max_by_key(|(rule, _)| rule.tier)?;
        Some(Alert {
            id: format!("duplicate-class.{}.{}.{place}", rule.class, item.position),
            rule: "duplicate-class".to_owned(),
            severity: rule.tier,
            position: Some(item.position),
            ingredient: ingredient.to_owned(),
            because: name,
            source: rules().citation(rule.source).to_owned(),
            row: format!("duplicate.{}", rule.class),
            ..Alert::default()
        })
    });
    found.collect()
}

/// The gravest class of the table that holds both.
fn shared(ours: &str, theirs: &str) -> Option<&'static Duplicate> {
    let (ours, theirs) = (classes_of(ours), classes_of(theirs));
    rules()
        .duplicates
        .iter()
        .filter(|rule| ours.contains(&rule.class) && theirs.contains(&rule.class))
        .max_by_key(|rule| rule.tier)
}
