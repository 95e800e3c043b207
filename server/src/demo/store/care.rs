//! The record: allergies, problems, vital signs, notes, prescriptions; and what patients said of their visits.

use db::Tx;
use serde_json::Value;

pub(in crate::demo) async fn insert_allergies(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into allergies (id, patient_id, status, content_sealed, recorded_by, recorded_role, recorded_at, created_at)
         select r.id, r.patient_id, 'active', decode(r.content, 'base64'), r.recorded_by, 'patient', r.at, r.at
         from jsonb_to_recordset($1) as r(id uuid, patient_id uuid, content text, recorded_by uuid, at timestamptz)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::demo) async fn insert_allergy_answers(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into allergy_answers (patient_id, answer, answered_by, answered_at)
         select r.patient_id, r.answer, r.answered_by, r.at
         from jsonb_to_recordset($1) as r(patient_id uuid, answer text, answered_by uuid, at timestamptz)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::demo) async fn insert_problems(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into problems (id, patient_id, visit_id, status, code_mark, content_sealed, recorded_by, recorded_at, created_at)
         select r.id, r.patient_id, r.visit_id, 'active', decode(r.mark, 'base64'), decode(r.content, 'base64'), r.recorded_by,
             r.at, r.at
         from jsonb_to_recordset($1) as r(id uuid, patient_id uuid, visit_id uuid, mark text, content text, recorded_by uuid,
             at timestamptz)
         on conflict do nothing",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::demo) async fn insert_vitals(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into vitals (id, patient_id, visit_id, status, content_sealed, recorded_by, recorded_role, taken_at, created_at)
         select r.id, r.patient_id, r.visit_id, 'recorded', decode(r.content, 'base64'), r.recorded_by, r.role, r.at, r.at
         from jsonb_to_recordset($1) as r(id uuid, patient_id uuid, visit_id uuid, content text, recorded_by uuid, role text,
             at timestamptz)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::demo) async fn insert_notes(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into visit_notes (id, visit_id, patient_id, practitioner_id, version, content_sealed, signed_at, signed_hash,
             created_at)
         select r.id, r.visit_id, r.patient_id, r.practitioner_id, 1, decode(r.content, 'base64'), r.signed_at,
             decode(r.hash, 'base64'), r.at
         from jsonb_to_recordset($1) as r(id uuid, visit_id uuid, patient_id uuid, practitioner_id uuid, content text,
             signed_at timestamptz, hash text, at timestamptz)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::demo) async fn insert_reviews(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into reviews (id, appointment_id, patient_id, practitioner_id, overall, listening, explanation, punctuality,
             technology, body, author, status, published_at, submitted_at, created_at)
         select r.id, r.appointment_id, r.patient_id, r.practitioner_id, r.overall, r.listening, r.explanation, r.punctuality,
             r.technology, r.body, r.author, 'published', r.at, r.at, r.at
         from jsonb_to_recordset($1) as r(id uuid, appointment_id uuid, patient_id uuid, practitioner_id uuid, overall smallint,
             listening smallint, explanation smallint, punctuality smallint, technology smallint, body text, author text,
             at timestamptz)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The scores that the reviews add up to, by the same function as any review.
pub(in crate::demo) async fn rate(tx: &mut Tx, practitioners: &[uuid::Uuid]) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        r#"select app.rate_practitioner(id, $2)::text as "rated" from unnest($1::uuid[]) as rated (id)"#,
        practitioners,
        now as kernel::Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(())
}
