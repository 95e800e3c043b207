//! What the record says of what a form asks: to fill it in beforehand, and to see what differs afterwards.

use std::collections::{BTreeMap, BTreeSet};

use chart::{
    allergies, family_history,
    problems::{self, ProblemStatus},
    social_history::{self, SocialAnswer, Topic},
    vitals,
};
use db::Tx;
use kernel::ids::PatientId;
use web::App;

use super::model::{Answers, Change, Form, Item, Kind, Prefill};
use crate::drafts::Medicines;

/// The record, as far as forms ask for it.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    pub(super) allergies: Vec<String>,
    pub(super) medicines: Vec<String>,
    pub(super) problems: Vec<String>,
    /// Words under which an illness was accepted, and its name in the record.
    called: BTreeMap<String, String>,
    pub(super) family: Vec<String>,
    weight: Option<f64>,
    height: Option<f64>,
    tobacco: Option<&'static str>,
}

/// Read every section that forms ask for, each with its audit row.
pub(super) async fn read(app: &App, tx: &mut Tx, patient: PatientId, purpose: &str) -> Result<Known, web::Error> {
    let vault = app.vault();
    let allergies = allergies::list_for(tx, vault, patient, purpose).await?;
    let problems = problems::list_for(tx, vault, patient, purpose).await?;
    let family = family_history::list_for(tx, vault, patient, purpose).await?;
    let social = social_history::list_for(tx, vault, patient, purpose).await?;
    let measured = vitals::list_for(tx, vault, patient, purpose, 20).await?;
    let medicines = app.part::<Medicines>().0.taken(tx, vault, patient, purpose).await?;
    let called = problems.iter().map(|one| (fold(&one.content.note), fold(&one.content.name))).collect();
    Ok(Known {
        called,
        allergies: allergies.items.into_iter().map(|one| one.content.substance).collect(),
        problems: problems
            .into_iter()
            .filter(|one| one.status == ProblemStatus::Active)
            .map(|one| one.content.name)
            .collect(),
        family: family.relatives().map(|(_, relative)| relative.condition.clone()).collect(),
        weight: measured.iter().find_map(|set| set.signs.weight),
        height: measured.iter().find_map(|set| set.signs.height),
        tobacco: social.answer(Topic::Tobacco).and_then(|entry| match &entry.content {
            SocialAnswer::Tobacco { status, .. } => Some(status.as_str()),
            _ => None,
        }),
        medicines,
    })
}

impl Known {
    fn values(&self, prefill: Prefill) -> Vec<String> {
        match prefill {
            Prefill::Allergies => self.allergies.clone(),
            Prefill::Medicines => self.medicines.clone(),
            Prefill::Problems => self.problems.clone(),
            Prefill::Family => self.family.clone(),
            Prefill::Weight => self.weight.iter().map(f64::to_string).collect(),
            Prefill::Height => self.height.iter().map(f64::to_string).collect(),
            Prefill::Tobacco => self.tobacco.iter().map(|status| (*status).to_owned()).collect(),
        }
    }

    /// The answers that the record knows.
    pub(super) fn fill(&self, form: &Form) -> Answers {
        let filled = |item: &Item| {
            let values = self.values(item.prefill?);
            (!values.is_empty()).then(|| (item.link_id.clone(), values))
        };
        form.items().filter_map(filled).collect()
    }

    /// What the answers say and the record does not, and the other way round. Weight and height are measurements of a day, and no change.
    pub(super) fn changes(&self, form: &Form, answers: &Answers) -> Vec<Change> {
        let mut changes = Vec::new();
        for item in form.items() {
            let Some(prefill) = item.prefill else { continue };
            if item.kind == Kind::Decimal {
                continue;
            }
            let known = self.values(prefill);
            let said = answers.get(&item.link_id).cloned().unwrap_or_default();
            if item.kind == Kind::Choice && said.is_empty() {
                continue;
            }
            let name = |line: &String| {
                let line = fold(line);
                self.called.get(&line).filter(|_| prefill == Prefill::Problems).cloned().unwrap_or(line)
            };
            let of_record: BTreeSet<_> = known.iter().map(|line| fold(line)).collect();
            let of_answers: BTreeSet<_> = said.iter().map(name).collect();
            let change = |line: &String, added| Change { link_id: item.link_id.clone(), line: line.clone(), added };
            changes.extend(said.iter().filter(|line| !of_record.contains(&name(line))).map(|line| change(line, true)));
            changes
                .extend(known.iter().filter(|line| !of_answers.contains(&fold(line))).map(|line| change(line, false)));
        }
        changes
    }
}

fn fold(line: &str) -> String {
    line.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{super::forms, *};

    #[test]
    fn what_differs_from_the_record_is_said_both_ways() {
        let form = forms::find("general", 1).expect("the form");
        let known = Known {
            allergies: vec!["Peanuts".into()],
            medicines: vec!["Ibuprofen".into()],
            tobacco: Some("never"),
            weight: Some(70.0),
            ..Known::default()
        };
        let filled = known.fill(form);
        assert_eq!(filled.get("weight"), Some(&vec!["70".to_owned()]));
        assert!(known.changes(form, &filled).is_empty(), "confirmed as it was filled in");
        let mut said = filled;
        said.insert("allergies".into(), vec!["peanuts".into(), "Latex".into()]);
        said.remove("medicines");
        said.insert("weight".into(), vec!["90".into()]);
        let told: Vec<_> =
            known.changes(form, &said).into_iter().map(|one| (one.link_id, one.line, one.added)).collect();
        assert_eq!(told, [("allergies".into(), "Latex".into(), true), ("medicines".into(), "Ibuprofen".into(), false)]);
    }
}
