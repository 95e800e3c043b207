//! The formulary: what may be prescribed, and the search in it.
//!
//! 580 clinical drugs (data/README.md), read once. [`search`] takes the beginning of any word of an ingredient, of a brand or of
//! a name used elsewhere ("panadol", "salbutamol"), a strength ("500") and a form ("cream"), in any order.

mod api;
mod data;
mod model;
mod names;
mod search;

pub use model::{DoseUnit, Drug, Form, QuantityUnit, Route};
pub(crate) use names::{ingredients_meant, padded};

use std::sync::OnceLock;

/// All drugs, in order of their ingredients.
pub fn all() -> &'static [Drug] {
    static DRUGS: OnceLock<Vec<Drug>> = OnceLock::new();
    DRUGS.get_or_init(data::read)
}

/// The drug with this code.
pub fn find(code: &str) -> Option<&'static Drug> {
    let code = code.trim();
    all().iter().find(|drug| drug.code == code)
}

/// Other names, in lower case, with the ingredient of the list that each means.
pub(crate) fn other_names() -> impl Iterator<Item = (&'static str, &'static str)> {
    names::OTHER_NAMES.iter().copied()
}

/// At most `limit` drugs that fit all words of `q`, best first. Fewer than two letters find nothing.
pub fn search(q: &str, limit: usize) -> Vec<&'static Drug> {
    search::search(all(), q, limit)
}

pub(crate) fn routes() -> web::Routes {
    web::Routes::new().api_get::<web::Doctor, (), api::Found, _, _>(
        "/api/v1/formulary",
        "Drugs that may be prescribed, by ingredient, brand, strength or form",
        api::search,
    )
}
