//! Accounts, roles, people, places, and what doctors offer.

use db::Tx;
use serde_json::Value;

/// Nobody has ever signed up here.
pub(in crate::demo) async fn is_empty(tx: &mut Tx) -> Result<bool, db::Error> {
    let empty =
        sqlx::query_scalar!(r#"select not exists (select from accounts) as "empty!""#).fetch_one(tx.conn()).await?;
    Ok(empty)
}

pub(in crate::demo) async fn insert_accounts(tx: &mut Tx, rows: &Value, password_hash: &str) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into accounts (id, email, name, password_hash, password_changed_at, time_zone, email_verified_at,
             second_factor_exempt, created_at)
         select r.id, r.email, r.name, $2, r.at, r.time_zone, r.at, r.exempt, r.at
         from jsonb_to_recordset($1) as r(id uuid, email citext, name text, time_zone text, exempt boolean, at timestamptz)",
        rows,
        password_hash
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::demo) async fn insert_roles(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into account_roles (account_id, role, created_at) select r.id, r.role, r.at
         from jsonb_to_recordset($1) as r(id uuid, role text, at timestamptz)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::demo) async fn insert_practitioners(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into practitioners (id, account_id, slug, full_name, gender, qualification, registration_no, registration_body,
             practising_since, biography, languages, specialties, country, city, time_zone, status, licence_checked_on,
             identity_checked_on, submitted_at, published_at, created_at)
         select r.id, r.account_id, r.slug, r.full_name, r.gender, r.qualification, r.registration_no, r.registration_body,
             r.practising_since, r.biography, string_to_array(r.languages, ','), array[r.specialty], r.country, r.city,
             r.time_zone, 'published', r.at::date + 2, r.at::date + 2, r.at, r.at + interval '3 days', r.at
         from jsonb_to_recordset($1) as r(id uuid, account_id uuid, slug text, full_name text, gender text, qualification text,
             registration_no text, registration_body text, practising_since int, biography text, languages text, specialty text,
             country text, city text, time_zone text, at timestamptz)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The checks that stand behind "licence checked".
pub(in crate::demo) async fn insert_checks(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into practitioner_checks (id, practitioner_id, kind, passed, looked_at, licence_valid_until, checked_by, checked_at,
             created_at)
         select r.id, r.practitioner_id, r.kind, true, r.looked_at, r.valid_until, r.checked_by, r.at, r.at
         from jsonb_to_recordset($1) as r(id uuid, practitioner_id uuid, kind text, looked_at text, valid_until date,
             checked_by uuid, at timestamptz)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::demo) async fn insert_patients(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into patients (id, account_id, record_no, full_name, birth_date, sex_at_birth, phone, country, created_at)
         select r.id, r.account_id, r.record_no, r.full_name, r.birth_date, r.sex, r.phone, r.country, r.at
         from jsonb_to_recordset($1) as r(id uuid, account_id uuid, record_no text, full_name text, birth_date date, sex text,
             phone text, country text, at timestamptz)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::demo) async fn insert_facilities(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into facilities (id, name, kind, street, city, country, latitude, longitude, time_zone, phone, opening_hours,
             created_at)
         select r.id, r.name, r.kind, r.street, r.city, r.country, r.latitude, r.longitude, r.time_zone, r.phone,
             r.opening_hours, r.at
         from jsonb_to_recordset($1) as r(id uuid, name text, kind text, street text, city text, country text,
             latitude double precision, longitude double precision, time_zone text, phone text, opening_hours jsonb, at timestamptz)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::demo) async fn insert_practice_places(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into practice_places (practitioner_id, facility_id) select r.practitioner_id, r.facility_id
         from jsonb_to_recordset($1) as r(practitioner_id uuid, facility_id uuid)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::demo) async fn insert_services(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into services (id, practitioner_id, facility_id, mode, duration_min, grid_min, lead_min, horizon_days,
             price_amount, currency, requires_approval, created_at)
         select r.id, r.practitioner_id, r.facility_id, r.mode, r.minutes, r.minutes, 15, 60, r.price, 'USD',
             r.requires_approval, r.at
         from jsonb_to_recordset($1) as r(id uuid, practitioner_id uuid, facility_id uuid, mode text, minutes int, price bigint,
             requires_approval boolean, at timestamptz)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::demo) async fn insert_schedules(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into schedules (id, practitioner_id, time_zone, valid_from)
         select r.id, r.practitioner_id, r.time_zone, r.valid_from
         from jsonb_to_recordset($1) as r(id uuid, practitioner_id uuid, time_zone text, valid_from date)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::demo) async fn insert_windows(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into schedule_windows (id, schedule_id, practitioner_id, weekday, starts, ends)
         select r.id, r.schedule_id, r.practitioner_id, r.weekday, r.starts, r.ends
         from jsonb_to_recordset($1) as r(id uuid, schedule_id uuid, practitioner_id uuid, weekday smallint, starts time, ends time)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::demo) async fn insert_exceptions(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into schedule_exceptions (id, practitioner_id, kind, starts_on, ends_on, starts, ends, time_zone)
         select r.id, r.practitioner_id, r.kind, r.day, r.day, r.starts, r.ends, r.time_zone
         from jsonb_to_recordset($1) as r(id uuid, practitioner_id uuid, kind text, day date, starts time, ends time,
             time_zone text)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
