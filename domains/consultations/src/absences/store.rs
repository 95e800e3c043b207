//! SQL of visits that should have begun.

use db::{Error, Tx};
use kernel::{Timestamp, ids::AppointmentId};

use super::verdict::Seen;

/// Remote visits of the last day whose start has passed and that nobody has begun, with what the heartbeats say.
pub(super) async fn list_overdue(tx: &mut Tx, limit: i64) -> Result<Vec<(AppointmentId, Seen)>, Error> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select a.id as "id: AppointmentId", a.starts_at as "starts_at: Timestamp", a.ends_at as "ends_at: Timestamp",
                  case when a.visit_status = 'waiting' then coalesce(a.arrived_at, a.starts_at) end as "arrived_at: Timestamp",
                  (select max(p.seen_at) from presences p where p.appointment_id = a.id
                     and p.practitioner_id is distinct from a.practitioner_id) as "patient_at: Timestamp",
                  (select max(p.seen_at) from presences p where p.practitioner_id = a.practitioner_id) as "doctor_at: Timestamp"
           from appointments a
           where a.status = 'confirmed' and a.visit_status in ('not_open', 'waiting') and a.mode <> 'in_person'
             and a.starts_at <= $1 and a.starts_at > $1::timestamptz - interval '1 day'
           order by a.starts_at, a.id limit $2"#,
        now as Timestamp,
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let seen = Seen {
                starts_at: row.starts_at,
                ends_at: row.ends_at,
                arrived_at: row.arrived_at,
                patient_at: row.patient_at,
                doctor_at: row.doctor_at,
            };
            (row.id, seen)
        })
        .collect())
}
