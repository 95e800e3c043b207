//! All checks over one prescription.

use chart::allergies::{Allergies, Answer};

use super::{Alert, Severity, allergy, doses, rules};
use crate::{directions::Directions, formulary::Drug};

/// An item to be checked.
pub(crate) struct Checked<'a> {
    pub(crate) position: u16,
    pub(crate) drug: &'a Drug,
    pub(crate) directions: &'a Directions,
}

/// A medicine the patient takes already, by another prescription that is valid.
#[derive(Debug, Clone)]
pub(crate) struct Taken {
    pub(crate) name: String,
    pub(crate) ingredients: Vec<String>,
}

/// The alerts, worst first.
pub(crate) fn check(items: &[Checked<'_>], allergies: &Allergies, taken: &[Taken]) -> Vec<Alert> {
    let mut alerts = against_allergies(items, allergies);
    alerts.extend(duplicates(items));
    alerts.extend(taken_already(items, taken));
    for (ingredient, sum) in doses::over_limit(items) {
        alerts.push(Alert {
            id: format!("daily-limit.{ingredient}"),
            rule: "daily-limit".to_owned(),
            severity: Severity::Serious,
            position: None,
            ingredient: ingredient.to_owned(),
            because: sum,
            source: doses::SOURCE.to_owned(),
        });
    }
    if allergies.answer == Answer::NotAsked && !items.is_empty() {
        alerts.push(whole("allergies-not-asked", Severity::Moderate, String::new()));
    }
    alerts.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.position.cmp(&b.position)));
    alerts
}

fn whole(rule: &str, severity: Severity, because: String) -> Alert {
    let id = if because.is_empty() { rule.to_owned() } else { format!("{rule}.{because}") };
    Alert {
        id,
        rule: rule.to_owned(),
        severity,
        position: None,
        ingredient: String::new(),
        because,
        source: "WHO Medication Safety in High-risk Situations, 2019".to_owned(),
    }
}

fn against_allergies(items: &[Checked<'_>], allergies: &Allergies) -> Vec<Alert> {
    let mut alerts = Vec::new();
    for allergy in &allergies.items {
        let causes = allergy::causes(allergy);
        if allergy::is_unclear(allergy, &causes) && !items.is_empty() {
            let mut alert = whole("allergy-unclear", Severity::Moderate, allergy.content.substance.clone());
            alert.id = format!("allergy-unclear.{}", allergy.id);
            alerts.push(alert);
        }
        for item in items {
            for ingredient in &item.drug.ingredients {
                let worst = causes
                    .iter()
                    .filter_map(|cause| rules::verdict(*cause, ingredient))
                    .max_by_key(|(_, severity, _)| *severity);
                if let Some((rule, severity, source)) = worst {
                    alerts.push(Alert {
                        id: format!("{rule}.{ingredient}.{}", allergy.id).replace(' ', "-"),
                        rule: rule.to_owned(),
                        severity,
                        position: Some(item.position),
                        ingredient: (*ingredient).to_owned(),
                        because: allergy.content.substance.clone(),
                        source: source.to_owned(),
                    });
                }
            }
        }
    }
    // The same ingredient in two items is one alert to answer for each item, told apart by position.
    for index in 0..alerts.len() {
        let again = alerts[..index].iter().any(|before| before.id == alerts[index].id);
        if let (true, Some(position)) = (again, alerts[index].position) {
            alerts[index].id = format!("{}.{position}", alerts[index].id);
        }
    }
    alerts
}

const DUPLICATES: &str = "Leape et al., systems analysis of adverse drug events, JAMA 1995;274:35 (duplicate therapy)";

fn duplicates(items: &[Checked<'_>]) -> Vec<Alert> {
    let mut alerts = Vec::new();
    for (index, item) in items.iter().enumerate() {
        for ingredient in &item.drug.ingredients {
            let before = items[..index].iter().find(|before| before.drug.ingredients.contains(ingredient));
            if let Some(before) = before {
                alerts.push(Alert {
                    id: format!("duplicate.{ingredient}.{}", item.position).replace(' ', "-"),
                    rule: "duplicate".to_owned(),
                    severity: Severity::Serious,
                    position: Some(item.position),
                    ingredient: (*ingredient).to_owned(),
                    because: before.drug.name(),
                    source: DUPLICATES.to_owned(),
                });
            }
        }
    }
    alerts
}

fn taken_already(items: &[Checked<'_>], taken: &[Taken]) -> Vec<Alert> {
    let mut alerts = Vec::new();
    for item in items {
        for ingredient in &item.drug.ingredients {
            let same = taken.iter().find(|taken| taken.ingredients.iter().any(|known| known == ingredient));
            if let Some(taken) = same {
                alerts.push(Alert {
                    id: format!("taken-already.{ingredient}.{}", item.position).replace(' ', "-"),
                    rule: "taken-already".to_owned(),
                    severity: Severity::Moderate,
                    position: Some(item.position),
                    ingredient: (*ingredient).to_owned(),
                    because: taken.name.clone(),
                    source: DUPLICATES.to_owned(),
                });
            }
        }
    }
    alerts
}

#[cfg(test)]
mod tests {
    use chart::allergies::{Allergy, AllergyContent, Category, Criticality, Severity as Reaction};
    use kernel::{Timestamp, ids::AllergyId};

    use super::*;
    use crate::{
        directions::{Dose, Frequency},
        formulary,
    };

    fn allergic_to(substance: &str) -> Allergies {
        let content = AllergyContent {
            substance: substance.to_owned(),
            category: Category::Medicine,
            reaction: String::new(),
            severity: Reaction::Severe,
            criticality: Criticality::High,
        };
        let allergy = Allergy {
            id: AllergyId::from_uuid(kernel::Random::seeded(1).uuid7(Timestamp::from_unix_seconds(0))),
            content,
            recorded_at: Timestamp::from_unix_seconds(0),
            by_clinician: false,
        };
        Allergies { answer: Answer::Listed, items: vec![allergy] }
    }

    fn directions(dose: f64, frequency: Frequency) -> Directions {
        Directions {
            dose: Dose::from_number(dose).expect("a dose"),
            unit: formulary::DoseUnit::Tablet,
            route: formulary::Route::Oral,
            frequency,
            as_needed: None,
            days: 5,
            instructions: String::new(),
        }
    }

    fn alerts(queries: &[&str], allergies: &Allergies) -> Vec<(String, Severity)> {
        let directions = directions(1.0, Frequency::Tid);
        let items: Vec<Checked<'_>> = (1..)
            .zip(queries)
            .map(|(position, q)| Checked { position, drug: formulary::search(q, 1)[0], directions: &directions })
            .collect();
        check(&items, allergies, &[]).into_iter().map(|alert| (alert.rule, alert.severity)).collect()
    }

    #[test]
    fn a_penicillin_allergy_stops_amoxicillin_and_warns_of_cefalexin() {
        let found = alerts(&["amoxicillin 500 capsule", "cephalexin"], &allergic_to("Penicillin"));
        assert_eq!(
            found,
            [
                ("allergy-penicillins".to_owned(), Severity::Contraindicated),
                ("allergy-side-chain".to_owned(), Severity::Serious)
            ]
        );
    }

    #[test]
    fn an_allergy_to_peanuts_stops_no_medicine() {
        let mut peanuts = allergic_to("peanuts");
        peanuts.items[0].content.category = Category::Food;
        assert!(alerts(&["amoxicillin 500 capsule"], &peanuts).is_empty());
    }

    #[test]
    fn a_medicine_we_cannot_read_is_left_to_the_doctors_eye() {
        let found = alerts(&["ibuprofen 400"], &allergic_to("the pink pill"));
        assert_eq!(found, [("allergy-unclear".to_owned(), Severity::Moderate)]);
    }

    #[test]
    fn the_same_ingredient_twice_and_too_much_of_it_is_noticed() {
        let none = Allergies { answer: Answer::NoneKnown { at: Timestamp::from_unix_seconds(0) }, items: vec![] };
        let found = alerts(&["acetaminophen 1000 tablet", "acetaminophen 500 tablet"], &none);
        assert_eq!(found.iter().map(|(rule, _)| rule.as_str()).collect::<Vec<_>>(), ["daily-limit", "duplicate"]);
    }

    #[test]
    fn nobody_having_asked_about_allergies_is_said_and_stops_nothing() {
        let unasked = Allergies { answer: Answer::NotAsked, items: vec![] };
        assert_eq!(alerts(&["ibuprofen 400"], &unasked), [("allergies-not-asked".to_owned(), Severity::Moderate)]);
    }
}
