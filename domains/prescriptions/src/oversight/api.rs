//! JSON: how alerts fare.

use serde::Serialize;
use web::Admin;

use super::{pages::DAYS, store};
use crate::safety;

/// Rules that interrupted, the most often shown first.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Listed {
    /// Version of the tables of rules.
    rules_version: &'static str,
    days: i64,
    items: Vec<RuleView>,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
struct RuleView {
    rule: String,
    tier: String,
    /// How many times it stood in the way of a signature.
    shown: i64,
    /// How many times a reason was given.
    overridden: i64,
    /// Doctors who met it.
    prescribers: i64,
}

/// `GET /api/v1/admin/medicine-alerts`
pub(crate) async fn list(me: Admin) -> web::Result {
    let mut tx = me.begin().await?;
    let since = tx.now().plus_days(-DAYS);
    let rows = store::list_rules(&mut tx, since).await?;
    tx.commit().await?;
    let items = rows
        .into_iter()
        .map(|row| RuleView {
            rule: row.rule,
            tier: row.tier,
            shown: row.shown,
            overridden: row.overridden,
            prescribers: row.prescribers,
        })
        .collect();
    web::json(&Listed { rules_version: safety::version(), days: DAYS, items })
}
