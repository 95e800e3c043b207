//! Reads for the doctor's day; row-level security narrows them to the doctor's own appointments.

use db::Tx;
use kernel::{
    LocalDate, Timestamp, Zone,
    ids::{AppointmentId, PatientId, PractitionerId, VisitId},
};

/// An appointment of the day, with as much of the patient as its list shows.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) id: AppointmentId,
    pub(crate) patient: PatientId,
    pub(crate) name: String,
    pub(crate) birth_date: Option<LocalDate>,
    pub(crate) sex: String,
    pub(crate) status: String,
    pub(crate) visit_status: String,
    pub(crate) mode: String,
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Timestamp,
    pub(crate) arrived_at: Option<Timestamp>,
    pub(crate) admitted_at: Option<Timestamp>,
    pub(crate) place: Option<String>,
    pub(crate) visit: Option<VisitId>,
    /// Finished visits with this doctor before this one.
    pub(crate) before: i64,
    /// What the patient answered beforehand holds a red flag.
    pub(crate) urgent: bool,
    /// How far the checking of the signed note by a supervisor has come.
    pub(crate) approval: Option<String>,
}

pub(crate) async fn list_day(
    tx: &mut Tx,
    doctor: PractitionerId,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Entry>, db::Error> {
    let now = tx.now();
    let entries = sqlx::query_as!(
        Entry,
        r#"select a.id as "id: AppointmentId", a.patient_id as "patient: PatientId", p.full_name as name,
               p.birth_date as "birth_date: LocalDate", p.sex_at_birth as sex, a.status, a.visit_status, a.mode,
               a.starts_at as "starts_at: Timestamp", a.ends_at as "ends_at: Timestamp",
               a.arrived_at as "arrived_at: Timestamp",
               a.admitted_at as "admitted_at: Timestamp", f.name as "place?", v.id as "visit?: VisitId",
               (select count(*) from appointments b where b.patient_id = a.patient_id and b.practitioner_id = a.practitioner_id
                    and b.status = 'fulfilled' and b.starts_at < a.starts_at) as "before!",
               app.intake_is_urgent(a.id) as "urgent!", n.status as "approval?"
           from appointments a
           join patients p on p.id = a.patient_id
           left join facilities f on f.id = a.facility_id
           left join visits v on v.appointment_id = a.id
           left join note_approvals n on n.visit_id = v.id
           where a.practitioner_id = $1 and a.starts_at >= $2 and a.starts_at < $3
               and (a.status in ('confirmed', 'fulfilled', 'no_show_patient', 'no_show_doctor', 'cancelled_by_patient')
                    or a.status in ('requested', 'held') and a.hold_expires_at > $4)
           order by a.starts_at, a.id"#,
        doctor as PractitionerId,
        from as Timestamp,
        to as Timestamp,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(entries)
}

/// Requests that wait for the doctor's answer, on any day.
pub(crate) async fn list_requests(tx: &mut Tx, doctor: PractitionerId) -> Result<Vec<Entry>, db::Error> {
    let now = tx.now();
    let entries = sqlx::query_as!(
        Entry,
        r#"select a.id as "id: AppointmentId", a.patient_id as "patient: PatientId", p.full_name as name,
               p.birth_date as "birth_date: LocalDate", p.sex_at_birth as sex, a.status, a.visit_status, a.mode,
               a.starts_at as "starts_at: Timestamp", a.ends_at as "ends_at: Timestamp",
               a.arrived_at as "arrived_at: Timestamp",
               a.admitted_at as "admitted_at: Timestamp", f.name as "place?", null::uuid as "visit?: VisitId",
               0::bigint as "before!", false as "urgent!", null::text as approval
           from appointments a
           join patients p on p.id = a.patient_id
           left join facilities f on f.id = a.facility_id
           where a.practitioner_id = $1 and a.status = 'requested' and a.hold_expires_at > $2
           order by a.hold_expires_at, a.id limit 8"#,
        doctor as PractitionerId,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(entries)
}

/// What is left to do after visits: ended and not yet signed, the oldest first.
pub(crate) async fn list_unsigned(
    tx: &mut Tx,
    doctor: PractitionerId,
) -> Result<Vec<(VisitId, String, Timestamp)>, db::Error> {
    let rows = sqlx::query!(
        r#"select v.id as "id: VisitId", p.full_name, v.started_at as "started_at: Timestamp"
           from visits v join patients p on p.id = v.patient_id
           where v.practitioner_id = $1 and v.status = 'ended' order by v.started_at limit 8"#,
        doctor as PractitionerId
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.full_name, row.started_at)).collect())
}

/// The doctor's own zone, in which a day is a day.
pub(crate) async fn find_zone(tx: &mut Tx, doctor: PractitionerId) -> Result<Option<Zone>, db::Error> {
    let zone = sqlx::query_scalar!(
        r#"select time_zone as "zone: Zone" from practitioners where id = $1"#,
        doctor as PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(zone)
}
