use db::{Context, Tx};
use kernel::ids::PractitionerId;

use super::store;
use crate::ledger;

/// How many shares one transaction releases.
const ROUND: i64 = 200;

/// Book what has become available: of one payee, or of all. How many shares. One under dispute waits, and one of whose payment a refund is
/// under way. System context; two at once release each share once.
pub async fn release_due(tx: &mut Tx, payee: Option<PractitionerId>) -> Result<usize, db::Error> {
    let due = store::lock_due(tx, payee, ROUND).await?;
    let now = tx.now();
    for share in &due {
        store::set_released(tx, share.id, now).await?;
        ledger::post_release(tx, share, now).await?;
    }
    Ok(due.len())
}

async fn round(app: web::App) -> Result<(), jobs::Failed> {
    loop {
        let mut tx = app.db().begin(&Context::system("release shares")).await?;
        let released = release_due(&mut tx, None).await?;
        tx.commit().await?;
        if released < usize::try_from(ROUND).unwrap_or(1) {
            return Ok(());
        }
    }
}

pub(super) fn jobs(jobs: web::Jobs) -> web::Jobs {
    jobs.every("billing.release_shares", 5, round)
}
