//! JSON: search in the formulary. Each item also carries what a search field shows.

use serde::{Deserialize, Serialize};
use web::{Doctor, Query};

use super::Drug;

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    q: String,
    limit: Option<usize>,
}

/// Drugs, best first.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Found {
    items: Vec<Item>,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Item {
    /// As on a label.
    name: String,
    #[serde(flatten)]
    drug: Drug,
    /// Classes of its ingredients, as the safety rules name them.
    classes: Vec<&'static str>,
}

/// `GET /api/v1/formulary?q=&limit=`: at most 50, 12 unless told.
pub(crate) async fn search(_: Doctor, Query(wanted): Query<Wanted>) -> web::Result {
    let limit = wanted.limit.unwrap_or(12).clamp(1, 50);
    let items = super::search(&wanted.q, limit)
        .into_iter()
        .map(|drug| Item { name: drug.name(), classes: classes(drug), drug: drug.clone() })
        .collect();
    web::json(&Found { items })
}

fn classes(drug: &Drug) -> Vec<&'static str> {
    let mut classes: Vec<&'static str> = Vec::new();
    for class in drug.ingredients.iter().flat_map(|ingredient| crate::safety::classes_of(ingredient)) {
        if !classes.contains(&class) {
            classes.push(class);
        }
    }
    classes
}
