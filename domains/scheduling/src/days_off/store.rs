//! All SQL of days that were called off.

use access::Role;
use db::Tx;
use kernel::{
    Currency, LocalDate, Money, Timestamp,
    ids::{AccountId, AppointmentId, CalledOffId, PractitionerId},
};

use super::call_off::CalledOff;
use crate::{
    appointments::{CancelReason, Status},
    choices::ChoiceStatus,
    slots::Mode,
};

struct Row {
    id: CalledOffId,
    practitioner_id: PractitionerId,
    day: LocalDate,
    starts_at: Timestamp,
    ends_at: Timestamp,
    reason_code: String,
    called_off_by: AccountId,
    by_role: String,
}

impl From<Row> for CalledOff {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            doctor: row.practitioner_id,
            day: row.day,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            reason: CancelReason::from_code(&row.reason_code),
            by: row.called_off_by,
            by_role: if row.by_role == "doctor" { Role::Doctor } else { Role::Administrator },
        }
    }
}

pub(super) async fn find(tx: &mut Tx, doctor: PractitionerId, day: LocalDate) -> Result<Option<CalledOff>, db::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select id as "id: CalledOffId", practitioner_id as "practitioner_id: PractitionerId", day as "day: LocalDate",
                  starts_at as "starts_at: Timestamp", ends_at as "ends_at: Timestamp", reason_code,
                  called_off_by as "called_off_by: AccountId", by_role
           from called_off_days where practitioner_id = $1 and day = $2"#,
        doctor as PractitionerId,
        day as LocalDate
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Into::into))
}

pub(super) async fn find_by_id(tx: &mut Tx, id: CalledOffId) -> Result<Option<CalledOff>, db::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select id as "id: CalledOffId", practitioner_id as "practitioner_id: PractitionerId", day as "day: LocalDate",
                  starts_at as "starts_at: Timestamp", ends_at as "ends_at: Timestamp", reason_code,
                  called_off_by as "called_off_by: AccountId", by_role
           from called_off_days where id = $1"#,
        id as CalledOffId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Into::into))
}

/// Latest first.
pub(super) async fn list_days(tx: &mut Tx, doctor: PractitionerId) -> Result<Vec<LocalDate>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select day as "day: LocalDate" from called_off_days where practitioner_id = $1 order by day desc limit 10"#,
        doctor as PractitionerId
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(super) async fn insert(tx: &mut Tx, new: &CalledOff) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into called_off_days (id, practitioner_id, day, starts_at, ends_at, reason_code, called_off_by, by_role, created_at,
             updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)",
        new.id as CalledOffId,
        new.doctor as PractitionerId,
        new.day as LocalDate,
        new.starts_at as Timestamp,
        new.ends_at as Timestamp,
        new.reason.code(),
        new.by as AccountId,
        new.by_role.as_str(),
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// An appointment of the day and what became of it.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    pub(crate) appointment: AppointmentId,
    /// None where the reader may not know the name.
    pub(crate) patient: Option<String>,
    pub(crate) mode: Mode,
    pub(crate) starts_at: Timestamp,
    pub(crate) status: Status,
    pub(crate) price: Money,
    /// It would be called off now.
    pub(crate) stands: bool,
    pub(crate) choice: Option<ChoiceStatus>,
    pub(crate) choose_until: Option<Timestamp>,
}

/// Those that stand, and those that were called off by doctor or house, in the order of the day.
pub(crate) async fn list_hit(
    tx: &mut Tx,
    doctor: PractitionerId,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Hit>, db::Error> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select a.id as "id!: AppointmentId", coalesce(p.preferred_name, p.full_name) as "patient?", a.mode as "mode!",
                  a.starts_at as "starts_at!: Timestamp", a.status as "status!", a.price_amount as "price_amount!",
                  a.currency as "currency!: Currency", c.status as "choice?", c.choose_until as "choose_until?: Timestamp",
                  a.status not in ('cancelled_by_doctor', 'cancelled_by_platform') as "stands!"
           from appointments a left join patients p on p.id = a.patient_id
                left join appointment_choices c on c.appointment_id = a.id
           where a.practitioner_id = $1 and a.starts_at >= $2 and a.starts_at < $3
             and (a.status in ('cancelled_by_doctor', 'cancelled_by_platform')
                  or (a.ends_at > $4 and a.visit_status in ('not_open', 'waiting')
                      and (a.status = 'confirmed' or (a.status in ('requested', 'held') and a.hold_expires_at > $4))))
           order by a.starts_at, a.id"#,
        doctor as PractitionerId,
        from as Timestamp,
        until as Timestamp,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Hit {
            appointment: row.id,
            patient: row.patient,
            mode: row.mode.parse().unwrap_or(Mode::Video),
            starts_at: row.starts_at,
            status: row.status.parse().unwrap_or(Status::Confirmed),
            price: Money::new(row.price_amount, row.currency),
            stands: row.stands,
            choice: row.choice.as_deref().and_then(ChoiceStatus::read),
            choose_until: row.choose_until,
        })
        .collect())
}
