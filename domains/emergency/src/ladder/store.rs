//! SQL of the ladder: who could help, what could give way, and the steps that were taken.

use db::Tx;
use kernel::{
    TimeSlot, Timestamp,
    ids::{AppointmentId, PatientId, PractitionerId, ServiceId, UrgentRequestId},
};

use super::Outcome;
use crate::requests::{Request, Rung, policy};

pub(super) async fn insert_step(tx: &mut Tx, held: &Request, outcome: &Outcome) -> Result<(), db::Error> {
    let now = tx.now();
    let (appointment, displaced) = match outcome {
        Outcome::Taken { appointment, displaced } => (Some(appointment), *displaced),
        Outcome::Offered(_) | Outcome::Nothing | Outcome::Kept | Outcome::NotForGuests | Outcome::HandedOver => {
            (None, None)
        }
    };
    let offers = if let Outcome::Offered(offers) = outcome { *offers } else { 0 };
    sqlx::query!(
        "insert into urgent_steps (request_id, number, rung, outcome, practitioner_id, appointment_id, displaced_id, offers, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        held.id as UrgentRequestId,
        held.step,
        held.rung.code(),
        outcome.code(),
        appointment.map(|a| a.practitioner) as Option<PractitionerId>,
        appointment.map(|a| a.id) as Option<AppointmentId>,
        displaced as Option<AppointmentId>,
        offers,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Steps on one rung that were taken.
pub(super) async fn count_steps(tx: &mut Tx, id: UrgentRequestId, rung: Rung) -> Result<i32, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select count(*)::int as "count!" from urgent_steps where request_id = $1 and rung = $2"#,
        id as UrgentRequestId,
        rung.code()
    )
    .fetch_one(tx.conn())
    .await?)
}

/// A step, for the pages that tell of it.
pub(crate) struct Step {
    pub(crate) rung: String,
    pub(crate) outcome: String,
    pub(crate) offers: i32,
    pub(crate) at: Timestamp,
}

pub(crate) async fn list_steps(tx: &mut Tx, id: UrgentRequestId) -> Result<Vec<Step>, db::Error> {
    Ok(sqlx::query_as!(
        Step,
        r#"select rung, outcome, offers, at as "at: Timestamp" from urgent_steps where request_id = $1 order by number"#,
        id as UrgentRequestId
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Doctors who see people from afar without being asked first: those of the language, then of the country, first.
pub(super) async fn list_capable(
    tx: &mut Tx,
    language: &str,
    country: Option<&str>,
) -> Result<Vec<PractitionerId>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select p.id as "id: PractitionerId" from practitioners p
           where p.status = 'published'
             and exists (select from services s where s.practitioner_id = p.id and s.active and s.mode in ('video', 'audio')
                         and not s.requires_approval)
           order by ($1 = any (p.languages)) desc, coalesce(p.country = $2, false) desc, p.id limit 200"#,
        language,
        country
    )
    .fetch_all(tx.conn())
    .await?)
}

/// A doctor who takes one more today.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extra {
    pub(super) doctor: PractitionerId,
    pub(super) service: ServiceId,
}

/// Those who have room for another beside what is booked, with their shortest service from afar.
pub(super) async fn list_with_room(
    tx: &mut Tx,
    language: &str,
    country: Option<&str>,
) -> Result<Vec<Extra>, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        Extra,
        r#"select p.id as "doctor: PractitionerId", s.id as "service: ServiceId"
           from practitioners p join urgent_doctors u on u.practitioner_id = p.id and u.extra_per_day > 0
                cross join lateral (select s.id from services s where s.practitioner_id = p.id and s.active
                    and s.mode in ('video', 'audio') and not s.requires_approval
                    order by s.mode = 'video' desc, s.duration_min, s.id limit 1) s
           where p.status = 'published'
             and (select count(*) from appointments a where a.practitioner_id = p.id and a.overbooked
                  and a.status in ('confirmed', 'fulfilled') and a.created_at > $3::timestamptz - interval '24 hours') < u.extra_per_day
           order by ($1 = any (p.languages)) desc, coalesce(p.country = $2, false) desc, p.id limit 100"#,
        language,
        country,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Nobody else puts a visit beside others of this doctor meanwhile.
pub(super) async fn lock_extra(tx: &mut Tx, doctor: PractitionerId) -> Result<(), db::Error> {
    sqlx::query!(
        r#"select pg_advisory_xact_lock(hashtextextended('emergency.extra/' || $1::text, 0)) as "doctor!: ()""#,
        doctor.to_string()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn has_room(tx: &mut Tx, doctor: PractitionerId) -> Result<bool, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"select coalesce((select extra_per_day from urgent_doctors where practitioner_id = $1), 0)
               > (select count(*) from appointments a where a.practitioner_id = $1 and a.overbooked
                  and a.status in ('confirmed', 'fulfilled') and a.created_at > $2::timestamptz - interval '24 hours') as "room!""#,
        doctor as PractitionerId,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}

/// The visits of these doctors around a time, without their buffers.
pub(super) async fn list_visits(
    tx: &mut Tx,
    doctors: &[PractitionerId],
    around: TimeSlot,
) -> Result<Vec<(PractitionerId, TimeSlot)>, db::Error> {
    let ids: Vec<uuid::Uuid> = doctors.iter().map(|doctor| doctor.uuid()).collect();
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select practitioner_id as "doctor: PractitionerId", starts_at as "starts_at: Timestamp", ends_at as "ends_at: Timestamp"
           from appointments where practitioner_id = any ($1) and starts_at < $3 and ends_at > $2
             and (status = 'confirmed' or (status in ('requested', 'held') and hold_expires_at > $4)) order by starts_at"#,
        &ids,
        around.starts_at() as Timestamp,
        around.ends_at() as Timestamp,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    let visits = rows.into_iter().filter_map(|row| Some((row.doctor, TimeSlot::new(row.starts_at, row.ends_at)?)));
    Ok(visits.collect())
}

/// Visits that may give way to this request, the least urgent first, then the nearest.
pub(super) async fn list_yielding(
    tx: &mut Tx,
    held: &Request,
    patient: PatientId,
) -> Result<Vec<AppointmentId>, db::Error> {
    let now = tx.now();
    let rested = now.plus_days(-policy::DISPLACED_REST_DAYS);
    let (from, until) =
        (now.plus_minutes(policy::DISPLACE_AFTER_MINUTES), now.plus_minutes(policy::DISPLACE_WITHIN_MINUTES));
    Ok(sqlx::query_scalar!(
        r#"select a.id as "id: AppointmentId" from appointments a
           join practitioners p on p.id = a.practitioner_id and p.status = 'published'
           left join urgent_requests r on r.appointment_id = a.id
           where a.status = 'confirmed' and a.visit_status = 'not_open' and not a.overbooked and a.mode in ('video', 'audio')
             and a.starts_at > $1 and a.starts_at <= $2 and a.patient_id <> $3
             and coalesce(r.acuity, 5) > $4
             -- Nobody gives way twice: neither the person lately, nor the visit that came instead.
             and not exists (select from urgent_steps s join appointments d on d.id = s.displaced_id
                             where d.patient_id = a.patient_id and s.at > $5)
             and not exists (select from appointment_choices c where c.rebooked_as = a.id and c.cause = 'displaced')
             and not exists (select from appointments own where own.patient_id = $3 and own.status in ('requested', 'held', 'confirmed')
                             and own.starts_at < a.ends_at and own.ends_at > a.starts_at)
           order by coalesce(r.acuity, 5) desc, a.starts_at, a.created_at desc limit 5"#,
        from as Timestamp,
        until as Timestamp,
        patient as PatientId,
        i32::from(held.acuity.level()),
        rested as Timestamp
    )
    .fetch_all(tx.conn())
    .await?)
}
