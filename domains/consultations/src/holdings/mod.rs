//! What visits say before two records are joined (`people::joins`): how many there were, and which must be signed first.

mod store;

use async_trait::async_trait;
use db::Tx;
use kernel::{Timestamp, ids::PatientId};
use people::joins::{Held, Holdings, Obstacle, Pair, Seen};
use vault::Vault;

/// Put into `people::joins::Parts` by the server.
#[derive(Debug, Clone, Copy, Default)]
pub struct VisitHoldings;

#[async_trait]
impl Holdings for VisitHoldings {
    async fn look(&self, tx: &mut Tx, _vault: &Vault, Pair { one, other }: Pair) -> Result<Seen, db::Error> {
        let (first, second) = (store::count(tx, one).await?, store::count(tx, other).await?);
        let obstacle = |of, count| Obstacle { key: "consultations-join-obstacle", of, count };
        Ok(Seen {
            holds: vec![Held { key: "consultations-join-visits", one: first.all, other: second.all }],
            conflicts: Vec::new(),
            obstacles: vec![obstacle(one, first.unsigned), obstacle(other, second.unsigned)],
        })
    }

    async fn since(
        &self,
        tx: &mut Tx,
        survivor: PatientId,
        since: Timestamp,
    ) -> Result<Vec<(&'static str, i64)>, db::Error> {
        Ok(vec![("consultations-join-visits", store::count_since(tx, survivor, since).await?)])
    }
}
