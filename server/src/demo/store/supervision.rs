//! A trainee whose notes the first doctor checks.

use db::Tx;
use kernel::Timestamp;

/// The other doctor with most signed visits: supervised for a month now, and the three latest notes wait.
pub(in crate::demo) async fn insert_supervised(tx: &mut Tx) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "with boss as (
             select d.id from practitioners d join accounts a on a.id = d.account_id where a.email = 'doctor@demo.example'
         ), trainee as (
             select v.practitioner_id as id from visits v cross join boss where v.practitioner_id <> boss.id and v.status = 'signed'
             group by v.practitioner_id order by count(*) desc, v.practitioner_id limit 1
         ), made as (
             insert into supervisions (id, trainee_id, supervisor_id, from_day, made_by)
             select gen_random_uuid(), t.id, b.id, $1::timestamptz::date - 30, r.account_id
             from trainee t cross join boss b
                 cross join (select account_id from account_roles where role = 'administrator' order by account_id limit 1) r
             returning id, trainee_id, supervisor_id
         ), waiting as (
             insert into note_approvals (id, visit_id, patient_id, practitioner_id, supervisor_id, supervision_id, status, asked_at,
                 created_at, updated_at)
             select gen_random_uuid(), v.id, v.patient_id, v.practitioner_id, m.supervisor_id, m.id, 'awaiting', v.signed_at, v.signed_at,
                 v.signed_at
             from made m cross join lateral (select v.id, v.patient_id, v.practitioner_id, v.signed_at from visits v
                 where v.practitioner_id = m.trainee_id and v.status = 'signed' and v.signed_at > $1::timestamptz - interval '30 days'
                 order by v.signed_at desc, v.id limit 3) v
             returning id, patient_id, supervisor_id, asked_at
         )
         insert into note_approval_steps (id, approval_id, patient_id, number, step, supervisor_id, happened_at)
         select gen_random_uuid(), w.id, w.patient_id, 1, 'asked', w.supervisor_id, w.asked_at from waiting w",
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
