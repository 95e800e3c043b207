//! One letter a day instead of many, for what can wait.

use db::Tx;
use kernel::{Timestamp, ids::AccountId};

use crate::{
    store,
    topic::{Reach, Topic, Way},
    wishes::wishes,
};

/// One thing that was told within the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub kind: String,
    pub subject: String,
    pub link: Option<String>,
    pub told_at: Timestamp,
}

/// Whose letter is due. Needs a system context.
pub async fn due(tx: &mut Tx, limit: i64) -> Result<Vec<AccountId>, db::Error> {
    store::digest::list_due(tx, limit).await
}

/// What is due for this reader and still wanted, oldest first; taken with this transaction, so that nothing is said twice. Needs a
/// system context.
pub async fn take(tx: &mut Tx, account: AccountId) -> Result<Vec<Line>, db::Error> {
    let mut lines = store::digest::take_due(tx, account).await?;
    let wishes = wishes(tx, account).await?;
    let reach = Reach { email: true, phone: false };
    lines.retain(|line| wishes.wants(Topic::of(&line.kind), Way::Email, reach));
    Ok(lines)
}
