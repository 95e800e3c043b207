//! JSON: search in the list of diagnoses.

use serde::{Deserialize, Serialize};
use web::{Doctor, Query};

use super::Code;

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    q: String,
    limit: Option<usize>,
}

/// Diagnoses, best first.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Found {
    items: Vec<Code>,
}

/// `GET /api/v1/icd10?q=&limit=`: at most 50, 12 unless told.
pub(crate) async fn search(_: Doctor, Query(wanted): Query<Wanted>) -> web::Result {
    let limit = wanted.limit.unwrap_or(12).clamp(1, 50);
    web::json(&Found { items: super::search(&wanted.q, limit) })
}
