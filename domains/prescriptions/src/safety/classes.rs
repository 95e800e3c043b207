//! Which ingredients belong together, as far as the rules need it (data/safety/classes.tsv).

use super::data::{Target, rules};

/// Classes of an ingredient.
pub(crate) fn classes_of(ingredient: &str) -> Vec<&'static str> {
    rules().classes.iter().filter(|class| class.members.contains(&ingredient)).map(|class| class.name).collect()
}

/// Whether the ingredient is the target, or of its class.
pub(super) fn meets(target: Target, ingredient: &str) -> bool {
    match target {
        Target::Ingredient(name) => name == ingredient,
        Target::Class(name) => {
            rules().classes.iter().any(|class| class.name == name && class.members.contains(&ingredient))
        }
    }
}

/// How many days the effect of the target outlasts the last dose.
pub(super) fn washout(target: Target) -> u32 {
    match target {
        Target::Ingredient(_) => 0,
        Target::Class(name) => rules().classes.iter().find(|class| class.name == name).map_or(0, |class| class.washout),
    }
}

/// Ingredients of the rules' tables that a text names though the formulary does not hold them (captopril, cefdinir).
pub(super) fn members_meant(text: &str) -> Vec<&'static str> {
    let mut meant = Vec::new();
    for member in rules().classes.iter().flat_map(|class| class.members.iter().copied()) {
        if !meant.contains(&member) && text.contains(&format!(" {member} ")) {
            meant.push(member);
        }
    }
    meant
}

/// Classes that a text names, by words as people use them (data/safety/said.tsv).
pub(super) fn classes_meant(text: &str) -> Vec<&'static str> {
    let mut meant = Vec::new();
    for (said, class) in &rules().said {
        if !meant.contains(class) && text.contains(&format!(" {said} ")) {
            meant.push(*class);
        }
    }
    meant
}
