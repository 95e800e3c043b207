//! What the calendar says before two records are joined (`people::joins`): appointments, and those that must be over first.

mod store;

use async_trait::async_trait;
use db::Tx;
use kernel::{Timestamp, ids::PatientId};
use people::joins::{Conflict, Held, Holdings, Obstacle, Pair, Seen};
use vault::Vault;

/// Put into `people::joins::Parts` by the server.
#[derive(Debug, Clone, Copy, Default)]
pub struct AppointmentHoldings;

#[async_trait]
impl Holdings for AppointmentHoldings {
    async fn look(&self, tx: &mut Tx, _vault: &Vault, Pair { one, other }: Pair) -> Result<Seen, db::Error> {
        let (first, second) = (store::count(tx, one).await?, store::count(tx, other).await?);
        let both_coming = if first.coming > 0 && second.coming > 0 { first.coming + second.coming } else { 0 };
        let obstacle = |key, of, count| Obstacle { key, of, count };
        Ok(Seen {
            holds: vec![
                Held { key: "scheduling-join-appointments", one: first.all, other: second.all },
                Held { key: "scheduling-join-coming", one: first.coming, other: second.coming },
            ],
            conflicts: vec![Conflict { key: "scheduling-join-both-coming", count: both_coming }],
            obstacles: vec![
                obstacle("scheduling-join-obstacle-coming", one, first.coming),
                obstacle("scheduling-join-obstacle-coming", other, second.coming),
                obstacle("scheduling-join-obstacle-waiting", one, first.waiting),
                obstacle("scheduling-join-obstacle-waiting", other, second.waiting),
            ],
        })
    }

    async fn since(
        &self,
        tx: &mut Tx,
        survivor: PatientId,
        since: Timestamp,
    ) -> Result<Vec<(&'static str, i64)>, db::Error> {
        Ok(vec![("scheduling-join-appointments", store::count_since(tx, survivor, since).await?)])
    }
}
