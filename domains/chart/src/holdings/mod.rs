//! What charts say before two records are joined (`people::joins`): how much each holds, and where they contradict each other. Counts and
//! kinds for an administrator, who reads no chart.

mod store;

use async_trait::async_trait;
use db::Tx;
use kernel::{Timestamp, ids::PatientId};
use people::joins::{Conflict, Held, Holdings, Pair, Seen};
use vault::Vault;

/// Put into `people::joins::Parts` by the server.
#[derive(Debug, Clone, Copy, Default)]
pub struct ChartHoldings;

#[async_trait]
impl Holdings for ChartHoldings {
    async fn look(&self, tx: &mut Tx, _vault: &Vault, Pair { one, other }: Pair) -> Result<Seen, db::Error> {
        let (first, second) = (store::count(tx, one, None).await?, store::count(tx, other, None).await?);
        let held = |key, one, other| Held { key, one, other };
        let denied = |denies: &store::Counts, lists: &store::Counts| {
            if denies.says_none && lists.allergies > 0 { lists.allergies } else { 0 }
        };
        let both_list =
            if first.allergies > 0 && second.allergies > 0 { first.allergies + second.allergies } else { 0 };
        Ok(Seen {
            holds: vec![
                held("chart-allergies-title", first.allergies, second.allergies),
                held("chart-problems-title", first.problems, second.problems),
                held("chart-vitals-title", first.vitals, second.vitals),
                held("chart-immunizations-title", first.immunizations, second.immunizations),
                held("chart-history-title", first.history, second.history),
                held("chart-documents-title", first.documents, second.documents),
            ],
            conflicts: vec![
                Conflict {
                    key: "chart-join-allergies-denied",
                    count: denied(&first, &second).max(denied(&second, &first)),
                },
                Conflict { key: "chart-join-allergies-both", count: both_list },
                Conflict { key: "chart-join-closed-to", count: store::count_closed(tx, one, other).await? },
            ],
            obstacles: Vec::new(),
        })
    }

    async fn since(
        &self,
        tx: &mut Tx,
        survivor: PatientId,
        since: Timestamp,
    ) -> Result<Vec<(&'static str, i64)>, db::Error> {
        let counts = store::count(tx, survivor, Some(since)).await?;
        Ok(vec![
            ("chart-allergies-title", counts.allergies),
            ("chart-problems-title", counts.problems),
            ("chart-vitals-title", counts.vitals),
            ("chart-immunizations-title", counts.immunizations),
            ("chart-history-title", counts.history),
            ("chart-documents-title", counts.documents),
        ])
    }
}
