//! SQL of what services give, of rights and of their use.

use db::Tx;
use kernel::{
    Currency, Money, Timestamp,
    ids::{AppointmentId, PatientId, PractitionerId, ServiceId},
};

use super::set::FollowUp;
use crate::{appointments::Appointment, slots::Mode};

/// What a visit gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Right {
    pub visit: AppointmentId,
    pub service: ServiceId,
    pub until: Timestamp,
    pub visits: i32,
    pub used: i64,
}

impl Right {
    /// Visits that may still be booked at this instant.
    pub fn left(&self, now: Timestamp) -> i64 {
        if self.until <= now { 0 } else { (i64::from(self.visits) - self.used).max(0) }
    }
}

pub(super) async fn find_terms(tx: &mut Tx, service: ServiceId) -> Result<Option<(i32, i32)>, db::Error> {
    let row = sqlx::query!(
        r#"select follow_up_days as "days!", follow_up_visits as visits from services where id = $1 and follow_up_days is not null"#,
        service as ServiceId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (row.days, row.visits)))
}

/// False for a service that is not this doctor's.
pub(super) async fn set_terms(
    tx: &mut Tx,
    doctor: PractitionerId,
    service: ServiceId,
    follow_up: FollowUp,
) -> Result<bool, db::Error> {
    let now = tx.now();
    let (days, visits) = match follow_up {
        FollowUp::None => (None, 1),
        FollowUp::Free { days, visits } => (Some(days), visits),
    };
    let done = sqlx::query!(
        "update services set follow_up_days = $3, follow_up_visits = $4, updated_at = $5
         where id = $1 and practitioner_id = $2 and active",
        service as ServiceId,
        doctor as PractitionerId,
        days,
        visits,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn is_follow_up(tx: &mut Tx, id: AppointmentId) -> Result<bool, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from appointments where id = $1 and follow_up_of is not null) as "is!""#,
        id as AppointmentId
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Once for a visit, however often it is said.
pub(super) async fn insert_right(
    tx: &mut Tx,
    ended: &Appointment,
    until: Timestamp,
    visits: i32,
) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into follow_up_rights (appointment_id, patient_id, practitioner_id, service_id, until, visits, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7) on conflict (appointment_id) do nothing",
        ended.id as AppointmentId,
        ended.patient as PatientId,
        ended.practitioner as PractitionerId,
        ended.service as ServiceId,
        until as Timestamp,
        visits,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Rights of this patient that cover a start, the one that ends first first; their rows are held until the transaction ends.
pub(super) async fn lock_rights(
    tx: &mut Tx,
    patient: PatientId,
    service: ServiceId,
    starts_at: Timestamp,
) -> Result<Vec<Right>, db::Error> {
    let rows = sqlx::query!(
        r#"select appointment_id as "visit: AppointmentId", service_id as "service: ServiceId", until as "until: Timestamp", visits
           from follow_up_rights where patient_id = $1 and service_id = $2 and until > $3
           order by until, appointment_id for update"#,
        patient as PatientId,
        service as ServiceId,
        starts_at as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Right { visit: row.visit, service: row.service, until: row.until, visits: row.visits, used: 0 })
        .collect())
}

/// Numbers of a right that are taken. A hold past its end takes none.
pub(super) async fn list_used(tx: &mut Tx, visit: AppointmentId) -> Result<Vec<i32>, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"select follow_up_no as "number!" from appointments where follow_up_of = $1
             and (status in ('confirmed', 'fulfilled', 'no_show_patient')
                  or (status in ('requested', 'held') and hold_expires_at > $2))"#,
        visit as AppointmentId,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(super) async fn set_follow_up(
    tx: &mut Tx,
    booked: AppointmentId,
    visit: AppointmentId,
    number: i32,
) -> Result<(), db::Error> {
    sqlx::query!(
        "update appointments set follow_up_of = $2, follow_up_no = $3 where id = $1",
        booked as AppointmentId,
        visit as AppointmentId,
        number
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What this visit gives, as far as the context may see.
pub(crate) async fn find_right(tx: &mut Tx, visit: AppointmentId) -> Result<Option<Right>, db::Error> {
    let now = tx.now();
    let row = sqlx::query!(
        r#"select r.service_id as "service: ServiceId", r.until as "until: Timestamp", r.visits,
                  (select count(*) from appointments a where a.follow_up_of = r.appointment_id
                     and (a.status in ('confirmed', 'fulfilled', 'no_show_patient')
                          or (a.status in ('requested', 'held') and a.hold_expires_at > $2))) as "used!"
           from follow_up_rights r where r.appointment_id = $1"#,
        visit as AppointmentId,
        now as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Right { visit, service: row.service, until: row.until, visits: row.visits, used: row.used }))
}

/// A service with what it gives.
pub(super) struct Line {
    pub(super) service: ServiceId,
    pub(super) mode: Mode,
    pub(super) place: Option<String>,
    pub(super) price: Money,
    pub(super) days: Option<i32>,
    pub(super) visits: i32,
}

pub(super) async fn list_of_doctor(tx: &mut Tx, doctor: PractitionerId) -> Result<Vec<Line>, db::Error> {
    let rows = sqlx::query!(
        r#"select s.id as "service: ServiceId", s.mode, f.name as "place?", s.price_amount, s.currency as "currency: Currency",
                  s.follow_up_days as days, s.follow_up_visits as visits
           from services s left join facilities f on f.id = s.facility_id
           where s.practitioner_id = $1 and s.active order by s.mode, s.id"#,
        doctor as PractitionerId
    )
    .fetch_all(tx.conn())
    .await?;
    let unknown = |_| db::Error::from(sqlx::Error::Decode("services.mode is not known".into()));
    rows.into_iter()
        .map(|row| {
            Ok(Line {
                service: row.service,
                mode: row.mode.parse().map_err(unknown)?,
                place: row.place,
                price: Money::new(row.price_amount, row.currency),
                days: row.days,
                visits: row.visits,
            })
        })
        .collect()
}
