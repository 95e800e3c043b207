//! All checks over one prescription.

use chart::allergies::{Allergies, Answer};

use super::{Alert, Person, Severity, allergy, doses, duplicates, interactions, person, whole};
use crate::{directions::Directions, formulary::Drug};

/// An item to be checked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Checked<'a> {
    pub(crate) position: u16,
    pub(crate) drug: &'a Drug,
    pub(crate) directions: &'a Directions,
}

/// A medicine the patient takes already, or took until lately.
#[derive(Debug, Clone)]
pub(crate) struct Taken {
    pub(crate) name: String,
    pub(crate) ingredients: Vec<String>,
    /// Whether it reaches the whole body.
    pub(crate) systemic: bool,
    /// Days since it was last taken; 0 for now.
    pub(crate) days_since: u32,
}

/// The alerts, worst first.
pub(crate) fn check(items: &[Checked<'_>], allergies: &Allergies, taken: &[Taken], who: &Person) -> Vec<Alert> {
    let mut alerts = allergy::against(items, allergies);
    alerts.extend(interactions::between(items, taken));
    alerts.extend(duplicates::among(items, taken));
    alerts.extend(doses::over_limit(items, who));
    alerts.extend(person::against(items, who));
    if allergies.answer == Answer::NotAsked && !items.is_empty() {
        alerts.push(whole("allergies-not-asked", Severity::Moderate, String::new()));
    }
    told_apart(&mut alerts);
    alerts.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.position.cmp(&b.position)));
    alerts
}

/// The same alert for two items is one to answer for each, told apart by position.
fn told_apart(alerts: &mut [Alert]) {
    for index in 0..alerts.len() {
        let again = alerts[..index].iter().any(|before| before.id == alerts[index].id);
        if let (true, Some(position)) = (again, alerts[index].position) {
            alerts[index].id = format!("{}.{position}", alerts[index].id);
        }
    }
}
