//! What an allergy of the record says about a medicine: by ingredient, and by class with cross-reactivity
//! (data/safety/allergies.tsv).

use chart::allergies::{Allergies, Allergy, Category};

use super::{
    Alert, Checked, Severity,
    classes::{classes_meant, classes_of, members_meant},
    data::rules,
    whole,
};
use crate::formulary::{ingredients_meant, padded};

/// What is known to cause the reaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    Ingredient(&'static str),
    Class(&'static str),
}

/// What the allergies say about each item; and those that name no medicine we know, for somebody to look at by eye.
pub(super) fn against(items: &[Checked<'_>], allergies: &Allergies) -> Vec<Alert> {
    let mut alerts = Vec::new();
    for allergy in &allergies.items {
        let causes = causes(allergy);
        if allergy.content.category == Category::Medicine && causes.is_empty() && !items.is_empty() {
            let mut alert = whole("allergy-unclear", Severity::Moderate, allergy.content.substance.clone());
            alert.id = format!("allergy-unclear.{}", allergy.id);
            alerts.push(alert);
        }
        for item in items {
            for ingredient in &item.drug.ingredients {
                let worst = causes
                    .iter()
                    .filter_map(|cause| verdict(*cause, ingredient))
                    .max_by_key(|(_, severity, _)| *severity);
                if let Some((rule, severity, source)) = worst {
                    alerts.push(Alert {
                        id: format!("allergy-{rule}.{ingredient}.{}", allergy.id).replace(' ', "-"),
                        rule: format!("allergy-{rule}"),
                        severity,
                        position: Some(item.position),
                        ingredient: (*ingredient).to_owned(),
                        because: allergy.content.substance.clone(),
                        source: rules().citation(source).to_owned(),
                        ..Alert::default()
                    });
                }
            }
        }
    }
    alerts
}

/// The causes that the words of this allergy name; empty when they name no medicine we know.
fn causes(allergy: &Allergy) -> Vec<Cause> {
    let substance = &allergy.content.substance;
    let text = padded(substance);
    let mut causes: Vec<Cause> = ingredients_meant(substance).into_iter().map(Cause::Ingredient).collect();
    for member in members_meant(&text) {
        if !causes.contains(&Cause::Ingredient(member)) {
            causes.push(Cause::Ingredient(member));
        }
    }
    causes.extend(classes_meant(&text).into_iter().map(Cause::Class));
    causes
}

/// A verdict: the rule's key, how grave, and the code of its source.
type Verdict = (&'static str, Severity, &'static str);

/// What an allergy to `cause` says about `given`; the gravest verdict when several rules speak.
fn verdict(cause: Cause, given: &str) -> Option<Verdict> {
    if let Cause::Ingredient(ingredient) = cause
        && ingredient == given
    {
        return Some(("same", Severity::Contraindicated, "practice-parameter"));
    }
    let causes = match cause {
        Cause::Ingredient(ingredient) => classes_of(ingredient),
        Cause::Class(class) => vec![class],
    };
    let given = classes_of(given);
    // An opioid of another structure is told apart from one of the same: the gravest rule is the nearest.
    rules()
        .allergies
        .iter()
        .filter(|rule| causes.contains(&rule.cause) && given.contains(&rule.given))
        .map(|rule| (rule.rule, rule.tier, rule.source))
        .max_by_key(|(_, tier, _)| *tier)
}

#[cfg(test)]
pub(super) fn says(cause: &'static str, given: &str) -> Option<Severity> {
    verdict(Cause::Ingredient(cause), given).map(|(_, severity, _)| severity)
}

#[cfg(test)]
pub(super) fn class_says(cause: &'static str, given: &str) -> Option<Severity> {
    verdict(Cause::Class(cause), given).map(|(_, severity, _)| severity)
}
