//! The part of the prescribing page that tells the safety checks about the patient.

use kernel::FieldError;
use serde::Deserialize;
use web::Ctx;

use crate::{
    facts::{CreatinineUnit, Known, NewFacts},
    safety::Answered,
};

/// The form, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct FactsFields {
    pub(crate) creatinine: String,
    pub(crate) creatinine_unit: String,
    pub(crate) pregnant: String,
    pub(crate) breastfeeding: String,
    pub(crate) other_medicines: String,
}

impl FactsFields {
    /// As it was written down.
    pub(super) fn of(known: &Known) -> Self {
        let facts = &known.facts;
        Self {
            creatinine: facts.creatinine.map(|value| format!("{value:.2}")).unwrap_or_default(),
            creatinine_unit: "mg_dl".to_owned(),
            pregnant: facts.pregnant.as_str().to_owned(),
            breastfeeding: facts.breastfeeding.as_str().to_owned(),
            other_medicines: facts.other_medicines.clone(),
        }
    }

    /// As a command, or what is wrong.
    pub(super) fn read(&self) -> Result<NewFacts, Vec<FieldError>> {
        let typed = self.creatinine.trim().replace(',', ".");
        let creatinine = match typed.as_str() {
            "" => None,
            typed => match typed.parse::<f64>() {
                Ok(value) if value.is_finite() => Some(value),
                _ => return Err(vec![FieldError::new("creatinine", "prescriptions-error-creatinine")]),
            },
        };
        let unit = if self.creatinine_unit == "umol_l" { CreatinineUnit::UmolL } else { CreatinineUnit::MgDl };
        Ok(NewFacts {
            creatinine,
            creatinine_unit: unit,
            pregnant: answered(&self.pregnant),
            breastfeeding: answered(&self.breastfeeding),
            other_medicines: self.other_medicines.clone(),
        })
    }
}

fn answered(typed: &str) -> Answered {
    Answered::ALL.into_iter().find(|answer| answer.as_str() == typed).unwrap_or_default()
}

/// What is known, name and value; what is not known says so.
pub(super) fn shown(me: &Ctx, known: &Known) -> Vec<(String, String)> {
    let person = &known.person;
    let unknown = || me.t("prescriptions-facts-unknown");
    let age = person.age_months.map_or_else(unknown, |months| age(me, months));
    let weight = person.weight_grams.map_or_else(unknown, |grams| format!("{} kg", f64::from(grams / 100) / 10.0));
    let egfr = person.egfr.map_or_else(unknown, |egfr| format!("{egfr} ml/min/1.73 m²"));
    let answer = |answered: Answered| me.t(format!("prescriptions-answer-{}", answered.as_str()));
    let mut facts = vec![
        (me.t("prescriptions-facts-age"), age),
        (me.t("prescriptions-facts-weight"), weight),
        (me.t("prescriptions-facts-egfr"), egfr),
    ];
    if person.female {
        facts.push((me.t("prescriptions-facts-pregnant"), answer(person.pregnant)));
        facts.push((me.t("prescriptions-facts-breastfeeding"), answer(person.breastfeeding)));
    }
    if !known.facts.other_medicines.is_empty() {
        facts.push((me.t("prescriptions-facts-other"), known.facts.other_medicines.clone()));
    }
    facts
}

fn age(me: &Ctx, months: u32) -> String {
    let (key, count) =
        if months < 24 { ("prescriptions-facts-months", months) } else { ("prescriptions-facts-years", months / 12) };
    web::i18n::text(me.locale(), key, &[("count", &count.to_string())])
}

pub(super) fn answers(me: &Ctx) -> Vec<(&'static str, String)> {
    Answered::ALL
        .into_iter()
        .map(|answer| (answer.as_str(), me.t(format!("prescriptions-answer-{}", answer.as_str()))))
        .collect()
}

pub(super) fn units(_: &Ctx) -> Vec<(&'static str, String)> {
    vec![("mg_dl", "mg/dl".to_owned()), ("umol_l", "µmol/l".to_owned())]
}
