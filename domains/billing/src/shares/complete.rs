use db::{Context, Tx};
use kernel::{Timestamp, ids::ChargeId};

use super::store;

/// What a charge was for is done.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
struct CompleteShare {
    charge: ChargeId,
    at: Timestamp,
}

impl jobs::Job for CompleteShare {
    const NAME: &'static str = "billing.complete_share";
}

/// Whoever sold says, in the transaction in which it is done, that nothing more is to come: from then on the dispute window runs.
pub async fn when_done(tx: &mut Tx, charge: ChargeId, at: Timestamp) -> Result<(), db::Error> {
    jobs::enqueue(tx, &CompleteShare { charge, at }, jobs::When::Now).await?;
    Ok(())
}

/// The service was done at `at`. Said again with a later moment, the window begins again, until the share is released. System context.
pub async fn complete(tx: &mut Tx, charge: ChargeId, at: Timestamp) -> Result<(), db::Error> {
    store::set_completed(tx, charge, at).await
}

pub(super) fn jobs(jobs: web::Jobs) -> web::Jobs {
    jobs.on::<CompleteShare, _, _>(|app: web::App, job: CompleteShare| async move {
        let mut tx = app.db().begin(&Context::system("complete share")).await?;
        complete(&mut tx, job.charge, job.at).await?;
        Ok(tx.commit().await?)
    })
}
