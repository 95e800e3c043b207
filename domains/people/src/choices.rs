//! What a form offers to choose from, in the reader's language and its order.

use web::Ctx;

use crate::{countries, languages, practitioners::Gender, specialties};

/// One box of a list of check boxes.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub(crate) code: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

/// Code and name of every country, by name.
pub fn countries(me: &Ctx) -> Vec<(String, String)> {
    let mut countries: Vec<(String, String)> =
        countries::CODES.iter().map(|code| ((*code).to_owned(), me.t(format!("country-{code}")))).collect();
    countries.sort_by(|a, b| a.1.cmp(&b.1));
    countries
}

pub(crate) fn genders(me: &Ctx) -> Vec<(String, String)> {
    Gender::ALL
        .iter()
        .map(|gender| (gender.as_str().to_owned(), me.t(format!("people-gender-{}", gender.as_str()))))
        .collect()
}

pub(crate) fn languages(me: &Ctx, chosen: &[String]) -> Vec<Choice> {
    let mut choices = boxes(&languages::CODES, chosen, |code| me.t(format!("language-{code}")));
    choices.sort_by(|a, b| a.label.cmp(&b.label));
    choices
}

pub(crate) fn specialties(me: &Ctx, chosen: &[String]) -> Vec<Choice> {
    boxes(&specialties::CODES, chosen, |code| me.t(specialties::name_key(code)))
}

fn boxes(codes: &[&str], chosen: &[String], label: impl Fn(&str) -> String) -> Vec<Choice> {
    codes
        .iter()
        .map(|code| Choice {
            code: (*code).to_owned(),
            label: label(code),
            chosen: chosen.iter().any(|one| one == code),
        })
        .collect()
}
