//! SQL of what the calendar holds. In the system's context.

use db::{Error, Tx};
use kernel::{Timestamp, ids::PatientId};

pub(super) struct Counts {
    pub(super) all: i64,
    /// Asked for, held or confirmed, and not over; also an hour that has begun.
    pub(super) coming: i64,
    /// Places on the waiting list.
    pub(super) waiting: i64,
}

pub(super) async fn count(tx: &mut Tx, patient: PatientId) -> Result<Counts, Error> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        Counts,
        r#"select count(*) as "all!",
                  count(*) filter (where status = 'confirmed' and visit_status not in ('ended', 'signed')
                                   or status in ('requested', 'held') and hold_expires_at > $2) as "coming!",
                  (select count(*) from waiting_list w where w.patient_id = $1 and w.status = 'waiting') as "waiting!"
           from appointments where patient_id = $1"#,
        patient as PatientId,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}

pub(super) async fn count_since(tx: &mut Tx, patient: PatientId, since: Timestamp) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from appointments where patient_id = $1 and created_at >= $2"#,
        patient as PatientId,
        since as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}
