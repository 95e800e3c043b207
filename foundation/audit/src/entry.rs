use db::Tx;
use kernel::ids::PatientId;
use uuid::Uuid;

use crate::store;

/// One thing that was seen or done. Who, in which role and by which request comes from the transaction's context.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// What happened: `read`, `signed`, `downloaded` …
    pub action: &'static str,
    /// To what kind of thing: `visit_note`, `allergies`, `prescription` …
    pub object: &'static str,
    pub object_id: Uuid,
    /// Whose record it touches.
    pub patient: Option<PatientId>,
    /// Why: `care`, `own record`, `payment`, `operations` …
    pub purpose: &'static str,
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    Refused,
}

impl Outcome {
    const fn word(self) -> &'static str {
        match self {
            Self::Done => "ok",
            Self::Refused => "refused",
        }
    }
}

impl Entry {
    /// Record the attempt with its outcome. The row's number in its chain.
    pub async fn record(&self, tx: &mut Tx, outcome: Outcome) -> Result<i64, db::Error> {
        store::append(tx, self, outcome.word()).await
    }
}

/// Record what is done in this transaction: both happen, or neither. Reads of a chart call `audit.append` in the reading
/// statement itself instead. The row's number in its chain.
pub async fn record(tx: &mut Tx, entry: Entry) -> Result<i64, db::Error> {
    entry.record(tx, Outcome::Done).await
}
