//! SQL of how many visits there were. In the system's context.

use db::{Error, Tx};
use kernel::{Timestamp, ids::PatientId};

pub(super) struct Counts {
    pub(super) all: i64,
    /// Open, or ended with a note that is still to be signed.
    pub(super) unsigned: i64,
}

pub(super) async fn count(tx: &mut Tx, patient: PatientId) -> Result<Counts, Error> {
    Ok(sqlx::query_as!(
        Counts,
        r#"select count(*) as "all!",
                  count(*) filter (where status = 'open' or (status = 'ended' and incomplete_reason is null)) as "unsigned!"
           from visits where patient_id = $1"#,
        patient as PatientId
    )
    .fetch_one(tx.conn())
    .await?)
}

pub(super) async fn count_since(tx: &mut Tx, patient: PatientId, since: Timestamp) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from visits where patient_id = $1 and started_at >= $2"#,
        patient as PatientId,
        since as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}
