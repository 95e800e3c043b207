//! SQL of presence and of who waits.

use access::Actor;
use db::{Error, Tx};
use kernel::{
    Timestamp,
    ids::{AppointmentId, EventId, PatientId, PractitionerId, VisitId},
};

use super::presence::{GONE_SECONDS, Presence};

/// A heartbeat at an appointment's rooms (or, without one, at the doctor's desk).
pub(crate) async fn beat(tx: &mut Tx, actor: &Actor, appointment: Option<AppointmentId>) -> Result<(), Error> {
    let (now, id) = (tx.now(), tx.id::<EventId>());
    sqlx::query!(
        r#"insert into presences (id, account_id, practitioner_id, appointment_id, seen_at, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $5, $5)
           on conflict (account_id, appointment_id) do update set seen_at = excluded.seen_at, updated_at = excluded.updated_at"#,
        id as EventId,
        actor.account as kernel::ids::AccountId,
        actor.practitioner as Option<PractitionerId>,
        appointment as Option<AppointmentId>,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// When anybody but the asker was last seen at this appointment.
pub(crate) async fn other_seen_at(tx: &mut Tx, appointment: AppointmentId) -> Result<Option<Timestamp>, Error> {
    Ok(sqlx::query_scalar!(r#"select app.other_seen_at($1) as "seen: Timestamp""#, appointment as AppointmentId)
        .fetch_one(tx.conn())
        .await?)
}

/// When the doctor was last seen anywhere.
pub(crate) async fn practitioner_seen_at(
    tx: &mut Tx,
    practitioner: PractitionerId,
) -> Result<Option<Timestamp>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select app.practitioner_seen_at($1) as "seen: Timestamp""#,
        practitioner as PractitionerId
    )
    .fetch_one(tx.conn())
    .await?)
}

/// What the waiting room says of one appointment.
#[derive(Debug, Clone)]
pub(crate) struct Room {
    pub(crate) id: AppointmentId,
    pub(crate) practitioner: PractitionerId,
    pub(crate) practitioner_name: String,
    pub(crate) mode: String,
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Timestamp,
    pub(crate) status: String,
    pub(crate) visit_status: String,
    pub(crate) visit: Option<VisitId>,
}

/// The waiting room of an appointment of this person.
pub(crate) async fn find_room(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<Option<Room>, Error> {
    sqlx::query_as!(
        Room,
        r#"select a.id as "id: AppointmentId", a.practitioner_id as "practitioner: PractitionerId",
                  d.full_name as practitioner_name, a.mode, a.starts_at as "starts_at: Timestamp",
                  a.ends_at as "ends_at: Timestamp", a.status, a.visit_status, v.id as "visit?: VisitId"
           from appointments a join practitioners d on d.id = a.practitioner_id
               left join visits v on v.appointment_id = a.id
           where a.id = $1 and (a.patient_id = any ($2) or a.practitioner_id = $3)"#,
        id as AppointmentId,
        &actor.patients as &[PatientId],
        actor.practitioner as Option<PractitionerId>
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(Into::into)
}

/// Somebody in a doctor's waiting room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub appointment: AppointmentId,
    pub patient: PatientId,
    pub patient_name: String,
    pub mode: String,
    pub starts_at: Timestamp,
    pub arrived_at: Timestamp,
    pub here: Presence,
}

/// Who waits for this doctor, in the order of the promised time, then of arrival.
pub async fn list_for(tx: &mut Tx, practitioner: PractitionerId) -> Result<Vec<Waiting>, Error> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select a.id as "appointment: AppointmentId", a.patient_id as "patient: PatientId",
                  coalesce(p.preferred_name, p.full_name) as "patient_name!", a.mode, a.starts_at as "starts_at: Timestamp",
                  coalesce(a.arrived_at, a.starts_at) as "arrived_at!: Timestamp", app.other_seen_at(a.id) as "seen: Timestamp"
           from appointments a join patients p on p.id = a.patient_id
           where a.practitioner_id = $1 and a.status = 'confirmed' and a.visit_status = 'waiting'
             and a.ends_at > $2::timestamptz - interval '6 hours'
           order by a.starts_at, a.arrived_at, a.id"#,
        practitioner as PractitionerId,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            // Who has only just arrived has not had time for a heartbeat.
            let arrived = Some(row.arrived_at).filter(|at| now.seconds_since(*at) <= GONE_SECONDS);
            Waiting {
                appointment: row.appointment,
                patient: row.patient,
                patient_name: row.patient_name,
                mode: row.mode,
                starts_at: row.starts_at,
                arrived_at: row.arrived_at,
                here: Presence::at(now, row.seen.max(arrived)),
            }
        })
        .collect())
}

/// Heartbeats that say nothing any more.
pub(crate) async fn delete_stale(tx: &mut Tx) -> Result<u64, Error> {
    let before = tx.now().plus_days(-1);
    Ok(sqlx::query!("delete from presences where seen_at < $1", before as Timestamp)
        .execute(tx.conn())
        .await?
        .rows_affected())
}
