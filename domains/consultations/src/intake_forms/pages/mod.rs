//! HTML: the form before a visit, for whoever answers and for the doctor who reads.

pub(super) mod doctor;
pub(super) mod patient;

use kernel::Locale;

use super::{
    Answers,
    model::{Item, Kind},
};

/// An answer in words.
fn in_words(locale: Locale, item: &Item, answers: &Answers, yes_no: (&str, &str)) -> String {
    let given = answers.get(&item.link_id).map(Vec::as_slice).unwrap_or_default();
    let word = |code: &String| {
        let option = item.options.iter().find(|option| option.code == *code);
        match (item.kind, code.as_str()) {
            (Kind::Boolean, "yes") => yes_no.0.to_owned(),
            (Kind::Boolean, _) => yes_no.1.to_owned(),
            _ => option.map_or_else(|| code.clone(), |option| option.text.in_language(locale).to_owned()),
        }
    };
    let text = given.iter().map(word).collect::<Vec<_>>().join(" · ");
    match &item.unit {
        Some(unit) if !text.is_empty() => format!("{text} {unit}"),
        _ => text,
    }
}
