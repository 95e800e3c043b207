//! Appointments with their history, care links, visits, presence in the waiting room.

use db::Tx;
use serde_json::Value;

pub(in crate::demo) async fn insert_appointments(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into appointments (id, patient_id, practitioner_id, service_id, facility_id, mode, starts_at, ends_at, busy_from,
             busy_until, status, visit_status, hold_expires_at, price_amount, currency, reason_sealed, patient_zone, booked_by,
             arrived_at, admitted_at, ended_at, closed_at, version, created_at, updated_at)
         select r.id, r.patient_id, r.practitioner_id, r.service_id, r.facility_id, r.mode, r.starts_at, r.ends_at, r.starts_at,
             r.ends_at, r.status, r.visit_status, r.hold_expires_at, r.price, 'USD', decode(r.reason, 'base64'), r.patient_zone,
             r.booked_by, r.arrived_at, r.admitted_at, r.ended_at, r.closed_at, r.version, r.booked_at, r.booked_at
         from jsonb_to_recordset($1) as r(id uuid, patient_id uuid, practitioner_id uuid, service_id uuid, facility_id uuid,
             mode text, starts_at timestamptz, ends_at timestamptz, status text, visit_status text, hold_expires_at timestamptz,
             price bigint, reason text, patient_zone text, booked_by uuid, arrived_at timestamptz, admitted_at timestamptz,
             ended_at timestamptz, closed_at timestamptz, version int, booked_at timestamptz)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Charges refer to patients and doctors, appointments to charges: so these are joined afterwards.
pub(in crate::demo) async fn set_charges(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "update appointments a set charge_id = r.id
         from jsonb_to_recordset($1) as r(id uuid, subject_id uuid) where a.id = r.subject_id",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::demo) async fn insert_events(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into appointment_events (id, appointment_id, patient_id, practitioner_id, version, verb, before_status,
             after_status, before_visit, after_visit, before_starts_at, after_starts_at, actor_account_id, actor_role, at, created_at)
         select r.id, r.appointment_id, r.patient_id, r.practitioner_id, r.version, r.verb, r.before_status, r.after_status,
             r.before_visit, r.after_visit, case when r.before_status is not null then r.starts_at end, r.starts_at, r.actor, r.role,
             r.at, r.at
         from jsonb_to_recordset($1) as r(id uuid, appointment_id uuid, patient_id uuid, practitioner_id uuid, version int,
             verb text, before_status text, after_status text, before_visit text, after_visit text, starts_at timestamptz,
             actor uuid, role text, at timestamptz)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::demo) async fn insert_care_links(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into care_links (id, patient_id, practitioner_id, source_kind, source_id, valid_from, valid_until, closed_at,
             created_at)
         select r.id, r.patient_id, r.practitioner_id, 'appointment', r.source_id, r.valid_from, r.valid_until, r.closed_at,
             r.valid_from
         from jsonb_to_recordset($1) as r(id uuid, patient_id uuid, practitioner_id uuid, source_id uuid, valid_from timestamptz,
             valid_until timestamptz, closed_at timestamptz)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::demo) async fn insert_visits(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into visits (id, appointment_id, patient_id, practitioner_id, status, started_at, ended_at, signed_at, created_at)
         select r.id, r.appointment_id, r.patient_id, r.practitioner_id, r.status, r.started_at, r.ended_at, r.signed_at,
             r.started_at
         from jsonb_to_recordset($1) as r(id uuid, appointment_id uuid, patient_id uuid, practitioner_id uuid, status text,
             started_at timestamptz, ended_at timestamptz, signed_at timestamptz)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Those who wait were seen a moment ago.
pub(in crate::demo) async fn insert_presences(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into presences (id, account_id, practitioner_id, appointment_id, seen_at)
         select r.id, r.account_id, r.practitioner_id, r.appointment_id, r.seen_at
         from jsonb_to_recordset($1) as r(id uuid, account_id uuid, practitioner_id uuid, appointment_id uuid, seen_at timestamptz)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
