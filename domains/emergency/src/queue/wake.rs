use db::Tx;
use jobs::{Job, When};
use kernel::ids::UrgentRequestId;
use serde::{Deserialize, Serialize};

use super::store;
use crate::ladder::Climb;

/// A doctor may be there for those who wait: they look now and not at their next time.
#[derive(Clone, Copy, Serialize, Deserialize, Debug)]
pub struct Wake {
    /// Those before this request alone, for whom it has left a doctor; else all.
    pub before: Option<UrgentRequestId>,
}

impl Job for Wake {
    const NAME: &'static str = "emergency.wake";
}

/// Lets all who wait in the pool climb at once; the order is kept by `left_for`, whichever of them comes first. In the system's context.
pub async fn wake(tx: &mut Tx, due: Wake) -> Result<(), db::Error> {
    for (request, step) in store::bring_forward(tx, due.before).await? {
        jobs::enqueue(tx, &Climb { request, step }, When::Now).await?;
    }
    Ok(())
}
