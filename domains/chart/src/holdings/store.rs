//! SQL of what charts hold. In the system's context.

use db::{Error, Tx};
use kernel::{Timestamp, ids::PatientId};

/// Entries that stand, by section.
pub(super) struct Counts {
    pub(super) allergies: i64,
    pub(super) problems: i64,
    pub(super) vitals: i64,
    pub(super) immunizations: i64,
    pub(super) history: i64,
    pub(super) documents: i64,
    /// "No allergies known" is its answer.
    pub(super) says_none: bool,
}

/// Of one record, all or those written down at or after `since`.
pub(super) async fn count(tx: &mut Tx, patient: PatientId, since: Option<Timestamp>) -> Result<Counts, Error> {
    Ok(sqlx::query_as!(
        Counts,
        r#"select (select count(*) from allergies where patient_id = $1 and status = 'active' and ($2::timestamptz is null or recorded_at >= $2)) as "allergies!",
                  (select count(*) from problems where patient_id = $1 and status <> 'entered_in_error' and ($2::timestamptz is null or recorded_at >= $2)) as "problems!",
                  (select count(*) from vitals where patient_id = $1 and status = 'recorded' and ($2::timestamptz is null or created_at >= $2)) as "vitals!",
                  (select count(*) from immunizations where patient_id = $1 and status = 'completed' and ($2::timestamptz is null or recorded_at >= $2)) as "immunizations!",
                  (select count(*) from history_entries where patient_id = $1 and status = 'current' and ($2::timestamptz is null or recorded_at >= $2)) as "history!",
                  (select count(*) from documents where patient_id = $1 and removed_at is null and ($2::timestamptz is null or uploaded_at >= $2)) as "documents!",
                  exists (select from allergy_answers where patient_id = $1 and answer = 'none_known') as "says_none!""#,
        patient as PatientId,
        since as Option<Timestamp>
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Doctors to whom one of the two is closed and the other is open: once they are joined, both are closed to them.
pub(super) async fn count_closed(tx: &mut Tx, one: PatientId, other: PatientId) -> Result<i64, Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"with last as (
               select distinct on (patient_id, practitioner_id) patient_id, practitioner_id, decision, ends_at
               from consents where patient_id in ($1, $2) order by patient_id, practitioner_id, version desc)
           select count(distinct c.practitioner_id) as "count!" from last c
           where c.decision = 'revoked' and (
               exists (select from care_links l where l.practitioner_id = c.practitioner_id and l.patient_id in ($1, $2)
                       and l.patient_id <> c.patient_id and l.closed_at is null and (l.valid_until is null or l.valid_until > $3))
               or exists (select from last g where g.practitioner_id = c.practitioner_id and g.patient_id <> c.patient_id
                          and g.decision = 'given' and (g.ends_at is null or g.ends_at > $3)))"#,
        one as PatientId,
        other as PatientId,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}
