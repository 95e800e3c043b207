use db::Tx;
use kernel::Timestamp;

use crate::{Verification, store};

/// Findings that are kept in words; how many there are in all, the command says.
const KEPT: usize = 100;

/// A verification that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub at: Timestamp,
    pub rows: i64,
    pub anchored: i64,
    /// In words; empty where the trail was sound.
    pub findings: Vec<String>,
}

/// Keep what a verification saw. Needs a system context.
pub async fn keep(tx: &mut Tx, seen: &Verification) -> Result<(), db::Error> {
    let findings: Vec<String> = seen.findings.iter().take(KEPT).map(ToString::to_string).collect();
    store::insert_verification(tx, seen, &findings).await
}

/// The latest verification; administrators see it.
pub async fn last_verified(tx: &mut Tx) -> Result<Option<Verified>, db::Error> {
    store::find_last_verification(tx).await
}
