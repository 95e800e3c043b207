//! All SQL of reminders.

use db::Tx;
use kernel::{
    Timestamp, Zone,
    ids::{AccountId, AppointmentId, PractitionerId, ReminderId},
};

use crate::{appointments::Appointment, slots::Mode};

/// A reminder that is to be said.
pub(super) struct Due {
    pub(super) id: ReminderId,
    pub(super) appointment: AppointmentId,
    pub(super) starts_at: Timestamp,
    pub(super) lead_min: i32,
}

/// Plan it, or plan it again if it was void. `None` when it is planned or told already.
pub(super) async fn upsert(
    tx: &mut Tx,
    appointment: &Appointment,
    lead_min: i32,
    due: Timestamp,
) -> Result<Option<ReminderId>, db::Error> {
    let id = tx.id::<ReminderId>();
    Ok(sqlx::query_scalar!(
        r#"insert into reminders (id, appointment_id, version, starts_at, lead_min, due_at) values ($1, $2, $3, $4, $5, $6)
           on conflict on constraint reminders_once
           do update set state = 'planned', settled_at = null, version = excluded.version, updated_at = now()
               where reminders.state = 'void'
           returning id as "id: ReminderId""#,
        id as ReminderId,
        appointment.id as AppointmentId,
        appointment.version,
        appointment.starts_at as Timestamp,
        lead_min,
        due as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Times that were planned for, other than this one.
pub(super) async fn list_other_times(
    tx: &mut Tx,
    appointment: AppointmentId,
    keep: Option<Timestamp>,
) -> Result<Vec<Timestamp>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select distinct starts_at as "starts_at: Timestamp" from reminders
           where appointment_id = $1 and starts_at is distinct from $2"#,
        appointment as AppointmentId,
        keep as Option<Timestamp>
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(super) async fn set_void(tx: &mut Tx, appointment: AppointmentId, starts_at: Timestamp) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update reminders set state = 'void', settled_at = $3, updated_at = now()
         where appointment_id = $1 and starts_at = $2 and state = 'planned'",
        appointment as AppointmentId,
        starts_at as Timestamp,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Holds the row until the transaction ends.
pub(super) async fn lock_planned(tx: &mut Tx, id: ReminderId) -> Result<Option<Due>, db::Error> {
    Ok(sqlx::query_as!(
        Due,
        r#"select id as "id: ReminderId", appointment_id as "appointment: AppointmentId",
                  starts_at as "starts_at: Timestamp", lead_min
           from reminders where id = $1 and state = 'planned' for update"#,
        id as ReminderId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// A reminder of the same time with a shorter lead is due by now, too: after a pause of the workers one is enough.
pub(super) async fn is_nearer_due(tx: &mut Tx, due: &Due, now: Timestamp) -> Result<bool, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from reminders where appointment_id = $1 and starts_at = $2 and lead_min < $3
               and due_at <= $4 and state <> 'void' and id <> $5) as "is!""#,
        due.appointment as AppointmentId,
        due.starts_at as Timestamp,
        due.lead_min,
        now as Timestamp,
        due.id as ReminderId
    )
    .fetch_one(tx.conn())
    .await?)
}

pub(super) async fn set_settled(tx: &mut Tx, id: ReminderId, state: &str) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update reminders set state = $2, settled_at = $3, updated_at = now() where id = $1",
        id as ReminderId,
        state,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The patient's own account (or who acts for them), and whoever booked on the patient's side: a parent gets a copy.
pub(super) async fn list_readers(tx: &mut Tx, appointment: AppointmentId) -> Result<Vec<AccountId>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select app.account_for(a.patient_id, a.booked_by) as "account!: AccountId" from appointments a
               where a.id = $1 and app.account_for(a.patient_id, a.booked_by) is not null
           union
           select e.actor_account_id from appointment_events e
               where e.appointment_id = $1 and e.verb = 'book' and e.actor_role = 'patient' and e.actor_account_id is not null
               and exists (select from appointments a where a.id = e.appointment_id
                    and a.patient_id = any (app.patients_of(e.actor_account_id)))"#,
        appointment as AppointmentId
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Confirmed visits of these times that have no reminder of any state.
pub(super) async fn list_unplanned(
    tx: &mut Tx,
    from: Timestamp,
    to: Timestamp,
    limit: i64,
) -> Result<Vec<AppointmentId>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select a.id as "id: AppointmentId" from appointments a
           where a.starts_at > $1 and a.starts_at < $2 and a.status = 'confirmed'
             and not exists (select from reminders r where r.appointment_id = a.id)
           order by a.starts_at, a.id limit $3"#,
        from as Timestamp,
        to as Timestamp,
        limit
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(super) async fn list_practitioners(
    tx: &mut Tx,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, PractitionerId, Zone)>, db::Error> {
    let accounts: Vec<uuid::Uuid> = accounts.iter().map(|account| account.uuid()).collect();
    let rows = sqlx::query!(
        r#"select account_id as "account: AccountId", id as "id: PractitionerId", time_zone as "zone: Zone" from practitioners
           where account_id = any ($1) and status <> 'suspended' order by id"#,
        &accounts
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.account, row.id, row.zone)).collect())
}

pub(super) async fn find_practitioner(tx: &mut Tx, id: PractitionerId) -> Result<Option<(AccountId, Zone)>, db::Error> {
    let row = sqlx::query!(
        r#"select account_id as "account: AccountId", time_zone as "zone: Zone" from practitioners where id = $1"#,
        id as PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (row.account, row.zone)))
}

/// A visit of the day.
pub(super) struct AgendaLine {
    pub(super) starts_at: Timestamp,
    pub(super) ends_at: Timestamp,
    pub(super) mode: Mode,
    pub(super) place: Option<String>,
}

pub(super) async fn list_agenda(
    tx: &mut Tx,
    practitioner: PractitionerId,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<AgendaLine>, db::Error> {
    let rows = sqlx::query!(
        r#"select a.starts_at as "starts_at: Timestamp", a.ends_at as "ends_at: Timestamp", a.mode, f.name as "place?"
           from appointments a left join facilities f on f.id = a.facility_id
           where a.practitioner_id = $1 and a.starts_at >= $2 and a.starts_at < $3 and a.status = 'confirmed'
           order by a.starts_at"#,
        practitioner as PractitionerId,
        from as Timestamp,
        to as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let unknown = |_| db::Error::from(sqlx::Error::Decode("appointments.mode is not known".into()));
            let mode = row.mode.parse().map_err(unknown)?;
            Ok(AgendaLine { starts_at: row.starts_at, ends_at: row.ends_at, mode, place: row.place })
        })
        .collect()
}
