//! The rules against drugs of the formulary, each test with the source that it checks.

mod allergies;
mod common;
mod doses;
mod interactions;
mod person;
mod tables;

use chart::allergies::{Allergies, Allergy, AllergyContent, Answer, Category, Criticality, Severity as Reaction};
use kernel::{Timestamp, ids::AllergyId};

use super::{Alert, Checked, Person, Severity, Taken, check};
use crate::{
    directions::{Directions, Dose, Frequency},
    formulary::{self, Drug},
};

pub(super) const ADULT: Person = Person {
    age_months: Some(35 * 12),
    weight_grams: Some(70_000),
    egfr: Some(100),
    pregnant: super::Answered::No,
    breastfeeding: super::Answered::No,
    female: true,
};

pub(super) fn none_known() -> Allergies {
    Allergies { answer: Answer::NoneKnown { at: Timestamp::from_unix_seconds(0) }, items: vec![] }
}

pub(super) fn allergic_to(substance: &str, category: Category) -> Allergies {
    let content = AllergyContent {
        substance: substance.to_owned(),
        category,
        reaction: String::new(),
        severity: Reaction::Severe,
        criticality: Criticality::High,
    };
    let allergy = Allergy {
        id: AllergyId::from_uuid(kernel::Random::seeded(1).uuid7(Timestamp::from_unix_seconds(0))),
        content,
        recorded_at: Timestamp::from_unix_seconds(0),
        by_clinician: false,
        from_record: None,
    };
    Allergies { answer: Answer::Listed, items: vec![allergy] }
}

/// The drug that a search finds first; the words must find one.
pub(super) fn drug(q: &str) -> &'static Drug {
    formulary::search(q, 1).first().copied().unwrap_or_else(|| panic!("{q} is not in the formulary"))
}

/// A single drug with this ingredient, the first by order of the formulary that reaches the whole body.
pub(super) fn holding(ingredient: &str) -> &'static Drug {
    let holds = |drug: &&Drug| drug.ingredients.contains(&ingredient) && drug.route.is_systemic();
    formulary::all().iter().find(holds).unwrap_or_else(|| panic!("{ingredient} is not in the formulary"))
}

pub(super) fn directions(drug: &Drug, dose: f64, frequency: Frequency) -> Directions {
    Directions {
        dose: Dose::from_number(dose).expect("a dose"),
        unit: drug.dose_unit,
        route: drug.route,
        frequency,
        as_needed: None,
        days: 5,
        instructions: String::new(),
    }
}

/// Alerts over drugs with one dose of one unit a day.
pub(super) fn over(drugs: &[&'static Drug], taken: &[Taken]) -> Vec<Alert> {
    let how: Vec<Directions> = drugs.iter().map(|drug| directions(drug, 1.0, Frequency::Qd)).collect();
    let items: Vec<Checked<'_>> = (1..)
        .zip(drugs.iter().zip(&how))
        .map(|(position, (drug, directions))| Checked { position, drug, directions })
        .collect();
    check(&items, &none_known(), taken, &ADULT)
}

/// Alerts over one drug for a person.
pub(super) fn for_person(q: &str, dose: f64, frequency: Frequency, who: &Person) -> Vec<Alert> {
    let drug = drug(q);
    let directions = directions(drug, dose, frequency);
    check(&[Checked { position: 1, drug, directions: &directions }], &none_known(), &[], who)
}

pub(super) fn rules_of(alerts: &[Alert]) -> Vec<(&str, Severity)> {
    alerts.iter().map(|alert| (alert.rule.as_str(), alert.severity)).collect()
}
