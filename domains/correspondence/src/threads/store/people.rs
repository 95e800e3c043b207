//! SQL about the people around a conversation: who may write to whom, who is away, when they work.

use db::Tx;
use kernel::{
    LocalDate, Timestamp, Zone,
    ids::{AccountId, AppointmentId, PatientId, PractitionerId, ThreadId, ThreadMessageId},
};
use uuid::Uuid;

use super::super::{
    carry::Carried,
    model::{Relation, Side, Thread},
    policy::Calendar,
};

/// A care link that would end before so many days is lengthened when a patient writes.
pub(crate) const LINK_DAYS: i64 = 30;

/// Doctors to whom these patients may write now: a visit is agreed, goes on, or ended within `days`; its care link was not closed, and the
/// record was not closed to the doctor since (as `app.basis` judges it).
pub(crate) async fn list_relations(
    tx: &mut Tx,
    patients: &[PatientId],
    doctor: Option<PractitionerId>,
    days: i64,
) -> Result<Vec<Relation>, db::Error> {
    let now = tx.now();
    let patients: Vec<Uuid> = patients.iter().map(|patient| patient.uuid()).collect();
    Ok(sqlx::query_as!(
        Relation,
        r#"select distinct on (a.patient_id, a.practitioner_id) a.patient_id as "patient: PatientId", p.full_name as patient_name,
                  a.practitioner_id as "practitioner: PractitionerId", d.full_name as doctor_name, a.id as "appointment: AppointmentId",
                  coalesce(l.valid_until < $5, false) as "link_ends_soon!"
           from appointments a join practitioners d on d.id = a.practitioner_id and d.status = 'published'
                join patients p on p.id = a.patient_id
                join care_links l on l.source_kind = 'appointment' and l.source_id = a.id and l.closed_at is null
           where a.patient_id = any ($1) and ($2::uuid is null or a.practitioner_id = $2) and a.status in ('confirmed', 'fulfilled')
             and a.ends_at > $3
             and not exists (select from consents c where c.patient_id = a.patient_id and c.practitioner_id = a.practitioner_id
                 and c.decision = 'revoked' and c.decided_at >= l.valid_from
                 and c.version = (select max(o.version) from consents o where o.patient_id = c.patient_id and o.practitioner_id = c.practitioner_id))
           order by a.patient_id, a.practitioner_id, (a.starts_at <= $4) desc, a.starts_at desc"#,
        &patients,
        doctor as Option<PractitionerId>,
        now.plus_days(-days) as Timestamp,
        now as Timestamp,
        now.plus_days(LINK_DAYS) as Timestamp
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Of the present doctor with somebody whom they treat: the visit by which they know each other.
pub(crate) async fn find_relation_of_doctor(
    tx: &mut Tx,
    patient: PatientId,
    doctor: PractitionerId,
) -> Result<Option<Relation>, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        Relation,
        r#"select a.patient_id as "patient: PatientId", p.full_name as patient_name, a.practitioner_id as "practitioner: PractitionerId",
                  d.full_name as doctor_name, a.id as "appointment: AppointmentId", false as "link_ends_soon!"
           from appointments a join practitioners d on d.id = a.practitioner_id join patients p on p.id = a.patient_id
           where a.patient_id = $1 and a.practitioner_id = $2 and a.status in ('confirmed', 'fulfilled') and app.treats(a.patient_id)
           order by (a.starts_at <= $3) desc, a.starts_at desc limit 1"#,
        patient as PatientId,
        doctor as PractitionerId,
        now as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// When this doctor works.
pub(crate) async fn find_calendar(tx: &mut Tx, doctor: PractitionerId) -> Result<Calendar, db::Error> {
    let now = tx.now();
    let row = sqlx::query!(
        r#"select d.time_zone as "zone: Zone", d.country,
                  array(select h.day from public_holidays h where h.country = d.country
                        and h.day between ($2::timestamptz at time zone 'UTC')::date and ($2::timestamptz at time zone 'UTC')::date + 400
                        order by h.day) as "holidays!: Vec<LocalDate>"
           from practitioners d where d.id = $1"#,
        doctor as PractitionerId,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Calendar { zone: row.zone, country: row.country, holidays: row.holidays })
}

/// A doctor is away, and whoever answers meanwhile.
#[derive(Debug, Clone)]
pub(crate) struct Away {
    pub(crate) until: Timestamp,
    pub(crate) cover: Option<(PractitionerId, String)>,
}

/// By the cover they have set for now, else by the days off in their timetable. Whom this patient has closed the record to does not cover.
pub(crate) async fn find_away(
    tx: &mut Tx,
    doctor: PractitionerId,
    patient: PatientId,
) -> Result<Option<Away>, db::Error> {
    let now = tx.now();
    let covered = sqlx::query!(
        r#"select c.ends_at as "until: Timestamp", c.cover_id as "cover: PractitionerId", y.full_name as "name?",
                  coalesce((select o.decision from consents o where o.practitioner_id = c.cover_id and o.patient_id = $3
                            order by o.version desc limit 1), '') = 'revoked' as "revoked!"
           from thread_covers c left join practitioners y on y.id = c.cover_id
           where c.practitioner_id = $1 and c.ended_at is null and c.starts_at <= $2 and c.ends_at > $2"#,
        doctor as PractitionerId,
        now as Timestamp,
        patient as PatientId
    )
    .fetch_optional(tx.conn())
    .await?;
    if let Some(row) = covered {
        let cover = (!row.revoked).then(|| (row.cover, row.name.unwrap_or_default()));
        return Ok(Some(Away { until: row.until, cover }));
    }
    let off = sqlx::query!(
        r#"select e.ends_on as "ends_on: LocalDate", d.time_zone as "zone: Zone"
           from schedule_exceptions e join practitioners d on d.id = e.practitioner_id
           where e.practitioner_id = $1 and e.kind in ('closed', 'leave') and e.starts is null and e.service_id is null
             and ($2::timestamptz at time zone d.time_zone)::date between e.starts_on and e.ends_on
           order by e.ends_on desc limit 1"#,
        doctor as PractitionerId,
        now as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(off.map(|row| Away { until: row.ends_on.plus_days(1).starts_in(&row.zone), cover: None }))
}

/// Name and page of a doctor whom patients find, by id or by the word in their address.
pub(crate) async fn find_doctor(
    tx: &mut Tx,
    asked: &str,
) -> Result<Option<(PractitionerId, String, String)>, db::Error> {
    let id: Option<Uuid> = asked.parse().ok();
    let row = sqlx::query!(
        r#"select id as "id: PractitionerId", slug, full_name from practitioners
           where (id = $1 or slug = $2) and status = 'published'"#,
        id,
        asked
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (row.id, row.slug, row.full_name)))
}

/// Of somebody whose name the reader may know.
pub(crate) async fn find_patient_name(tx: &mut Tx, thread: ThreadId) -> Result<String, db::Error> {
    let name = sqlx::query_scalar!(
        r#"select n.patient_name as "name!" from app.thread_names(array[$1::uuid]) n"#,
        thread as ThreadId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(name.unwrap_or_default())
}

/// The next visit of patient and doctor that is booked and has no reason yet.
pub(crate) async fn find_next_visit(tx: &mut Tx, thread: &Thread) -> Result<Option<Carried>, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        Carried,
        r#"select id as "appointment: AppointmentId", starts_at as "starts_at: Timestamp" from appointments
           where patient_id = $1 and practitioner_id = $2 and starts_at > $3 and reason_sealed is null
             and (status = 'confirmed' or (status in ('requested', 'held') and hold_expires_at > $3))
           order by starts_at limit 1"#,
        thread.patient as PatientId,
        thread.practitioner as PractitionerId,
        now as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Whom a message is told to. For the system's context.
#[derive(Debug, Clone)]
pub(crate) struct Parties {
    pub(crate) thread: ThreadId,
    pub(crate) from: Side,
    pub(crate) urgent: bool,
    /// The patient's account, or of who acts for them.
    pub(crate) patient: Option<AccountId>,
    pub(crate) doctor: AccountId,
    /// Who covers at this moment, unless the patient has closed the record to them.
    pub(crate) cover: Option<AccountId>,
}

pub(crate) async fn find_parties(tx: &mut Tx, message: ThreadMessageId) -> Result<Option<Parties>, db::Error> {
    let now = tx.now();
    let row = sqlx::query!(
        r#"select t.id as "thread: ThreadId", m.sender_role, m.urgent, app.account_for(t.patient_id, t.opened_by) as "patient: AccountId",
                  d.account_id as "doctor: AccountId", y.account_id as "cover?: AccountId"
           from thread_messages m join threads t on t.id = m.thread_id join practitioners d on d.id = t.practitioner_id
                left join thread_covers c on c.practitioner_id = t.practitioner_id and c.ended_at is null
                    and c.starts_at <= $2 and c.ends_at > $2
                left join practitioners y on y.id = c.cover_id
                    and coalesce((select o.decision from consents o where o.practitioner_id = c.cover_id and o.patient_id = t.patient_id
                                  order by o.version desc limit 1), '') <> 'revoked'
           where m.id = $1"#,
        message as ThreadMessageId,
        now as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Parties {
        thread: row.thread,
        from: Side::of_role(&row.sender_role),
        urgent: row.urgent,
        patient: row.patient,
        doctor: row.doctor,
        cover: row.cover,
    }))
}
