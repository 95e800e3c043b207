//! Reads what an allergy of the record is about.

use chart::allergies::{Allergy, Category};

use super::{
    classes::{classes_meant, members_meant},
    rules::Cause,
};
use crate::formulary::{ingredients_meant, padded};

/// The causes that the words of this allergy name; empty when they name no medicine we know.
pub(super) fn causes(allergy: &Allergy) -> Vec<Cause> {
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

/// Whether somebody must look by eye: recorded as a medicine, in words that name none we know.
pub(super) fn is_unclear(allergy: &Allergy, causes: &[Cause]) -> bool {
    allergy.content.category == Category::Medicine && causes.is_empty()
}
