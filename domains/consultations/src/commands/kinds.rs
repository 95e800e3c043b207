//! JSON: what may be typed behind the slash.

use serde::{Deserialize, Serialize};
use web::{Doctor, Query};

use super::Kind;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    q: String,
}

/// One kind, as the combobox shows it.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct KindView {
    /// As in the API.
    value: &'static str,
    /// In the reader's language.
    label: String,
    hint: String,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Kinds {
    items: Vec<KindView>,
}

/// `GET /api/v1/command-kinds?q=`: a slash before the words is no part of them; the English code is understood in every language.
pub(super) async fn list(me: Doctor, Query(wanted): Query<Wanted>) -> web::Result {
    let words = wanted.q.trim().trim_start_matches('/').trim().to_lowercase();
    let items = Kind::ALL
        .into_iter()
        .map(|kind| KindView {
            value: kind.code(),
            label: me.t(format!("consultations-command-{}", kind.code())),
            hint: me.t(format!("consultations-command-{}-hint", kind.code())),
        })
        .filter(|kind| kind.label.to_lowercase().contains(&words) || kind.value.replace('_', " ").contains(&words))
        .collect();
    web::json(&Kinds { items })
}
