//! Whoever waits: for a free time of the first doctor, and in the halls of the first places.

use db::Tx;
use kernel::Timestamp;

/// Hours at which nobody works, so that they still wait when somebody looks.
pub(in crate::demo) async fn insert_waiting(tx: &mut Tx) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into waiting_list (id, patient_id, practitioner_id, service_id, mode, from_day, until_day, weekdays, starts_min,
             ends_min, patient_zone, acuity, joined_at, created_at, updated_at)
         select gen_random_uuid(), p.id, s.practitioner_id, s.id, s.mode, $1::timestamptz::date, $1::timestamptz::date + 21,
             '{1,2,3,4,5}', 180, 240, 'Asia/Dhaka', 3 + (p.n % 2)::int, $1::timestamptz - p.n * interval '7 hours', $1, $1
         from (select s.* from services s join practitioners d on d.id = s.practitioner_id
               join accounts a on a.id = d.account_id and a.email = 'doctor@demo.example'
               where s.mode = 'video' and not s.requires_approval limit 1) s
         cross join (select p.id, row_number() over (order by p.created_at, p.id) as n from patients p
               where p.account_id is not null order by p.created_at, p.id limit 5) p",
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A queue at each of three places, with the numbers of a morning.
pub(in crate::demo) async fn insert_walk_ins(tx: &mut Tx) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "with queues as (
             insert into walk_in_queues (id, facility_id, letter, name)
             select gen_random_uuid(), f.id, 'A', 'Registration' from (select id from facilities order by name, id limit 3) f
             returning id, facility_id
         ), days as (
             select q.id, q.facility_id, ($1::timestamptz at time zone f.time_zone)::date as day
             from queues q join facilities f on f.id = q.facility_id
         ), counters as (
             insert into walk_in_counters (queue_id, facility_id, day, last_number)
             select id, facility_id, day, 9 from days
         )
         insert into walk_in_tokens (id, queue_id, facility_id, day, number, state, issued_at, called_at, calls, closed_at)
         select gen_random_uuid(), d.id, d.facility_id, d.day, n,
             case when n <= 3 then 'served' when n = 4 then 'skipped' when n = 5 then 'called' else 'waiting' end,
             $1::timestamptz - (60 - n * 5) * interval '1 minute',
             case when n <= 5 then $1::timestamptz - (30 - n * 5) * interval '1 minute' end,
             case when n <= 5 then 1 else 0 end,
             case when n <= 4 then $1::timestamptz - (25 - n * 5) * interval '1 minute' end
         from days d cross join generate_series(1, 9) n",
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
