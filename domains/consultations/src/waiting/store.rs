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
    pub(crate) patient: PatientId,
    pub(crate) practitioner: PractitionerId,
    pub(crate) practitioner_name: String,
    pub(crate) mode: String,
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Timestamp,
    pub(crate) status: String,
    pub(crate) visit_status: String,
    pub(crate) visit: Option<VisitId>,
    pub(crate) away_since: Option<Timestamp>,
    pub(crate) called_back_at: Option<Timestamp>,
}

/// The waiting room of an appointment of this person.
pub(crate) async fn find_room(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<Option<Room>, Error> {
    sqlx::query_as!(
        Room,
        r#"select a.id as "id: AppointmentId", a.patient_id as "patient: PatientId", a.practitioner_id as "practitioner: PractitionerId",
                  d.full_name as practitioner_name, a.mode, a.starts_at as "starts_at: Timestamp",
                  a.ends_at as "ends_at: Timestamp", a.status, a.visit_status, v.id as "visit?: VisitId",
                  w.away_since as "away_since?: Timestamp", w.called_back_at as "called_back_at?: Timestamp"
           from appointments a join practitioners d on d.id = a.practitioner_id
               left join waiting_places w on w.appointment_id = a.id
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
    /// 1 to 5; 1 is seen first.
    pub acuity: i32,
    /// Since when they have stepped out.
    pub away_since: Option<Timestamp>,
    pub called_back_at: Option<Timestamp>,
}

/// Who waits for this doctor, in the order of the queue.
pub async fn list_for(tx: &mut Tx, practitioner: PractitionerId) -> Result<Vec<Waiting>, Error> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select a.id as "appointment: AppointmentId", a.patient_id as "patient: PatientId",
                  coalesce(p.preferred_name, p.full_name) as "patient_name!", a.mode, a.starts_at as "starts_at: Timestamp",
                  coalesce(a.arrived_at, a.starts_at) as "arrived_at!: Timestamp", app.other_seen_at(a.id) as "seen: Timestamp",
                  app.waiting_acuity(a.id) as "acuity!", w.away_since as "away_since?: Timestamp",
                  w.called_back_at as "called_back_at?: Timestamp"
           from appointments a join patients p on p.id = a.patient_id left join waiting_places w on w.appointment_id = a.id
           where a.practitioner_id = $1 and a.status = 'confirmed' and a.visit_status = 'waiting'
             and a.ends_at > $2::timestamptz - interval '6 hours'
           order by app.waiting_acuity(a.id), a.starts_at, a.arrived_at, a.id"#,
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
                acuity: row.acuity,
                away_since: row.away_since,
                called_back_at: row.called_back_at,
            }
        })
        .collect())
}

/// What is changed about a place.
#[derive(Debug, Clone, Copy)]
pub(super) enum Change {
    Acuity(i32),
    StepOut,
    ComeBack,
    CallBack,
}

/// What is said of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Place {
    #[serde(skip)]
    pub patient: PatientId,
    #[serde(skip)]
    pub practitioner: PractitionerId,
    /// 1 is seen first, 5 last; none where nobody said.
    pub acuity: Option<i16>,
    /// Since when the patient has stepped out.
    pub away_since: Option<Timestamp>,
    pub called_back_at: Option<Timestamp>,
}

/// Changes a place of somebody who waits, as far as this person may; none where nobody of theirs waits there.
pub(super) async fn set_place(
    tx: &mut Tx,
    actor: &Actor,
    (id, change): (AppointmentId, Change),
) -> Result<Option<Place>, Error> {
    let now = tx.now();
    let acuity = if let Change::Acuity(acuity) = change { i16::try_from(acuity).ok() } else { None };
    let (out, back, call) =
        (matches!(change, Change::StepOut), matches!(change, Change::ComeBack), matches!(change, Change::CallBack));
    Ok(sqlx::query_as!(
        Place,
        r#"insert into waiting_places as w (appointment_id, patient_id, practitioner_id, acuity, away_since, created_at, updated_at)
           select a.id, a.patient_id, a.practitioner_id, $4::smallint, case when $5 then $8::timestamptz end, $8, $8
           from appointments a
           where a.id = $1 and (a.patient_id = any ($2) or a.practitioner_id = $3) and a.status = 'confirmed' and a.visit_status = 'waiting'
             and (not $7 or exists (select from waiting_places p where p.appointment_id = a.id and p.away_since is not null))
           on conflict (appointment_id) do update set
               acuity = coalesce($4::smallint, w.acuity),
               away_since = case when $5 then coalesce(w.away_since, $8) when $6 then null else w.away_since end,
               called_back_at = case when $5 or $6 then null when $7 then coalesce(w.called_back_at, $8) else w.called_back_at end,
               updated_at = $8
           returning patient_id as "patient: PatientId", practitioner_id as "practitioner: PractitionerId", acuity,
               away_since as "away_since: Timestamp", called_back_at as "called_back_at: Timestamp""#,
        id as AppointmentId,
        &actor.patients as &[PatientId],
        actor.practitioner as Option<PractitionerId>,
        acuity,
        out,
        back,
        call,
        now as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Somebody whose turn comes, and the account that is told.
#[derive(Debug, Clone)]
pub(super) struct Turn {
    pub(super) appointment: AppointmentId,
    pub(super) account: kernel::ids::AccountId,
    pub(super) practitioner_name: String,
    /// How many are before them.
    pub(super) ahead: i32,
    pub(super) away_since: Option<Timestamp>,
}

/// Those who wait for the doctor of this appointment on its day and have two before them at most. In the system's context.
pub(super) async fn list_turns(tx: &mut Tx, of: AppointmentId) -> Result<Vec<Turn>, Error> {
    Ok(sqlx::query_as!(
        Turn,
        r#"select a.id as "appointment: AppointmentId", app.account_for(a.patient_id, a.booked_by) as "account!: kernel::ids::AccountId",
                  d.full_name as practitioner_name, q.ahead as "ahead!", w.away_since as "away_since?: Timestamp"
           from appointments one join practitioners d on d.id = one.practitioner_id
               join appointments a on a.practitioner_id = one.practitioner_id and a.status = 'confirmed' and a.visit_status = 'waiting'
                   and (a.starts_at at time zone d.time_zone)::date = (one.starts_at at time zone d.time_zone)::date
               left join waiting_places w on w.appointment_id = a.id
               cross join lateral app.queue_of(a.id, date_trunc('day', one.starts_at, d.time_zone),
                   ((one.starts_at at time zone d.time_zone)::date + 1)::timestamp at time zone d.time_zone) q
           where one.id = $1 and q.ahead <= 2 and app.account_for(a.patient_id, a.booked_by) is not null
           order by q.ahead, a.id"#,
        of as AppointmentId
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Whom a call back reaches. In the system's context.
pub(super) async fn find_turn(tx: &mut Tx, id: AppointmentId) -> Result<Option<Turn>, Error> {
    Ok(sqlx::query_as!(
        Turn,
        r#"select a.id as "appointment: AppointmentId", app.account_for(a.patient_id, a.booked_by) as "account!: kernel::ids::AccountId",
                  d.full_name as practitioner_name, 0 as "ahead!", w.away_since as "away_since?: Timestamp"
           from appointments a join practitioners d on d.id = a.practitioner_id join waiting_places w on w.appointment_id = a.id
           where a.id = $1 and a.visit_status = 'waiting' and app.account_for(a.patient_id, a.booked_by) is not null"#,
        id as AppointmentId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Heartbeats that say nothing any more.
pub(crate) async fn delete_stale(tx: &mut Tx) -> Result<u64, Error> {
    let before = tx.now().plus_days(-1);
    Ok(sqlx::query!("delete from presences where seen_at < $1", before as Timestamp)
        .execute(tx.conn())
        .await?
        .rows_affected())
}
