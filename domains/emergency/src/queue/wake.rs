use db::Tx;
use jobs::{Job, When};
use kernel::{Timestamp, ids::UrgentRequestId};
use serde::{Deserialize, Serialize};

use super::store;
use crate::ladder::Climb;

/// What happens within so many seconds is one waking, at their end.
const TOGETHER_SECONDS: i64 = 2;

/// A doctor may be there for those who wait: they look now and not at their next time.
#[derive(Clone, Copy, Serialize, Deserialize, Debug)]
pub struct Wake {
    /// Those before this request alone, for whom it has left a doctor; else all.
    pub before: Option<UrgentRequestId>,
}

impl Job for Wake {
    const NAME: &'static str = "emergency.wake";
}

/// In a moment; once, whatever else happens until then.
pub(crate) async fn plan_wake(tx: &mut Tx, before: Option<UrgentRequestId>) -> Result<(), db::Error> {
    let turn = tx.now().unix_seconds().div_euclid(TOGETHER_SECONDS) + 1;
    let at = Timestamp::from_unix_seconds(turn * TOGETHER_SECONDS);
    let whom = before.map_or_else(|| "all".to_owned(), |id| id.to_string());
    jobs::enqueue_once(tx, &Wake { before }, &format!("{whom}/{turn}"), When::At(at)).await
}

/// Lets all who wait in the pool climb at once; the order is kept by `left_for`, whichever of them comes first. In the system's context.
pub async fn wake(tx: &mut Tx, due: Wake) -> Result<(), db::Error> {
    for (request, step) in store::bring_forward(tx, due.before).await? {
        jobs::enqueue(tx, &Climb { request, step }, When::Now).await?;
    }
    Ok(())
}
