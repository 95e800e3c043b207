use db::Tx;
use kernel::{Timestamp, ids::PractitionerId};

pub(super) struct Firings<'a> {
    pub(super) marks: &'a [Vec<u8>],
    pub(super) rules: &'a [String],
    pub(super) tiers: &'a [String],
}

/// Counts each once; one that was overridden stays so.
pub(super) async fn set_counted(
    tx: &mut Tx,
    practitioner: PractitionerId,
    firings: Firings<'_>,
    outcome: &str,
) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into alert_firings (mark, practitioner_id, rule, tier, outcome, shown_at)
         select f.mark, $1, f.rule, f.tier, $5, $6 from unnest($2::bytea[], $3::text[], $4::text[]) as f (mark, rule, tier)
         on conflict (mark) do update set outcome = excluded.outcome, updated_at = excluded.shown_at
             where alert_firings.outcome = 'shown'",
        practitioner as PractitionerId,
        firings.marks,
        firings.rules,
        firings.tiers,
        outcome,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A rule and how it fared.
pub(super) struct Row {
    pub(super) rule: String,
    pub(super) tier: String,
    pub(super) shown: i64,
    pub(super) overridden: i64,
    pub(super) prescribers: i64,
}

/// Rules that interrupted since then, the most often shown first.
pub(super) async fn list_rules(tx: &mut Tx, since: Timestamp) -> Result<Vec<Row>, db::Error> {
    Ok(sqlx::query_as!(
        Row,
        r#"select rule, tier, count(*) as "shown!", count(*) filter (where outcome = 'overridden') as "overridden!",
                  count(distinct practitioner_id) as "prescribers!"
           from alert_firings where shown_at >= $1
           group by rule, tier order by count(*) desc, rule, tier limit 200"#,
        since as Timestamp
    )
    .fetch_all(tx.conn())
    .await?)
}
