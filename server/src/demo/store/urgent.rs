//! Rows of what was urgent lately: some of the visits that took place were.

use db::Tx;
use kernel::Timestamp;

/// Every doctor takes one more a day than is planned.
pub(in crate::demo) async fn insert_doctors(tx: &mut Tx, now: Timestamp) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into urgent_doctors (practitioner_id, extra_per_day, created_at, updated_at)
         select id, 1, $1, $1 from practitioners where status = 'published'",
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Every fortieth visit of the last weeks went before others.
pub(in crate::demo) async fn insert_requests(tx: &mut Tx, now: Timestamp) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into urgent_requests (id, patient_id, country, locale, time_zone, acuity, status, rung, step, next_at, promised_by,
             practitioner_id, appointment_id, is_override, answered_at, closed_at, created_at, updated_at)
         select md5('urgent/' || a.id::text)::uuid, a.patient_id, p.country, 'en', a.patient_zone, 1 + (n % 2)::int, 'booked', 'reserved', 1,
             asked, asked + interval '10 minutes', a.practitioner_id, a.id, true, asked + make_interval(secs => 20 + 13 * (n % 7)::int),
             asked + make_interval(secs => 20 + 13 * (n % 7)::int), asked, asked
         from (select a.*, a.starts_at - interval '12 minutes' as asked, row_number() over (order by a.starts_at desc, a.id) as n
               from appointments a where a.status = 'fulfilled' and a.mode in ('video', 'audio') and a.starts_at > $1::timestamptz - interval '25 days') a
         join patients p on p.id = a.patient_id where a.n % 40 = 1",
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Who said how urgent it was, and the step that found a time.
pub(in crate::demo) async fn insert_history(tx: &mut Tx) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into urgent_assessments (request_id, number, acuity, source, why, at, created_at, updated_at)
         select id, 1, acuity, 'patient', 'red_flag', created_at, created_at, created_at from urgent_requests"
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into urgent_steps (request_id, number, rung, outcome, practitioner_id, appointment_id, at, created_at, updated_at)
         select id, 0, 'reserved', 'taken', practitioner_id, appointment_id, created_at, created_at, created_at from urgent_requests"
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Answers of the screen, some each day.
pub(in crate::demo) async fn insert_counts(tx: &mut Tx, now: Timestamp) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into red_flag_counts (day, country, set_version, answer, times, created_at, updated_at)
         select ($1::timestamptz at time zone 'UTC')::date - d, 'BD', 1, answer, 1 + (d * 7 + length(answer)) % 5, $1, $1
         from generate_series(1, 20) as d, unnest(array['none', 'chest-pain', 'breathing', 'infant-fever']) as answer
         where answer = 'none' or d % 3 = 0",
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
