//! ICD-10-CM: find a diagnosis by words or by code, in memory, as fast as one types.
//!
//! The list (data/README.md) is unpacked and indexed on first use, some 100 ms and 15 MB. [`search`] takes words in any order and
//! only their beginnings ("typ 2 diab"), everyday names and abbreviations ("heart attack", "COPD"), a code or its beginning
//! ("E11"), and forgives one slip of the finger in a longer word. Everyday diagnoses come before rare ones.

pub(crate) mod api;
mod data;
mod everyday;
mod index;
mod near;

use serde::Serialize;

/// A diagnosis of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Code {
    /// With its dot: `E11.9`.
    pub code: &'static str,
    /// Full description, in English as published.
    pub name: &'static str,
    /// Whether no finer codes stand below it.
    pub billable: bool,
}

/// At most `limit` diagnoses that fit all words of `q`, best first. Fewer than two letters find nothing.
pub fn search(q: &str, limit: usize) -> Vec<Code> {
    index::list().search(q, limit)
}

/// The diagnosis with exactly this code, dot or no dot, capitals or not.
pub fn find(code: &str) -> Option<Code> {
    index::list().find(code)
}

pub(crate) fn routes() -> web::Routes {
    web::Routes::new().api_get::<web::Doctor, (), api::Found, _, _>(
        "/api/v1/icd10",
        "Diagnoses of ICD-10-CM by words or code",
        api::search,
    )
}
