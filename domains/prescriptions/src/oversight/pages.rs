//! The administrators' page of alerts.

use askama::Template;
use web::{Admin, Ctx, PageFrame};

use super::store;
use crate::safety;

/// Over how many days it is counted.
pub(super) const DAYS: i64 = 90;

struct Line {
    kind: String,
    rule: String,
    tier: String,
    tone: &'static str,
    shown: i64,
    overridden: i64,
    percent: i64,
    prescribers: i64,
}

#[derive(Template)]
#[template(path = "oversight/pages/list.html")]
struct ListPage {
    page: PageFrame,
    lines: Vec<Line>,
    lead: String,
    version: String,
}

/// `GET /admin/medicine-alerts`
pub(crate) async fn list(me: Admin) -> web::Result {
    let mut tx = me.begin().await?;
    let since = tx.now().plus_days(-DAYS);
    let rows = store::list_rules(&mut tx, since).await?;
    tx.commit().await?;
    let page = me.page("prescriptions-oversight-title");
    let lines = rows.into_iter().map(|row| line(&me, row)).collect();
    let lead = page.tr("prescriptions-oversight-lead", [("days", DAYS.to_string().as_str())]);
    let version = page.tr("prescriptions-oversight-version", [("version", safety::version())]);
    web::render(&ListPage { page, lines, lead, version })
}

fn line(me: &Ctx, row: store::Row) -> Line {
    Line {
        kind: me.t(format!("prescriptions-kind-{}", kind(&row.rule))),
        tier: me.t(format!("prescriptions-tier-{}", row.tier)),
        tone: if row.tier == "contraindicated" { "crit" } else { "warn" },
        percent: row.overridden * 100 / row.shown.max(1),
        rule: row.rule,
        shown: row.shown,
        overridden: row.overridden,
        prescribers: row.prescribers,
    }
}

/// What a rule is about, from the table it stands in.
fn kind(rule: &str) -> &'static str {
    match rule.split(['.', '-']).next().unwrap_or_default() {
        "allergy" => "allergy",
        "interaction" => "interaction",
        "duplicate" | "taken" => "duplicate",
        "daily" | "single" | "too" => "dose",
        "kidney" => "kidney",
        "age" => "age",
        "pregnancy" | "breastfeeding" => "reproduction",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn rules_are_sorted_by_the_table_they_stand_in() {
        let kinds =
            ["allergy-same", "interaction.onc-ssri-maoi", "duplicate.ssri", "daily-limit.ibuprofen", "kidney.x.y"];
        assert_eq!(kinds.map(kind), ["allergy", "interaction", "duplicate", "dose", "kidney"]);
    }
}
