//! Finds drugs by the beginnings of words.

use super::{
    model::{Drug, Form},
    names,
};

pub(super) fn search<'a>(drugs: &'a [Drug], q: &str, limit: usize) -> Vec<&'a Drug> {
    let words: Vec<String> = q
        .to_lowercase()
        .split(|c: char| c.is_whitespace() || c == '+' || c == '/' || c == ',')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    if q.trim().chars().count() < 2 || words.is_empty() {
        return Vec::new();
    }
    let mut ranked: Vec<(i32, &Drug)> =
        drugs.iter().filter_map(|drug| rank(drug, &words).map(|rank| (rank, drug))).collect();
    ranked.sort_by(|(a, x), (b, y)| {
        b.cmp(a)
            .then_with(|| x.ingredients.cmp(&y.ingredients))
            .then_with(|| x.form.as_str().cmp(y.form.as_str()))
            .then_with(|| first_number(x).total_cmp(&first_number(y)))
    });
    ranked.into_iter().take(limit).map(|(_, drug)| drug).collect()
}

/// How well the drug fits; `None` when a word fits nowhere.
fn rank(drug: &Drug, words: &[String]) -> Option<i32> {
    let mut rank = 0;
    for word in words {
        rank += fit(drug, word)?;
    }
    // One ingredient before combinations, what is taken at home before what is injected.
    rank -= 8 * i32::try_from(drug.ingredients.len()).unwrap_or(0);
    let injected = matches!(
        drug.form,
        Form::Injection | Form::PrefilledSyringe | Form::Cartridge | Form::Implant | Form::IntrauterineSystem
    );
    Some(if injected { rank - 25 } else { rank })
}

fn fit(drug: &Drug, word: &str) -> Option<i32> {
    let begins = |text: &str| text.to_lowercase().split([' ', '-', '_']).any(|part| part.starts_with(word));
    if drug.ingredients.first().is_some_and(|first| first.starts_with(word)) {
        return Some(40);
    }
    if drug.ingredients.iter().any(|ingredient| begins(ingredient)) {
        return Some(30);
    }
    if drug
        .ingredients
        .iter()
        .any(|ingredient| names::others(ingredient).any(|other| other.starts_with(word) || begins(other)))
    {
        return Some(30);
    }
    if drug.brands.iter().any(|brand| begins(brand)) {
        return Some(28);
    }
    if drug.strengths.iter().any(|strength| strength.split([' ', '/']).any(|part| part == word)) || drug.code == word {
        return Some(20);
    }
    if drug.strengths.iter().any(|strength| strength.replace(' ', "").starts_with(word)) {
        return Some(16);
    }
    (begins(drug.form.as_str()) || begins(drug.pack)).then_some(10)
}

fn first_number(drug: &Drug) -> f64 {
    drug.strengths.first().and_then(|strength| strength.split(' ').next()?.parse().ok()).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::super::search;

    fn first(q: &str) -> String {
        search(q, 5).first().map_or_else(String::new, |drug| drug.name())
    }

    #[test]
    fn ingredient_strength_and_form_are_found_in_any_order() {
        assert_eq!(first("amox 500 capsule"), "amoxicillin 500 mg capsule");
        assert_eq!(first("500 amoxicillin tab"), "amoxicillin 500 mg tablet");
        assert_eq!(first("clotrim cream"), "clotrimazole 1 % cream");
    }

    #[test]
    fn brands_and_other_names_are_found() {
        assert!(first("panadol").starts_with("paracetamol (acetaminophen)"));
        assert!(first("ventolin").starts_with("salbutamol (albuterol)"));
        assert!(first("augmentin").contains("clavulanate"));
    }

    #[test]
    fn what_is_taken_at_home_comes_before_what_is_injected() {
        assert!(!first("furosemide").contains("injection"));
    }

    #[test]
    fn a_word_that_fits_nowhere_finds_nothing() {
        assert!(search("amoxicillin xyz", 5).is_empty());
        assert!(search("a", 5).is_empty());
    }
}
